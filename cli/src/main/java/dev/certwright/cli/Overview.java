package dev.certwright.cli;

import java.io.PrintStream;

/** {@code certwright --help}: all commands at a glance. */
final class Overview {
  private Overview() {}

  /** The commands whose names begin with this word, each with its first example. */
  static void printGroup(PrintStream out, String group) {
    out.print("usage: certwright " + group + " COMMAND\n\nCommands:\n");
    list(out, group + " ");
    out.print("\nExamples:\n");
    for (Command command : Commands.all()) {
      if (command.spec().name().startsWith(group + " ")) {
        out.print("  " + command.spec().examples().get(0).line() + "\n");
      }
    }
  }

  private static void list(PrintStream out, String prefix) {
    int width = 0;
    for (String name : Commands.names()) {
      width = Math.max(width, name.length());
    }
    for (Command command : Commands.all()) {
      String name = command.spec().name();
      if (name.startsWith(prefix)) {
        out.print("  " + name + " ".repeat(width - name.length() + 2) + command.spec().summary());
        out.print('\n');
      }
    }
  }

  static void print(PrintStream out) {
    out.print("certwright: Kubernetes access with X.509 client certificates\n\nCommands:\n");
    list(out, "");
    out.print("\nStart with:\n  certwright demo\n  certwright issue --help\n");
    out.print(
        "\nExit codes: 0 done, 1 no or refused or problems found, 2 wrong usage or unreadable input,"
            + "\n3 disk or network or another process failed, 70 a bug of certwright's.\n");
  }
}
