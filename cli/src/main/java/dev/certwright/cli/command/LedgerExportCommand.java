package dev.certwright.cli.command;

import dev.certwright.cli.Command;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.ledger.Ledger;
import java.util.List;

/** {@code certwright ledger export}: all entries as they are. */
public final class LedgerExportCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "ledger export",
        "print all entries as JSON lines",
        "Prints the entries as they are, with their hashes, so that certwright ledger restore can check"
            + " them and bring them into another ledger.",
        List.of(),
        List.of(LedgerOptions.LEDGER),
        List.of(
            new CommandSpec.Example("certwright ledger export >ledger.jsonl", "a copy to keep")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    try (Ledger ledger = LedgerOptions.ledger(line, console)) {
      ledger.read(
          bytes -> {
            console.out().write(bytes, 0, bytes.length);
            console.out().write('\n');
          });
    }
    return ExitCode.OK;
  }
}
