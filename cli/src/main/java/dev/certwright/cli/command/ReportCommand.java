package dev.certwright.cli.command;

import dev.certwright.authority.Lifetime;
import dev.certwright.cli.Command;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.account.ReportPage;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.line.UsageException;
import dev.certwright.ledger.Account;
import dev.certwright.ledger.CertificateFilter;
import dev.certwright.ledger.CertificateStatus;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.State;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;

/** {@code certwright report}: the account as one page for people. */
public final class ReportCommand implements Command {
  private static final int LIMIT = 20_000;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "report",
        "print one HTML page: who has access until when, and what is odd",
        "The page needs nothing else: no script, no server, no network. It shows who has access until"
            + " when, when certificates end, which unknown ones are in use and which known ones are"
            + " not.",
        List.of(),
        List.of(
            OptionSpec.value("cluster", "NAME", "only for this cluster").orEmpty(),
            OptionSpec.value(
                "unused", "TIME", "call one unused that was not seen for this long (default: 30d)"),
            LedgerOptions.LEDGER),
        List.of(
            new CommandSpec.Example("certwright report >access.html", "open it in any browser")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    Instant now = Instant.now();
    Duration unused;
    try {
      unused = Lifetime.parse(line.value("unused", "30d"));
    } catch (IllegalArgumentException wrong) {
      throw new UsageException("--unused: " + wrong.getMessage(), "");
    }
    CertificateFilter filter =
        new CertificateFilter(
            null,
            null,
            line.value("cluster"),
            null,
            null,
            EnumSet.complementOf(EnumSet.of(State.EXPIRED)),
            null,
            null,
            CertificateFilter.Order.UNTIL,
            false,
            LIMIT + 1);
    List<CertificateStatus> certificates;
    try (Ledger ledger = LedgerOptions.existing(line, console);
        Account account = ledger.account()) {
      certificates = account.certificates(filter, now);
    }
    boolean cut = certificates.size() > LIMIT;
    if (cut) {
      certificates = certificates.subList(0, LIMIT);
      console.warning("the page shows the " + LIMIT + " certificates that end first, of more");
      console.hint("make one page for each cluster: --cluster NAME");
    }
    console.out().print(new ReportPage(certificates, now, unused, cut).html());
    return ExitCode.OK;
  }
}
