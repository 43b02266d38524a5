package dev.certwright.cli.line;

/**
 * One argument without a name.
 *
 * @param name as it stands in the usage line
 * @param help one line
 * @param required whether it must be there
 * @param repeated whether any number may follow
 */
public record ArgumentSpec(String name, String help, boolean required, boolean repeated) {

  /** Whether it is the name of a file, for completion. */
  public boolean takesFile() {
    return name.startsWith("FILE");
  }
}
