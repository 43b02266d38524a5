package dev.certwright.cli.line;

import java.util.List;

/** {@code --help}: usage, what it does, what it takes, examples. */
public final class HelpText {
  private static final int WIDTH = 96;

  private HelpText() {}

  /** Help of one command. */
  public static String of(CommandSpec spec) {
    StringBuilder text = new StringBuilder();
    text.append("certwright ").append(spec.name()).append(": ").append(spec.summary());
    text.append("\n\nUsage: ").append(spec.usage()).append('\n');
    if (!spec.description().isEmpty()) {
      text.append('\n');
      for (String paragraph : spec.description().split("\n", -1)) {
        wrap(text, paragraph, "", "");
      }
    }
    int width = 0;
    for (OptionSpec option : spec.options()) {
      width = Math.max(width, label(option).length());
    }
    for (ArgumentSpec argument : spec.arguments()) {
      width = Math.max(width, argument.name().length() + 4);
    }
    if (!spec.arguments().isEmpty()) {
      text.append("\nArguments:\n");
      for (ArgumentSpec argument : spec.arguments()) {
        row(text, "    " + argument.name(), argument.help(), width);
      }
    }
    text.append("\nOptions:\n");
    for (OptionSpec option : spec.options()) {
      String help = option.help();
      if (!option.environment().isEmpty()) {
        help += " [" + option.environment() + "]";
      }
      row(text, label(option), help, width);
    }
    row(text, label(CommandSpec.HELP), CommandSpec.HELP.help(), width);
    text.append("\nExamples:\n");
    for (CommandSpec.Example example : spec.examples()) {
      text.append("  ").append(example.line()).append('\n');
      text.append("      ").append(example.help()).append('\n');
    }
    return text.toString();
  }

  private static String label(OptionSpec option) {
    String letter = option.letter() == 0 ? "    " : "-" + option.letter() + ", ";
    return letter + "--" + option.name() + (option.isFlag() ? "" : " " + option.value());
  }

  private static void row(StringBuilder text, String label, String help, int width) {
    String indent = "  " + " ".repeat(width + 2);
    wrap(text, help, "  " + label + " ".repeat(Math.max(0, width - label.length()) + 2), indent);
  }

  private static void wrap(StringBuilder text, String paragraph, String first, String next) {
    int column = first.length();
    text.append(first);
    boolean lineStart = true;
    for (String word : List.of(paragraph.split(" ", -1))) {
      if (!lineStart && column + 1 + word.length() > WIDTH) {
        text.append('\n').append(next);
        column = next.length();
        lineStart = true;
      }
      if (!lineStart) {
        text.append(' ');
        column++;
      }
      text.append(word);
      column += word.length();
      lineStart = false;
    }
    text.append('\n');
  }
}
