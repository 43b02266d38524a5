package dev.certwright.cli.command;

import dev.certwright.cli.Command;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.line.ArgumentSpec;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.ledger.Head;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.LedgerDamagedException;
import dev.certwright.ledger.LineReader;
import dev.certwright.ledger.LineVisitor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** {@code certwright ledger restore}: a ledger from an export. */
public final class LedgerRestoreCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "ledger restore",
        "bring the entries of an export into an empty ledger",
        "Checks every entry and every link; all of them are taken, or none.",
        List.of(
            new ArgumentSpec(
                "FILE", "what ledger export printed; - for standard input", true, false)),
        List.of(LedgerOptions.LEDGER),
        List.of(
            new CommandSpec.Example(
                "certwright ledger restore ledger.jsonl --ledger /var/lib/certwright",
                "into this folder")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    String name = line.arguments().get(0);
    Head head;
    String location;
    try (Ledger ledger = LedgerOptions.ledger(line, console);
        InputStream in = name.equals("-") ? console.in() : Files.newInputStream(Path.of(name))) {
      location = ledger.location();
      head = ledger.restore(visitor -> read(in, name, visitor));
    } catch (NoSuchFileException absent) {
      throw new CommandException(ExitCode.USAGE, name + " does not exist", "");
    } catch (IOException failed) {
      throw new CommandException(
          ExitCode.OUTSIDE, name + " cannot be read: " + failed.getMessage(), "");
    }
    console.out().print(head.sequence() + " entries restored to " + location + "\n");
    return ExitCode.OK;
  }

  private static void read(InputStream in, String name, LineVisitor visitor) {
    LineReader reader = new LineReader(in, 0);
    try {
      for (byte[] line = reader.next(); line != null; line = reader.next()) {
        if (reader.isTooLong()) {
          throw new LedgerDamagedException(name + " has a line that is longer than any entry");
        }
        visitor.visit(line);
      }
    } catch (IOException failed) {
      throw new CommandException(
          ExitCode.OUTSIDE, name + " cannot be read: " + failed.getMessage(), "");
    }
  }
}
