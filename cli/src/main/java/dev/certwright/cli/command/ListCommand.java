package dev.certwright.cli.command;

import dev.certwright.authority.Lifetime;
import dev.certwright.cli.Command;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.account.StatusCsv;
import dev.certwright.cli.account.StatusDocument;
import dev.certwright.cli.account.StatusTable;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.line.UsageException;
import dev.certwright.cli.output.Documents;
import dev.certwright.ledger.Account;
import dev.certwright.ledger.CertificateFilter;
import dev.certwright.ledger.CertificateStatus;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code certwright list}: who has access, until when. */
public final class ListCommand implements Command {
  private static final int DEFAULT_LIMIT = 1000;
  private static final int MAXIMUM_LIMIT = 100_000;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "list",
        "list who has access, until when",
        "Lists the certificates of the ledger, those that end first at the top; expired ones only with"
            + " --all or --state expired. Certificates that an audit log shows in use and that were"
            + " neither issued here nor imported are unknown.",
        List.of(),
        List.of(
            OptionSpec.value("user", "USER", "only this user"),
            OptionSpec.value("group", "GROUP", "only users in this group"),
            OptionSpec.value("cluster", "NAME", "only for this cluster").orEmpty(),
            OptionSpec.value("state", "STATE", "only in this state; may be repeated")
                .withChoices(State.labels())
                .repeated(),
            OptionSpec.flag("all", "expired ones too"),
            OptionSpec.value("expiring", "TIME", "only those that end within 8h, 7d, 2w ..."),
            OptionSpec.value("unused", "TIME", "only those not seen in use for 7d, 2w ..."),
            OptionSpec.value("sort", "ORDER", "until, user, recorded or last-seen (default: until)")
                .withChoices(List.of("until", "user", "recorded", "last-seen")),
            OptionSpec.flag("reverse", "the other way round"),
            OptionSpec.value("limit", "NUMBER", "the most to list (default: 1000)"),
            LedgerOptions.LEDGER,
            OptionSpec.value("output", "FORMAT", "table, json, yaml or csv")
                .withLetter('o')
                .withChoices(List.of("table", "json", "yaml", "csv"))),
        List.of(
            new CommandSpec.Example("certwright list --expiring 7d", "who needs a new one soon"),
            new CommandSpec.Example(
                "certwright list --state unknown", "in use, and nobody knows where they are from"),
            new CommandSpec.Example(
                "certwright list --group devs --all -o csv", "for a spreadsheet")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    Instant now = Instant.now();
    int limit = limit(line.value("limit"));
    List<CertificateStatus> list;
    try (Ledger ledger = LedgerOptions.existing(line, console);
        Account account = ledger.account()) {
      // One more than wanted, to know whether there are more.
      list = account.certificates(filter(line, now, limit + 1), now);
    }
    boolean more = list.size() > limit;
    if (more) {
      list = list.subList(0, limit);
    }
    String format = line.value("output", "table");
    if (format.equals("csv")) {
      StatusCsv.print(console, list);
    } else if (format.equals("table")) {
      StatusTable.print(console, list, now);
    } else {
      List<@Nullable Object> documents = new ArrayList<>(list.size());
      for (CertificateStatus one : list) {
        documents.add(StatusDocument.of(one));
      }
      Documents.print(console, format, documents);
    }
    if (more) {
      console.warning("there are more than these " + limit);
      console.hint("narrow it, or raise --limit (at most " + MAXIMUM_LIMIT + ")");
    }
    return ExitCode.OK;
  }

  private static CertificateFilter filter(CommandLine line, Instant now, int limit) {
    String expiring = line.value("expiring");
    String unused = line.value("unused");
    return new CertificateFilter(
        line.value("user"),
        line.value("group"),
        line.value("cluster"),
        null,
        null,
        states(line),
        expiring == null ? null : now.plus(lifetime("expiring", expiring)),
        unused == null ? null : now.minus(lifetime("unused", unused)),
        switch (line.value("sort", "until")) {
          case "user" -> CertificateFilter.Order.USER;
          case "recorded" -> CertificateFilter.Order.RECORDED;
          case "last-seen" -> CertificateFilter.Order.LAST_SEEN;
          default -> CertificateFilter.Order.UNTIL;
        },
        line.has("reverse"),
        limit);
  }

  private static Set<State> states(CommandLine line) {
    Set<State> states = EnumSet.noneOf(State.class);
    for (String label : line.values("state")) {
      State state = State.of(label);
      if (state != null) {
        states.add(state);
      }
    }
    if (states.isEmpty() && !line.has("all")) {
      return EnumSet.complementOf(EnumSet.of(State.EXPIRED));
    }
    return states;
  }

  private static java.time.Duration lifetime(String option, String text) {
    try {
      return Lifetime.parse(text);
    } catch (IllegalArgumentException wrong) {
      throw new UsageException("--" + option + ": " + wrong.getMessage(), "");
    }
  }

  private static int limit(@Nullable String text) {
    if (text == null) {
      return DEFAULT_LIMIT;
    }
    try {
      int limit = Integer.parseInt(text);
      if (limit >= 1 && limit <= MAXIMUM_LIMIT) {
        return limit;
      }
    } catch (NumberFormatException notANumber) {
      // Told below.
    }
    throw new UsageException(
        "--limit: expected a number from 1 to " + MAXIMUM_LIMIT,
        "certwright ledger export gives everything");
  }
}
