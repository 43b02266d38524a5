package dev.certwright.cli.command;

import dev.certwright.authority.AuthorityException;
import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.cli.Console;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.output.Times;
import dev.certwright.ledger.CertificateFacts;
import dev.certwright.ledger.Event;
import dev.certwright.ledger.Issued;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.Receipt;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.X509Exception;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How one run of {@code issue} records what it signs. */
final class Records implements AutoCloseable {
  private static final List<String> OVERRIDES =
      List.of(
          "allow-system-names", "allow-system-masters", "allow-look-alikes", "max-ttl", "serial");

  private final Console console;
  private final @Nullable Ledger ledger;
  private final String cluster;
  private final String server;
  private final String reason;
  private final List<String> overrides;

  private Records(
      Console console, @Nullable Ledger ledger, TargetCluster cluster, CommandLine line) {
    this.console = console;
    this.ledger = ledger;
    this.cluster = cluster.name();
    this.server = cluster.server().toString();
    this.reason = line.value("reason", "");
    List<String> lifted = new ArrayList<>();
    for (String flag : OVERRIDES) {
      if (line.has(flag)) {
        lifted.add(flag);
      }
    }
    this.overrides = lifted;
  }

  /** Says what it costs if nothing is to be recorded. */
  static Records open(CommandLine line, Console console, TargetCluster cluster) {
    if (!line.has("no-ledger")) {
      return new Records(console, LedgerOptions.ledger(line, console), cluster, line);
    }
    console.warning("not recorded (--no-ledger): neither list nor revoke will find it by its user");
    return new Records(console, null, cluster, line);
  }

  /** What the ledger will say of a certificate. */
  Issued issued(Certificate certificate, String follows) {
    return new Issued(
        CertificateFacts.of(certificate), cluster, server, reason, overrides, follows);
  }

  /**
   * Records all or none; durable when it returns.
   *
   * @throws dev.certwright.ledger.LedgerException if it cannot; then nothing must be handed out
   */
  @Nullable Receipt record(List<? extends Event> events) {
    if (ledger == null || events.isEmpty()) {
      return null;
    }
    Receipt receipt = ledger.record(List.copyOf(events));
    warn(console, ledger, receipt);
    return receipt;
  }

  /** Says what was odd about recording. */
  static void warn(Console console, Ledger ledger, Receipt receipt) {
    if (receipt.tornBytes() > 0) {
      console.warning(
          "the ledger "
              + ledger.location()
              + " ended with "
              + receipt.tornBytes()
              + " bytes of an entry that was never finished; they were put aside");
      console.hint("no certificate was handed out for it: entries come before files");
    }
    if (receipt.clockBehind() != null) {
      console.warning(
          "the clock of this machine is behind: the ledger's entry before this one is of "
              + Times.human(receipt.clockBehind()));
      console.hint("set the clock; certificates are valid by it");
    }
  }

  /** The credential id of the certificate in a client's folder; empty if there is none. */
  static String renewed(Path folder) {
    Path file = folder.resolve(ClientBundle.CERTIFICATE);
    if (!Files.isRegularFile(file)) {
      return "";
    }
    try {
      return AuthorityFiles.readCertificates(file).get(0).credentialId().value();
    } catch (AuthorityException | X509Exception unreadable) {
      return "";
    }
  }

  @Override
  public void close() {
    if (ledger != null) {
      ledger.close();
    }
  }
}
