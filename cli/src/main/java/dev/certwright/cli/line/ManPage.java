package dev.certwright.cli.line;

import java.util.List;

/** Man pages in the classic man macros, which every reader knows. */
public final class ManPage {
  private ManPage() {}

  /** certwright(1). */
  public static String overview(List<CommandSpec> specs) {
    StringBuilder text = new StringBuilder(".TH CERTWRIGHT 1\n.SH NAME\n");
    text.append("certwright \\- Kubernetes access with X.509 client certificates\n");
    text.append(".SH SYNOPSIS\n.B certwright\nCOMMAND [OPTION...]\n.SH COMMANDS\n");
    for (CommandSpec spec : specs) {
      text.append(".TP\n.BR certwright\\-").append(escape(spec.name().replace(' ', '-')));
      text.append(" (1)\n").append(escape(spec.summary())).append('\n');
    }
    text.append(".SH FILES\n.TP\n.I ~/.config/certwright/certwright.yaml\n");
    text.append("settings by the names of options, such as server: https://10.0.0.1:6443;\n");
    text.append("CERTWRIGHT_CONFIG names another file, variables come before it\n");
    text.append(".SH EXIT STATUS\n");
    text.append(".TP\n.B 0\ndone, or yes\n.TP\n.B 1\nno, refused, or problems found\n");
    text.append(".TP\n.B 2\nwrong usage or unreadable input\n");
    text.append(".TP\n.B 3\ndisk, network or another process failed\n");
    text.append(".TP\n.B 70\na bug of certwright\n");
    return text.toString();
  }

  /** The page of one command. */
  public static String of(CommandSpec spec) {
    String page = "certwright-" + spec.name().replace(' ', '-');
    StringBuilder text = new StringBuilder(".TH ");
    text.append(page.toUpperCase(java.util.Locale.ROOT)).append(" 1\n.SH NAME\n");
    text.append(escape(page)).append(" \\- ").append(escape(spec.summary())).append('\n');
    text.append(".SH SYNOPSIS\n").append(escape(spec.usage())).append('\n');
    if (!spec.description().isEmpty()) {
      text.append(".SH DESCRIPTION\n");
      text.append(escape(spec.description()).replace("\n", "\n.PP\n")).append('\n');
    }
    if (!spec.arguments().isEmpty()) {
      text.append(".SH ARGUMENTS\n");
      for (ArgumentSpec argument : spec.arguments()) {
        text.append(".TP\n.I ").append(escape(argument.name())).append('\n');
        text.append(escape(argument.help())).append('\n');
      }
    }
    text.append(".SH OPTIONS\n");
    for (OptionSpec option : spec.options()) {
      option(text, option);
    }
    option(text, CommandSpec.HELP);
    text.append(".SH EXAMPLES\n");
    for (CommandSpec.Example example : spec.examples()) {
      text.append(".TP\n.B ").append(escape(example.line())).append('\n');
      text.append(escape(example.help())).append('\n');
    }
    return text.append(".SH SEE ALSO\n.BR certwright (1)\n").toString();
  }

  private static void option(StringBuilder text, OptionSpec option) {
    text.append(".TP\n.B ");
    if (option.letter() != 0) {
      text.append("\\-").append(option.letter()).append(", ");
    }
    text.append("\\-\\-").append(escape(option.name()));
    if (!option.isFlag()) {
      text.append(' ').append(option.value());
    }
    text.append('\n').append(escape(option.help()));
    if (!option.choices().isEmpty()) {
      text.append(": ").append(escape(String.join(", ", option.choices())));
    }
    if (!option.environment().isEmpty()) {
      text.append(" (or ")
          .append(option.environment())
          .append(" in the environment, or in certwright.yaml)");
    }
    text.append('\n');
  }

  private static String escape(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }
}
