package dev.certwright.cli.command;

import dev.certwright.authority.file.BoundedFile;
import dev.certwright.cli.Command;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.account.CertificateSearch;
import dev.certwright.cli.account.StatusDocument;
import dev.certwright.cli.line.ArgumentSpec;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.output.Documents;
import dev.certwright.cli.output.Times;
import dev.certwright.ledger.Account;
import dev.certwright.ledger.CertificateStatus;
import dev.certwright.ledger.HistoryItem;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.StandingRestriction;
import dev.certwright.ledger.Target;
import dev.certwright.ledger.Timestamps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code certwright show}: all that the ledger knows of a certificate or a user. */
public final class ShowCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "show",
        "show all that the ledger knows of a certificate or a user",
        "WHAT is a credential id or the beginning of its hash, as list shows it, or a fingerprint as"
            + " openssl x509 -fingerprint -sha256 prints it; a serial number, in decimal digits, or in"
            + " hex as openssl x509 -serial prints it (serial=0A1B, 0A:1B, 0x0a1b); a certificate or"
            + " kubeconfig file; or a user, whose certificates are all shown. What may mean several"
            + " things shows all of them. Ends with exit code 1 if the ledger does not know it.",
        List.of(new ArgumentSpec("FILE|ID|SERIAL|USER", "what is looked for", true, false)),
        List.of(LedgerOptions.LEDGER, CommandSpec.OUTPUT),
        List.of(
            new CommandSpec.Example("certwright show jane", "all of jane's certificates"),
            new CommandSpec.Example(
                "certwright show clients/jane/kubeconfig", "the one in this file"),
            new CommandSpec.Example("certwright show 299106c1172b", "the one that list shows so")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    Instant now = Instant.now();
    String what = line.arguments().get(0);
    String format = line.value("output", "table");
    try (Ledger ledger = LedgerOptions.existing(line, console);
        Account account = ledger.account()) {
      List<CertificateStatus> found = find(what, account, now);
      if (found.isEmpty()) {
        console.error(
            "the ledger knows nothing of \"" + dev.certwright.x509.SafeText.of(what) + "\"");
        console.hint("certwright import takes certificates, kubeconfigs and audit logs into it");
        return ExitCode.NO;
      }
      List<@Nullable Object> documents = new ArrayList<>();
      for (CertificateStatus one : found) {
        Map<String, @Nullable Object> document = document(one, account, now);
        if (format.equals("table")) {
          console.out().print(documents.isEmpty() ? "" : "\n");
          Documents.printTable(console, document);
        }
        documents.add(document);
      }
      if (!format.equals("table")) {
        Documents.print(console, format, documents);
      }
    }
    return ExitCode.OK;
  }

  private static List<CertificateStatus> find(String what, Account account, Instant now) {
    Path file = Path.of(what);
    CertificateSearch search = new CertificateSearch(account, now);
    return Files.isRegularFile(file)
        ? search.inFile(what, BoundedFile.read(file, BoundedFile.DEFAULT_LIMIT), file)
        : search.byText(what);
  }

  private static Map<String, @Nullable Object> document(
      CertificateStatus status, Account account, Instant now) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>(StatusDocument.of(status));
    if (status.notAfter() != null) {
      document.put("ends", Times.relative(status.notAfter(), now));
    }
    List<@Nullable Object> restrictions = new ArrayList<>();
    for (StandingRestriction one : account.restrictionsOf(status, now)) {
      restrictions.add(
          one.type().label()
              + " "
              + Timestamps.format(one.recorded())
              + " by "
              + one.actor()
              + (one.target().kind() == Target.Kind.CREDENTIAL
                  ? ""
                  : " (every certificate of this " + one.target().kind().label() + ")")
              + (one.reason().isEmpty() ? "" : ": " + one.reason()));
    }
    if (!restrictions.isEmpty()) {
      document.put("restrictions", restrictions);
    }
    List<@Nullable Object> history = new ArrayList<>();
    for (HistoryItem item :
        account.history(new Target(Target.Kind.CREDENTIAL, status.credentialId()))) {
      history.add(
          "entry "
              + item.sequence()
              + ": "
              + item.type().label()
              + " "
              + Timestamps.format(item.recorded())
              + " by "
              + item.actor());
    }
    document.put("history", history);
    return document;
  }
}
