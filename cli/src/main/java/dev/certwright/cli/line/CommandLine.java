package dev.certwright.cli.line;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was typed after the name of a command.
 *
 * @param arguments those without a name, in order
 * @param options values by long name; a flag has one empty value
 * @param fromSettings those options that the environment or the settings file gave
 * @param passedOver by name what the environment and the settings file say of an option that a
 *     source above them gave
 */
public record CommandLine(
    List<String> arguments,
    Map<String, List<String>> options,
    Map<String, Setting> fromSettings,
    Map<String, List<Setting>> passedOver) {

  public CommandLine {
    arguments = List.copyOf(arguments);
    options = new HashMap<>(options);
    fromSettings = Map.copyOf(fromSettings);
    passedOver = Map.copyOf(passedOver);
  }

  /** Whether it was typed, and did not come from the settings. */
  public boolean isTyped(String name) {
    return options.containsKey(name) && !fromSettings.containsKey(name);
  }

  /** Where an option was found, for messages: as it is typed, a variable, or file and line. */
  public String source(String name) {
    Setting setting = fromSettings.get(name);
    return setting == null ? "--" + name : setting.source();
  }

  /** The kind of source that gave an option; null if none did. */
  public @Nullable Origin origin(String name) {
    Setting setting = fromSettings.get(name);
    if (setting != null) {
      return setting.origin();
    }
    return options.containsKey(name) ? Origin.TYPED : null;
  }

  /**
   * Of options that make one choice together, those that decide: the ones that the first source
   * gives which gives any. What is typed is so never joined or overruled by what stands elsewhere.
   */
  public List<String> deciding(String... names) {
    List<String> decide = new ArrayList<>(names.length);
    Origin first = null;
    for (String name : names) {
      Origin origin = origin(name);
      if (origin != null && (first == null || origin.compareTo(first) < 0)) {
        first = origin;
        decide.clear();
      }
      if (origin != null && origin == first) {
        decide.add(name);
      }
    }
    return decide;
  }

  /**
   * Whether one option is said of another value of a second one than the value that counts: both
   * stand in one source, and a source above it gave the second otherwise.
   *
   * @param name such as the CA of a server
   * @param subject such as the server
   */
  public boolean isOfAnother(String name, String subject) {
    Setting detail = fromSettings.get(name);
    if (detail == null) {
      return false;
    }
    for (Setting other : passedOver.getOrDefault(subject, List.of())) {
      if (other.origin() == detail.origin() && !other.value().equals(value(subject))) {
        return true;
      }
    }
    return false;
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
