package dev.certwright.cli.line;

import java.util.List;

/**
 * One option of a command.
 *
 * @param name long name without dashes
 * @param letter short name, or 0
 * @param value what its value is called in help; empty for a flag
 * @param help one line, lower case, no full stop
 * @param choices all values it takes; empty if any
 * @param repeatable whether it may be given more than once
 * @param environment the variable that stands in for it; empty for none
 * @param mayBeEmpty whether an empty value means something, or is refused in words of its own
 */
public record OptionSpec(
    String name,
    char letter,
    String value,
    String help,
    List<String> choices,
    boolean repeatable,
    String environment,
    boolean mayBeEmpty) {

  /** A flag. */
  public static OptionSpec flag(String name, String help) {
    return new OptionSpec(name, '\0', "", help, List.of(), false, "", false);
  }

  /** An option with a value. */
  public static OptionSpec value(String name, String value, String help) {
    return new OptionSpec(name, '\0', value, help, List.of(), false, "", false);
  }

  /** The same with a short name. */
  public OptionSpec withLetter(char shortName) {
    return new OptionSpec(
        name, shortName, value, help, choices, repeatable, environment, mayBeEmpty);
  }

  /** The same with a closed list of values. */
  public OptionSpec withChoices(List<String> values) {
    return new OptionSpec(name, letter, value, help, values, repeatable, environment, mayBeEmpty);
  }

  /** The same, allowed more than once. */
  public OptionSpec repeated() {
    return new OptionSpec(name, letter, value, help, choices, true, environment, mayBeEmpty);
  }

  /**
   * The same, also read from {@code CERTWRIGHT_NAME} in the environment, or from the settings file,
   * where it is not given.
   */
  public OptionSpec fromEnvironment() {
    String variable = "CERTWRIGHT_" + name.toUpperCase(java.util.Locale.ROOT).replace('-', '_');
    return new OptionSpec(name, letter, value, help, choices, repeatable, variable, mayBeEmpty);
  }

  /** The same, whose value may be the empty text. */
  public OptionSpec orEmpty() {
    return new OptionSpec(name, letter, value, help, choices, repeatable, environment, true);
  }

  /**
   * Whether its value is the name of something, or a place, and so never empty: an unset variable
   * of a script would be the current folder, or nobody.
   */
  boolean needsText() {
    return !mayBeEmpty
        && (takesFile()
            || takesPlace()
            || value.equals("NAME")
            || value.equals("USER")
            || value.equals("URL"));
  }

  /** Whether it takes no value. */
  public boolean isFlag() {
    return value.isEmpty();
  }

  /** Whether its value is the name of a folder, or the URL of something else. */
  public boolean takesPlace() {
    return value.equals("PLACE");
  }

  /** Whether its value is the name of a file or folder, for completion. */
  public boolean takesFile() {
    return value.equals("FILE") || value.equals("DIR");
  }
}
