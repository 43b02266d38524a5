package dev.certwright.cli;

import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;

/** One command of the program. */
public interface Command {

  /** What it is called and takes. */
  CommandSpec spec();

  /**
   * Does it.
   *
   * @return an {@link ExitCode}
   */
  int run(CommandLine line, Console console);
}
