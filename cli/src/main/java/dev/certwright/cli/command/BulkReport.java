package dev.certwright.cli.command;

import dev.certwright.authority.Finding;
import dev.certwright.authority.IssuancePlan;
import dev.certwright.authority.Severity;
import dev.certwright.cli.Console;
import dev.certwright.cli.output.Documents;
import dev.certwright.cli.output.Times;
import dev.certwright.cli.people.Person;
import dev.certwright.identity.Identity;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.SafeText;
import dev.certwright.x509.key.KeyType;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code issue --from} shows: whom kube-apiserver will see, before anything is signed, then
 * how it went. Everything but the failures is printed as it comes, so that memory does not grow
 * with the list. For one thread.
 */
final class BulkReport {
  private static final int PREVIEWED = 20;
  private static final int REPORTED = 1000;

  private final Console console;
  private final String format;
  private final boolean dryRun;
  private final Path out;
  private final Map<Long, String> failures = new LinkedHashMap<>();
  private long previewed;
  private long warned;
  private long listed;
  private long made;
  private long skipped;
  private long failed;
  private @Nullable String error;

  BulkReport(Console console, String format, boolean dryRun, Path out) {
    this.console = console;
    this.format = format;
    this.dryRun = dryRun;
    this.out = out;
  }

  private boolean isTable() {
    return format.equals("table");
  }

  /** Whether {@link #preview} will print the next one, rather than count it. */
  boolean isShowingNext() {
    return dryRun || isTable() && previewed < PREVIEWED;
  }

  /**
   * Somebody of the list, who passed all checks; nothing is signed yet.
   *
   * @param lying the certificate that is there already and makes another needless; null for none
   * @param folder of the files
   */
  void preview(
      Person person, IssuancePlan plan, KeyType keyType, @Nullable BulkOutcome lying, Path folder) {
    for (Finding finding : plan.findings()) {
      if (finding.severity() != Severity.FORBIDDEN && ++warned <= REPORTED) {
        console.warning(
            "line " + person.line() + ": " + finding.found() + " [" + finding.rule() + "]");
      }
    }
    boolean showing = isShowingNext();
    previewed++;
    if (dryRun) {
      if (lying == null) {
        made++;
      } else {
        skipped++;
      }
    }
    if (!showing) {
      return;
    }
    if (isTable()) {
      previewLine(plan, lying);
    } else if (lying == null) {
      listPerson(document(person, plan, keyType.flag()));
    } else {
      describe(lying, keyType, folder);
    }
  }

  private void previewLine(IssuancePlan plan, @Nullable BulkOutcome lying) {
    StringBuilder text = new StringBuilder();
    if (previewed == 1) {
      text.append("kube-apiserver will see\n");
    }
    text.append("  ");
    padded(text, SafeText.of(plan.identity().name()), 24);
    padded(text, IssueReport.groups(plan.identity()), 40);
    IssuancePlan lyingPlan = lying == null ? null : lying.plan();
    IssuancePlan shown = lyingPlan == null ? plan : lyingPlan;
    text.append("until ").append(Times.human(shown.validity().notAfter()));
    text.append(shown.clippedByAuthority() ? " (the CA itself ends then)" : "");
    text.append(lying == null ? "\n" : ", as it lies there: skipped\n");
    console.out().print(text);
  }

  /** All lines have been looked at. */
  void previewed() {
    if (isTable() && !dryRun && previewed > PREVIEWED) {
      console
          .out()
          .print("  and " + (previewed - PREVIEWED) + " more (--dry-run shows all of them)\n");
    }
    if (warned > REPORTED) {
      console.warning("and " + (warned - REPORTED) + " more of these");
    }
    console.flush();
  }

  /** Whether each certificate is described, rather than all of them counted. */
  boolean isDescribing() {
    return !isTable();
  }

  /** How it went for somebody. */
  void outcome(BulkOutcome outcome, KeyType keyType, Path folder) {
    if (outcome.problem() != null) {
      fail(outcome.person().line(), outcome.problem());
      return;
    }
    if (outcome.skipped()) {
      skipped++;
    } else {
      made++;
    }
    if (!isTable()) {
      describe(outcome, keyType, folder);
    }
  }

  private void describe(BulkOutcome outcome, KeyType keyType, Path folder) {
    IssuancePlan plan = outcome.plan();
    Certificate certificate = outcome.certificate();
    if (plan != null && certificate != null) {
      Map<String, @Nullable Object> document =
          document(
              outcome.person(),
              plan,
              outcome.skipped() ? keyType(certificate.publicKey()) : keyType.flag());
      document.put("notBefore", Times.rfc3339(certificate.validity().notBefore()));
      document.put("notAfter", Times.rfc3339(certificate.validity().notAfter()));
      document.put("serialNumber", certificate.serialNumber().toString());
      document.put("fingerprint", HexFormat.of().formatHex(certificate.fingerprint()));
      document.put("credentialId", certificate.credentialId().value());
      document.put("folder", folder.toString());
      document.put("skipped", outcome.skipped());
      listPerson(document);
    }
  }

  /** As {@code --key-type} names it; other sizes and curves likewise. */
  private static String keyType(PublicKeyInfo key) {
    String description = key.description().toLowerCase(Locale.ROOT);
    return switch (key.family()) {
      case RSA -> description.replace(' ', '-');
      case EC -> description.replace("ecdsa ", "");
      default -> description;
    };
  }

  /** A line that came to nothing. */
  void fail(long line, @Nullable String problem) {
    failed++;
    if (failures.size() < REPORTED) {
      failures.put(line, problem == null ? "unknown" : problem);
    }
  }

  /** How many lines came to nothing. */
  long failed() {
    return failed;
  }

  private static Map<String, @Nullable Object> document(
      Person person, IssuancePlan plan, String keyType) {
    Identity identity = plan.identity();
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("line", person.line());
    document.put("user", identity.name());
    document.put("groups", identity.groups());
    if (!identity.uid().isEmpty()) {
      document.put("uid", identity.uid());
    }
    document.put("subject", plan.subject().toString());
    document.put("notBefore", Times.rfc3339(plan.validity().notBefore()));
    document.put("notAfter", Times.rfc3339(plan.validity().notAfter()));
    document.put("clippedByAuthority", plan.clippedByAuthority());
    document.put("keyType", keyType);
    document.put("findings", Documents.ofAll(plan.findings()));
    return document;
  }

  /** One element of {@code people}; JSON on one line is YAML too. */
  private void listPerson(Map<String, @Nullable Object> document) {
    String text = Documents.compact(document);
    if (format.equals("yaml")) {
      console.out().print((listed == 0 ? "people:\n- " : "- ") + text + "\n");
    } else {
      console.out().print((listed == 0 ? "{\n  \"people\": [\n    " : ",\n    ") + text);
    }
    listed++;
  }

  /** Whether somebody was listed, so that a document has begun. */
  boolean hasBegun() {
    return listed > 0;
  }

  /** The sum so far: something went wrong that is not one person's, and nobody follows. */
  void stop(@Nullable String problem) {
    error = problem == null ? "unknown" : problem;
    end();
  }

  /** The sum of it. */
  void end() {
    if (isTable()) {
      console
          .out()
          .print(
              (dryRun
                      ? made + " would be made; nothing was (--dry-run)"
                      : made + " made in " + out + "/")
                  + (skipped > 0 ? ", " + skipped + " skipped (they have a valid certificate)" : "")
                  + (failed > 0 ? ", " + failed + " failed" : "")
                  + (error == null ? "" : "; then it ended, run it again to go on")
                  + "\n");
    } else {
      endDocument();
    }
    for (Map.Entry<Long, String> failure : failures.entrySet()) {
      console.error("line " + failure.getKey() + ": " + failure.getValue());
    }
    if (failed > failures.size()) {
      console.error("and " + (failed - failures.size()) + " more lines");
    }
    if (made + skipped + failed == 0 && error == null) {
      console.warning("the list names nobody");
    }
    if (failed > 0) {
      console.hint(
          "correct these lines and run it again: whoever has a valid certificate is skipped");
    }
  }

  private void endDocument() {
    boolean yaml = format.equals("yaml");
    StringBuilder text = new StringBuilder();
    if (listed == 0) {
      text.append(yaml ? "people: []\n" : "{\n  \"people\": [");
    }
    text.append(yaml ? "" : "\n  ]");
    field(text, "dryRun", dryRun);
    field(text, "folder", out.toString());
    field(text, "made", dryRun ? 0 : made);
    if (dryRun) {
      field(text, "wouldBeMade", made);
    }
    field(text, "skipped", skipped);
    field(text, "failed", failed);
    if (error != null) {
      field(text, "error", error);
    }
    text.append(yaml ? "failures:" : ",\n  \"failures\": [");
    String separator = "";
    for (Map.Entry<Long, String> failure : failures.entrySet()) {
      Map<String, @Nullable Object> one = new LinkedHashMap<>();
      one.put("line", failure.getKey());
      one.put("problem", failure.getValue());
      text.append(yaml ? "\n- " : separator + "\n    ").append(Documents.compact(one));
      separator = ",";
    }
    if (yaml) {
      text.append(failures.isEmpty() ? " []\n" : "\n");
    } else {
      text.append(failures.isEmpty() ? "]\n}\n" : "\n  ]\n}\n");
    }
    console.out().print(text);
  }

  private void field(StringBuilder text, String name, Object value) {
    if (format.equals("yaml")) {
      text.append(name).append(": ").append(Documents.compact(value)).append('\n');
    } else {
      text.append(",\n  \"").append(name).append("\": ").append(Documents.compact(value));
    }
  }

  private static void padded(StringBuilder text, String value, int width) {
    text.append(value).append("  ");
    for (int i = value.length(); i < width; i++) {
      text.append(' ');
    }
  }
}
