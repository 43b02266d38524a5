package dev.certwright.cli.line;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Parses as GNU programs do: options anywhere before {@code --}, {@code --name value} or {@code
 * --name=value}, {@code -o value} or {@code -ovalue}. Long names are never abbreviated, so that a
 * script means tomorrow what it means today.
 */
public final class CommandLineParser {
  private final CommandSpec spec;
  private final Settings settings;

  /** For one command; the settings stand in for options that are not given. */
  public CommandLineParser(CommandSpec spec, Settings settings) {
    this.spec = spec;
    this.settings = settings;
  }

  /**
   * Parses.
   *
   * @throws UsageException saying what is wrong and what would be right
   */
  public CommandLine parse(List<String> words) {
    List<String> arguments = new ArrayList<>();
    Map<String, List<String>> options = new HashMap<>();
    boolean onlyArguments = false;
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (onlyArguments || word.length() < 2 || word.charAt(0) != '-') {
        arguments.add(word);
      } else if (word.equals("--")) {
        onlyArguments = true;
      } else {
        int equals = word.startsWith("--") ? word.indexOf('=') : -1;
        OptionSpec option = find(word, equals);
        String value = attached(option, word, equals);
        if (value == null && !option.isFlag()) {
          if (i + 1 == words.size()) {
            throw new UsageException(
                "--" + option.name() + " needs a value (" + option.value() + ")", seeHelp());
          }
          value = words.get(++i);
        }
        add(options, option, value == null ? "" : value);
      }
    }
    if (options.containsKey("help")) {
      return new CommandLine(arguments, options, Map.of(), Map.of());
    }
    checkCount(arguments);
    Map<String, Setting> fromSettings = addSettings(options);
    return new CommandLine(arguments, options, fromSettings, passedOver(options, fromSettings));
  }

  private OptionSpec find(String word, int equals) {
    if (word.startsWith("--")) {
      String name = equals < 0 ? word.substring(2) : word.substring(2, equals);
      for (OptionSpec option : spec.options()) {
        if (option.name().equals(name)) {
          return option;
        }
      }
      if (name.equals("help")) {
        return CommandSpec.HELP;
      }
      String near = nearest(name);
      throw new UsageException(
          "certwright " + spec.name() + " has no option --" + name,
          near == null ? seeHelp() : "did you mean --" + near + "?");
    }
    char letter = word.charAt(1);
    for (OptionSpec option : spec.options()) {
      if (option.letter() == letter) {
        return option;
      }
    }
    if (letter == 'h') {
      return CommandSpec.HELP;
    }
    throw new UsageException("certwright " + spec.name() + " has no option -" + letter, seeHelp());
  }

  private @Nullable String attached(OptionSpec option, String word, int equals) {
    if (word.startsWith("--")) {
      if (equals >= 0 && option.isFlag()) {
        throw new UsageException("--" + option.name() + " takes no value", seeHelp());
      }
      return equals < 0 ? null : word.substring(equals + 1);
    }
    if (word.length() == 2) {
      return null;
    }
    if (option.isFlag()) {
      throw new UsageException("give the short options in " + word + " one by one", seeHelp());
    }
    return word.charAt(2) == '=' ? word.substring(3) : word.substring(2);
  }

  private void add(Map<String, List<String>> options, OptionSpec option, String value) {
    checkChoice(option, value, "--" + option.name());
    if (value.isEmpty() && option.needsText()) {
      throw new UsageException(
          "--" + option.name() + " is empty", "give " + option.value() + ", or leave it out");
    }
    checkTilde(option, value, "--" + option.name());
    List<String> values = options.get(option.name());
    if (values == null) {
      values = new ArrayList<>(1);
      options.put(option.name(), values);
    } else if (!option.repeatable()) {
      throw new UsageException("--" + option.name() + " is given twice", "give it once");
    }
    values.add(value);
  }

  private static void checkChoice(OptionSpec option, String value, String source) {
    if (!option.choices().isEmpty() && !option.choices().contains(value)) {
      throw new UsageException(
          source + " cannot be \"" + value + "\"", "use " + String.join(", ", option.choices()));
    }
  }

  /** It would be a folder of this name, in the current one, or for kubectl in that of the file. */
  private static void checkTilde(OptionSpec option, String value, String source) {
    if ((option.takesFile() || option.takesPlace())
        && (value.equals("~") || value.startsWith("~/"))) {
      throw new UsageException(
          source
              + " begins with ~, for which only shells put the home folder, and only where a"
              + " word begins",
          "write the path out; ./~ is a file of that name");
    }
  }

  private Map<String, Setting> addSettings(Map<String, List<String>> options) {
    Map<String, Setting> found = new HashMap<>();
    for (OptionSpec option : spec.options()) {
      if (!options.containsKey(option.name())) {
        Setting setting = settings.find(option);
        if (setting != null) {
          checkChoice(option, setting.value(), setting.source());
          checkTilde(option, setting.value(), setting.source());
          options.put(option.name(), List.of(setting.value()));
          found.put(option.name(), setting);
        }
      }
    }
    return found;
  }

  private Map<String, List<Setting>> passedOver(
      Map<String, List<String>> options, Map<String, Setting> fromSettings) {
    Map<String, List<Setting>> found = new HashMap<>();
    for (OptionSpec option : spec.options()) {
      if (options.containsKey(option.name())) {
        Setting chosen = fromSettings.get(option.name());
        List<Setting> below =
            settings.below(option, chosen == null ? Origin.TYPED : chosen.origin());
        if (!below.isEmpty()) {
          found.put(option.name(), below);
        }
      }
    }
    return found;
  }

  private void checkCount(List<String> arguments) {
    int least = 0;
    boolean unbounded = false;
    for (ArgumentSpec argument : spec.arguments()) {
      least += argument.required() ? 1 : 0;
      unbounded |= argument.repeated();
    }
    if (arguments.size() < least) {
      throw new UsageException(
          "certwright " + spec.name() + " needs " + spec.arguments().get(arguments.size()).name(),
          "usage: " + spec.usage());
    }
    if (!unbounded && arguments.size() > spec.arguments().size()) {
      throw new UsageException(
          "certwright "
              + spec.name()
              + " has no use for \""
              + dev.certwright.x509.SafeText.of(arguments.get(spec.arguments().size()))
              + "\"",
          "usage: " + spec.usage());
    }
    checkFiles(arguments);
  }

  private void checkFiles(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      ArgumentSpec argument = spec.arguments().get(Math.min(i, spec.arguments().size() - 1));
      boolean place = argument.name().equals("FILE") || argument.name().equals("FILE-OR-DIR");
      if (place && arguments.get(i).isEmpty()) {
        throw new UsageException(argument.name() + " is empty", "usage: " + spec.usage());
      }
    }
  }

  private @Nullable String nearest(String name) {
    List<String> names = new ArrayList<>();
    for (OptionSpec option : spec.options()) {
      names.add(option.name());
    }
    return Nearest.of(name, names);
  }

  private String seeHelp() {
    return "see certwright " + spec.name() + " --help";
  }
}
