package dev.certwright.cli.line;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was typed after the name of a command.
 *
 * @param arguments those without a name, in order
 * @param options values by long name; a flag has one empty value
 * @param fromSettings where those options were found that the environment or the settings file gave
 */
public record CommandLine(
    List<String> arguments, Map<String, List<String>> options, Map<String, String> fromSettings) {

  public CommandLine {
    arguments = List.copyOf(arguments);
    options = new HashMap<>(options);
    fromSettings = Map.copyOf(fromSettings);
  }

  /** Whether it was typed, and did not come from the settings. */
  public boolean isTyped(String name) {
    return options.containsKey(name) && !fromSettings.containsKey(name);
  }

  /** Where an option was found, for messages: as it is typed, a variable, or file and line. */
  public String source(String name) {
    return fromSettings.getOrDefault(name, "--" + name);
  }

  /** Whether a flag or option was given. */
  public boolean has(String name) {
    return options.containsKey(name);
  }

  /** The value, or null if it was not given. */
  public @Nullable String value(String name) {
    List<String> values = options.get(name);
    return values == null ? null : values.get(values.size() - 1);
  }

  /** The value, or another one if it was not given. */
  public String value(String name, String otherwise) {
    String value = value(name);
    return value == null ? otherwise : value;
  }

  /** All values of a repeatable option. */
  public List<String> values(String name) {
    List<String> values = options.get(name);
    return values == null ? List.of() : List.copyOf(values);
  }
}
