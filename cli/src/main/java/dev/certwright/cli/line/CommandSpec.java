package dev.certwright.cli.line;

import java.util.List;

/**
 * What a command is.
 *
 * @param name words after {@code certwright}, such as {@code ca init}
 * @param summary one line, lower case, no full stop
 * @param description paragraphs for {@code --help} and the man page
 * @param arguments in order; only the last may be repeated
 * @param options in the order of help
 * @param examples at least one
 */
public record CommandSpec(
    String name,
    String summary,
    String description,
    List<ArgumentSpec> arguments,
    List<OptionSpec> options,
    List<Example> examples) {

  /**
   * A line that works.
   *
   * @param line what is typed
   * @param help what it does
   */
  public record Example(String line, String help) {}

  /** Every command has it. */
  public static final OptionSpec HELP = OptionSpec.flag("help", "show this help").withLetter('h');

  /** Every command that prints a table has it. */
  public static final OptionSpec OUTPUT =
      OptionSpec.value("output", "FORMAT", "table, json or yaml")
          .withLetter('o')
          .withChoices(List.of("table", "json", "yaml"));

  /** {@code certwright issue [OPTION...] USER [GROUP...]}. */
  public String usage() {
    StringBuilder text = new StringBuilder("certwright ").append(name);
    if (!options.isEmpty()) {
      text.append(" [OPTION...]");
    }
    for (ArgumentSpec argument : arguments) {
      text.append(' ').append(argument.required() ? "" : "[").append(argument.name());
      text.append(argument.repeated() ? "..." : "").append(argument.required() ? "" : "]");
    }
    return text.toString();
  }
}
