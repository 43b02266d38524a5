package dev.certwright.cli.account;

import dev.certwright.cli.Console;
import dev.certwright.cli.output.Table;
import dev.certwright.cli.output.Times;
import dev.certwright.ledger.CertificateStatus;
import java.time.Instant;
import java.util.List;

/** Certificates in rows, for people. */
public final class StatusTable {
  private static final int SHORT_ID = 12;
  private static final int PREFIX = "X509SHA256=".length();

  private StatusTable() {}

  /** A table for people. */
  public static void print(Console console, List<CertificateStatus> list, Instant now) {
    if (list.isEmpty()) {
      console.out().print("none\n");
      return;
    }
    Table table =
        new Table(List.of("USER", "GROUPS", "STATE", "UNTIL", "CLUSTER", "LAST SEEN", "ID"));
    for (CertificateStatus one : list) {
      table.add(
          List.of(
              one.user().isEmpty() ? "-" : one.user(),
              one.groups().isEmpty() ? "-" : String.join(", ", one.groups()),
              one.state().label(),
              one.notAfter() == null
                  ? "not known"
                  : Times.human(one.notAfter()) + " (" + Times.relative(one.notAfter(), now) + ")",
              one.cluster().isEmpty() ? "-" : one.cluster(),
              one.lastSeen() == null ? "-" : Times.relative(one.lastSeen(), now),
              shortId(one.credentialId())));
    }
    table.print(console);
  }

  /** The beginning of the hash: enough to name it to {@code show}. */
  public static String shortId(String credentialId) {
    return credentialId.length() < PREFIX + SHORT_ID
        ? credentialId
        : credentialId.substring(PREFIX, PREFIX + SHORT_ID);
  }
}
