package dev.certwright.cli.line;

/** Where the value of an option was found; the first of them counts. */
public enum Origin {
  /** On the command line. */
  TYPED,
  /** In a variable of the environment. */
  ENVIRONMENT,
  /** In the settings file. */
  FILE
}
