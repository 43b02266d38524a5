package dev.certwright.cli.command;

import dev.certwright.cli.Command;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.line.ArgumentSpec;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.ledger.EntryLine;
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
import org.jspecify.annotations.Nullable;

/** {@code certwright ledger restore}: a ledger from an export. */
public final class LedgerRestoreCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "ledger restore",
        "bring the entries of an export into an empty ledger",
        "Checks every entry and every link; all of them are taken, or none. That the end of an export"
            + " was cut off shows only against a head that was kept elsewhere: with --head, entries"
            + " are only restored if that one is among them.",
        List.of(
            new ArgumentSpec(
                "FILE", "what ledger export printed; - for standard input", true, false)),
        List.of(HeadOptions.HEAD, HeadOptions.SIGNER, LedgerOptions.LEDGER),
        List.of(
            new CommandSpec.Example(
                "certwright ledger restore ledger.jsonl --ledger /var/lib/certwright",
                "into this folder")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    String name = line.arguments().get(0);
    Head expected = HeadOptions.head(line);
    Head head;
    String location;
    try (Ledger ledger = LedgerOptions.ledger(line, console);
        InputStream in = name.equals("-") ? console.in() : Files.newInputStream(Path.of(name))) {
      location = ledger.location();
      head = ledger.restore(visitor -> read(in, name, expected, visitor));
    } catch (NoSuchFileException absent) {
      throw new CommandException(ExitCode.USAGE, name + " does not exist", "");
    } catch (IOException failed) {
      throw new CommandException(
          ExitCode.OUTSIDE, name + " cannot be read: " + failed.getMessage(), "");
    }
    console.out().print(head.sequence() + " entries restored to " + location + "\n");
    if (expected == null) {
      console.out().print("head: " + head.hash() + "\n");
      console.warning("whether entries are missing at the end cannot be seen without --head FILE");
      console.hint("compare the head with one that was kept elsewhere (certwright ledger head)");
    }
    return ExitCode.OK;
  }

  private static void read(
      InputStream in, String name, @Nullable Head expected, LineVisitor visitor) {
    LineReader reader = new LineReader(in, 0);
    boolean missing = expected != null && expected.sequence() > 0;
    long count = 0;
    try {
      for (byte[] line = reader.next(); line != null; line = reader.next()) {
        if (reader.isTooLong()) {
          throw new LedgerDamagedException(name + " has a line that is longer than any entry");
        }
        visitor.visit(line);
        count++;
        if (expected != null && count == expected.sequence()) {
          missing = !EntryLine.of(line).head().equals(expected);
        }
      }
    } catch (IOException failed) {
      throw new CommandException(
          ExitCode.OUTSIDE, name + " cannot be read: " + failed.getMessage(), "");
    }
    if (missing && expected != null) {
      throw new LedgerDamagedException(
          name
              + " has not the head that was kept, entry "
              + expected.sequence()
              + " with the hash "
              + expected.hash()
              + ": "
              + (count < expected.sequence()
                  ? "it ends with entry " + count + ", its end was cut off"
                  : "another stands there, it was rewritten"));
    }
  }
}
