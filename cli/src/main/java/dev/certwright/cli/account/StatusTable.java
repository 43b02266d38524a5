package dev.certwright.cli.account;

import dev.certwright.cli.Console;
import dev.certwright.cli.output.Table;
import dev.certwright.cli.output.Times;
import dev.certwright.ledger.CertificateStatus;
import dev.certwright.ledger.Timestamps;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/** Certificates in rows: for people, and as CSV. */
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

  /** RFC 4180, with a header, times in RFC 3339, lists joined by semicolons. */
  public static void printCsv(Console console, List<CertificateStatus> list) {
    try {
      // Not closed: that would close standard output, and the program say that it failed.
      CSVPrinter printer =
          new CSVPrinter(console.out(), CSVFormat.RFC4180.builder().setRecordSeparator('\n').get());
      printer.printRecord(
          "user",
          "groups",
          "uid",
          "state",
          "notBefore",
          "notAfter",
          "cluster",
          "origin",
          "recorded",
          "actor",
          "reason",
          "lastSeen",
          "sourceAddresses",
          "serialNumber",
          "issuer",
          "credentialId");
      for (CertificateStatus one : list) {
        printer.printRecord(
            one.user(),
            String.join(";", one.groups()),
            one.uid(),
            one.state().label(),
            time(one.notBefore()),
            time(one.notAfter()),
            one.cluster(),
            one.origin().label(),
            time(one.recorded()),
            one.actor(),
            one.reason(),
            time(one.lastSeen()),
            String.join(";", one.sourceAddresses()),
            one.serialNumber(),
            one.issuer(),
            one.credentialId());
      }
      printer.flush();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String time(@Nullable Instant time) {
    return time == null ? "" : Timestamps.format(time);
  }
}
