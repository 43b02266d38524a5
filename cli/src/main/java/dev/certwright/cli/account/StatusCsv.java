package dev.certwright.cli.account;

import dev.certwright.cli.Console;
import dev.certwright.ledger.CertificateStatus;
import dev.certwright.ledger.Timestamps;
import dev.certwright.x509.SafeText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.jspecify.annotations.Nullable;

/**
 * Certificates as CSV: RFC 4180, with a header, times in RFC 3339, lists joined by semicolons, and
 * no cell that a spreadsheet would run ({@link CsvCell}).
 */
public final class StatusCsv {
  private StatusCsv() {}

  /** One row for each. */
  public static void print(Console console, List<CertificateStatus> list) {
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
            cell(one.user()),
            cell(String.join(";", one.groups())),
            cell(one.uid()),
            one.state().label(),
            time(one.notBefore()),
            time(one.notAfter()),
            cell(one.cluster()),
            one.origin().label(),
            time(one.recorded()),
            cell(one.actor()),
            cell(one.reason()),
            time(one.lastSeen()),
            cell(String.join(";", one.sourceAddresses())),
            cell(one.serialNumber()),
            cell(one.issuer()),
            cell(one.credentialId()));
      }
      printer.flush();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** What would move a terminal's cursor, or cannot be seen, is escaped as in tables. */
  private static String cell(String text) {
    return CsvCell.of(SafeText.ofEscaped(text));
  }

  private static String time(@Nullable Instant time) {
    return time == null ? "" : Timestamps.format(time);
  }
}
