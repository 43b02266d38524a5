package dev.certwright.cli.access;

import dev.certwright.authority.file.BoundedFile;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import java.io.IOException;

/** Reads all of standard input. */
final class StandardInput {
  private StandardInput() {}

  static byte[] read(Console console, String option, int limit) {
    try {
      return BoundedFile.read(console.in(), "standard input", limit);
    } catch (IOException failed) {
      throw new CommandException(
          ExitCode.OUTSIDE,
          "standard input, for " + option + ", cannot be read: " + failed.getMessage(),
          "");
    }
  }
}
