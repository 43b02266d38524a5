package dev.certwright.cli;

import java.io.PrintStream;

/** {@code certwright --help}: all commands at a glance. */
final class Overview {
  private Overview() {}

  static void print(PrintStream out) {
    out.print("certwright: Kubernetes access with X.509 client certificates\n\nCommands:\n");
    int width = 0;
    for (String name : Commands.names()) {
      width = Math.max(width, name.length());
    }
    for (Command command : Commands.all()) {
      String name = command.spec().name();
      out.print("  " + name + " ".repeat(width - name.length() + 2) + command.spec().summary());
      out.print('\n');
    }
    out.print("\nStart with:\n  certwright demo\n  certwright issue --help\n");
    out.print(
        "\nExit codes: 0 done, 1 no or refused or problems found, 2 wrong usage or unreadable input,"
            + "\n3 disk or network or another process failed, 70 a bug of certwright's.\n");
  }
}
