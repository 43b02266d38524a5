package dev.certwright.cli.command;

import dev.certwright.cli.Command;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.output.Documents;
import dev.certwright.cli.output.Table;
import dev.certwright.cli.output.Times;
import dev.certwright.cli.revocation.Canary;
import dev.certwright.cli.revocation.IncompleteRevocations;
import dev.certwright.cli.revocation.LoadedQuestion;
import dev.certwright.cli.revocation.OutletState;
import dev.certwright.cli.revocation.PublishRun;
import dev.certwright.cli.revocation.StatusQuestion;
import dev.certwright.ledger.Account;
import dev.certwright.ledger.Ledger;
import dev.certwright.revocation.outlet.Outlets;
import dev.certwright.revocation.outlet.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code certwright revocations status}: is what the ledger says in force, and where. */
public final class RevocationsStatusCommand implements Command {
  private static final Duration SOON = Duration.ofDays(14);

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "revocations status",
        "is what the ledger says in force, and where",
        "For each outlet: does its file say what the ledger says, and has each API server that the"
            + " outlets file names loaded exactly that file, since when, and else how long ago the first"
            + " of what it lacks was taken back. A server that does not tell which file it has loaded"
            + " (Kubernetes 1.32 and 1.33, or nobody may see its metrics) is shown the canary (certwright"
            + " revocations canary), and tells by which list it refuses that. Without a canary it is"
            + " \"reloaded\" if it has read its file since that was written. Clusters are asked for the"
            + " admission policies they have. Changes nothing. For monitoring: exit"
            + " code 0 if all is in force, 1 if something is not or cannot be told, 3 if an API"
            + " server cannot be asked. Where the outlets file names nobody to be asked, the state is"
            + " \"unverified\" and the exit code 1, unless --allow-unverified is given. Certificates"
            + " that an earlier version took back under one of their ids alone are \"incomplete\""
            + " until they are revoked again.",
        List.of(),
        List.of(
            OutletOptions.OUTLET,
            OptionSpec.flag(
                "allow-unverified",
                "exit code 0 also where nobody is asked whether it is in force"),
            LedgerOptions.LEDGER,
            OutletOptions.OUTLETS,
            OutletOptions.CANARY,
            CommandSpec.OUTPUT),
        List.of(
            new CommandSpec.Example("certwright revocations status", "one line for each place"),
            new CommandSpec.Example(
                "certwright revocations status -o json", "for a monitoring system")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    Outlets outlets = OutletOptions.outlets(line, console);
    try (Ledger ledger = LedgerOptions.ledger(line, console)) {
      StatusQuestion question = question(line, console, ledger);
      List<String> incomplete = IncompleteRevocations.of(ledger, question.standing().at());
      int exitCode = ExitCode.OK;
      List<OutletState> states = OutletState.of(outlets, question);
      if (!incomplete.isEmpty()) {
        states.add(OutletState.incomplete(ledger.location(), incomplete, question));
      }
      for (OutletState state : states) {
        exitCode = Math.max(exitCode, state.exitCode());
      }
      String format = line.value("output", "table");
      if (format.equals("table")) {
        Table table =
            new Table(List.of("OUTLET", "PLACE", "REFUSED", "STATE", "SINCE", "LAG", "DETAIL"));
        for (OutletState state : states) {
          table.add(state.cells());
        }
        table.print(console);
      } else {
        List<@Nullable Object> documents = new ArrayList<>();
        for (OutletState state : states) {
          documents.add(state.document());
        }
        Documents.print(console, format, documents);
      }
      if (outlets.isEmpty()) {
        console.error(
            "no outlet is set up: "
                + question.standing().denylist().size()
                + " are refused nowhere");
        console.hint("certwright revocations setup prepares a cluster, once");
        return ExitCode.NO;
      }
      return exitCode;
    }
  }

  private static StatusQuestion question(CommandLine line, Console console, Ledger ledger) {
    try (Account account = ledger.account()) {
      Standing standing = PublishRun.standing(ledger);
      LoadedQuestion loaded = OutletOptions.loaded(line, console);
      warnAboutCanary(console, loaded, account, standing.at());
      return new StatusQuestion(
          standing, account.restrictions(standing.at()), loaded, line.has("allow-unverified"));
    }
  }

  private static void warnAboutCanary(
      Console console, LoadedQuestion loaded, Account account, Instant now) {
    try {
      Canary canary = Canary.read(loaded.canary(), account, now);
      if (canary != null && canary.notAfter().isBefore(now.plus(SOON))) {
        console.warning("the canary expires at " + Times.human(canary.notAfter()));
        console.hint("make a new one with certwright revocations canary");
      }
    } catch (CommandException useless) {
      console.warning(String.valueOf(useless.getMessage()));
      console.hint(useless.hint());
    }
  }
}
