package dev.certwright.cli.line;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Completion for shells, static: no process is started while somebody types. */
public final class CompletionScript {
  private CompletionScript() {}

  /** For bash 4 or newer. */
  public static String bash(List<CommandSpec> specs) {
    StringBuilder text = new StringBuilder();
    text.append(
        "# bash completion of certwright; load it with: source <(certwright completion bash)\n");
    text.append("_certwright() {\n");
    text.append("  local cur=\"${COMP_WORDS[COMP_CWORD]}\" prev=\"${COMP_WORDS[COMP_CWORD-1]}\"\n");
    text.append("  local command=\"${COMP_WORDS[1]}\"\n  COMPREPLY=()\n");
    text.append("  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    COMPREPLY=($(compgen -W '");
    text.append(String.join(" ", firstWords(specs))).append(" --help --version' -- \"$cur\"))\n");
    text.append("    return\n  fi\n");
    text.append("  case \"$command\" in\n");
    for (String first : firstWords(specs)) {
      List<String> second = secondWords(specs, first);
      if (!second.isEmpty()) {
        text.append("    ").append(first).append(")\n");
        text.append("      if [ \"$COMP_CWORD\" -eq 2 ]; then\n        COMPREPLY=($(compgen -W '");
        text.append(String.join(" ", second)).append("' -- \"$cur\"))\n        return\n      fi\n");
        text.append("      command=\"$command ${COMP_WORDS[2]}\" ;;\n");
      }
    }
    text.append("  esac\n  case \"$command:$prev\" in\n");
    for (CommandSpec spec : specs) {
      for (OptionSpec option : spec.options()) {
        if (!option.choices().isEmpty()) {
          text.append("    '").append(spec.name()).append(":--").append(option.name()).append('\'');
          if (option.letter() != 0) {
            text.append("|'").append(spec.name()).append(":-").append(option.letter()).append('\'');
          }
          text.append(") COMPREPLY=($(compgen -W '").append(String.join(" ", option.choices()));
          text.append("' -- \"$cur\")); return ;;\n");
        } else if (option.takesFile()) {
          text.append("    '").append(spec.name()).append(":--").append(option.name());
          text.append("') compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen ");
          text.append(option.value().equals("DIR") ? "-d" : "-f")
              .append(" -- \"$cur\")); return ;;\n");
        }
      }
    }
    text.append("  esac\n  case \"$command\" in\n");
    for (CommandSpec spec : specs) {
      text.append("    '").append(spec.name()).append("')\n");
      text.append("      if [[ \"$cur\" == -* ]]; then COMPREPLY=($(compgen -W '");
      text.append(longOptions(spec)).append("' -- \"$cur\"))");
      if (takesFiles(spec)) {
        text.append(
            "; else compopt -o filenames 2>/dev/null; COMPREPLY=($(compgen -f -- \"$cur\"))");
      } else if (spec.name().equals("completion")) {
        text.append("; else COMPREPLY=($(compgen -W 'bash zsh fish' -- \"$cur\"))");
      }
      text.append("; fi ;;\n");
    }
    return text.append("  esac\n}\ncomplete -F _certwright certwright ./certwright\n").toString();
  }

  /** For zsh, through its bash compatibility. */
  public static String zsh(List<CommandSpec> specs) {
    return "#compdef certwright\n"
        + "# zsh completion of certwright; load it with: source <(certwright completion zsh)\n"
        + "autoload -Uz +X bashcompinit && bashcompinit\n"
        + "compopt() { return 0; }\n"
        + bash(specs);
  }

  /** For fish 3 or newer. */
  public static String fish(List<CommandSpec> specs) {
    StringBuilder text =
        new StringBuilder("# fish completion of certwright\ncomplete -c certwright -f\n");
    for (String first : firstWords(specs)) {
      text.append("complete -c certwright -n __fish_use_subcommand -a ").append(first);
      for (CommandSpec spec : specs) {
        if (spec.name().equals(first)) {
          text.append(" -d ").append(quoted(spec.summary()));
        }
      }
      text.append('\n');
      for (CommandSpec spec : specs) {
        if (spec.name().startsWith(first + " ")) {
          String second = spec.name().substring(first.length() + 1);
          text.append("complete -c certwright -n '__fish_seen_subcommand_from ").append(first);
          text.append("' -a ").append(second).append(" -d ").append(quoted(spec.summary()));
          text.append('\n');
        }
      }
    }
    for (CommandSpec spec : specs) {
      String condition = "__fish_seen_subcommand_from " + spec.name().replaceAll(".* ", "");
      for (OptionSpec option : spec.options()) {
        text.append("complete -c certwright -n '").append(condition).append("' -l ");
        text.append(option.name());
        if (option.letter() != 0) {
          text.append(" -s ").append(option.letter());
        }
        if (!option.isFlag()) {
          text.append(option.takesFile() ? " -r -F" : " -x");
        }
        if (!option.choices().isEmpty()) {
          text.append(" -a ").append(quoted(String.join(" ", option.choices())));
        }
        text.append(" -d ").append(quoted(option.help())).append('\n');
      }
      if (takesFiles(spec)) {
        text.append("complete -c certwright -n '").append(condition).append("' -F\n");
      }
    }
    return text.append("complete -c certwright -n '__fish_seen_subcommand_from completion'")
        .append(" -a 'bash zsh fish'\n")
        .toString();
  }

  private static boolean takesFiles(CommandSpec spec) {
    for (ArgumentSpec argument : spec.arguments()) {
      if (argument.takesFile()) {
        return true;
      }
    }
    return false;
  }

  private static String longOptions(CommandSpec spec) {
    StringBuilder text = new StringBuilder();
    for (OptionSpec option : spec.options()) {
      text.append("--").append(option.name()).append(' ');
    }
    return text.append("--help").toString();
  }

  private static Set<String> firstWords(List<CommandSpec> specs) {
    Set<String> words = new LinkedHashSet<>();
    for (CommandSpec spec : specs) {
      int blank = spec.name().indexOf(' ');
      words.add(blank < 0 ? spec.name() : spec.name().substring(0, blank));
    }
    return words;
  }

  private static List<String> secondWords(List<CommandSpec> specs, String first) {
    return specs.stream()
        .map(CommandSpec::name)
        .filter(name -> name.startsWith(first + " "))
        .map(name -> name.substring(first.length() + 1))
        .toList();
  }

  private static String quoted(String text) {
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
