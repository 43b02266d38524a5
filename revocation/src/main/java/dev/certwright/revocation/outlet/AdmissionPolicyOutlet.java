package dev.certwright.revocation.outlet;

import dev.certwright.revocation.authorization.Refusals;
import dev.certwright.revocation.authorization.SourceLedger;
import dev.certwright.x509.Digests;
import dev.certwright.yaml.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code ValidatingAdmissionPolicy} objects, which any cluster takes through its API, managed ones
 * too: whatever changes something is refused, and nothing else.
 *
 * @param path where the manifest is written
 * @param recipients how it gets into clusters: by their API, or by what reads manifests
 */
public record AdmissionPolicyOutlet(String name, Path path, List<Recipient> recipients)
    implements Outlet {
  private static final String COMMENT = "# certwright";

  /** On each object: what it is published from, for whoever comes from elsewhere. */
  static final String ANNOTATION = "certwright.dev/published-from";

  /** Labels of all objects of ours, as kubectl selects by them. */
  static final String SELECTOR =
      "app.kubernetes.io/managed-by=certwright,app.kubernetes.io/component=revocation";

  /** Objects that an earlier, longer list had are found by it, to be removed. */
  static final String LABELS =
      "  labels:\n    app.kubernetes.io/managed-by: certwright\n"
          + "    app.kubernetes.io/component: revocation\n";

  public AdmissionPolicyOutlet {
    recipients = List.copyOf(recipients);
  }

  @Override
  public String kind() {
    return "admission policy";
  }

  @Override
  public List<String> leavesOpen() {
    return List.of(
        "get, list and watch: admission is not asked about reading, secrets included",
        "changes to admission policies themselves, for whoever may make them",
        "changes as somebody else, for whoever may impersonate: admission sees the other alone",
        "exec and port-forward that are open now");
  }

  @Override
  public byte[] content(Standing standing, byte @Nullable [] before) {
    StringBuilder text = new StringBuilder();
    if (before != null) {
      standing.origin().require(path.toString(), sourceOf(before));
    }
    SourceLedger ledger = standing.origin().ledger();
    text.append(COMMENT).append(": ").append(ledger.words()).append("\n");
    List<Refusals> all = Refusals.of(standing.denylist(), Refusals.Variables.ADMISSION);
    for (Refusals refusals : all) {
      String object = objectName(refusals, all) + ".certwright.dev";
      policy(text, refusals, object, ledger);
      binding(text, object, ledger);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * A list that is alone of its kind, and whole, changes under its name. Of several, or shortened
   * ones, each has a name by its content: certificates go from one into another when the list
   * grows, and an API server that saw the one without it before the other with it would let it in.
   * So new objects come first, and old ones go when the new ones are in force.
   */
  private static String objectName(Refusals refusals, List<Refusals> all) {
    int alike = 0;
    for (Refusals other : all) {
      alike += other.kind().equals(refusals.kind()) ? 1 : 0;
    }
    if (alike == 1 && refusals.isWhole()) {
      return refusals.kind();
    }
    byte[] digest = Digests.sha256(refusals.condition().getBytes(StandardCharsets.UTF_8));
    return refusals.kind() + "-" + HexFormat.of().formatHex(digest, 0, 8);
  }

  @Override
  public SourceLedger source(byte[] content) {
    return sourceOf(content);
  }

  /** The ledger that a content is from. */
  static SourceLedger sourceOf(byte[] content) {
    return SourceLedger.in(new String(content, StandardCharsets.UTF_8), COMMENT);
  }

  /** The clusters that it reaches by their API. */
  public List<PolicyCluster> clusters() {
    List<PolicyCluster> clusters = new ArrayList<>();
    for (Recipient recipient : recipients) {
      if (recipient instanceof PolicyCluster cluster) {
        clusters.add(cluster);
      }
    }
    return clusters;
  }

  @Override
  public List<String> unasked() {
    List<String> unasked = new ArrayList<>();
    for (Recipient recipient : recipients) {
      if (!(recipient instanceof PolicyCluster)) {
        unasked.add(recipient.name());
      }
    }
    for (PolicyCluster cluster : clusters()) {
      unasked.remove(cluster.name());
    }
    return unasked;
  }

  private static void head(StringBuilder text, String kind, String name, SourceLedger ledger) {
    text.append("---\napiVersion: admissionregistration.k8s.io/v1\nkind: ").append(kind);
    text.append("\nmetadata:\n  name: ").append(name).append("\n").append(LABELS);
    if (!ledger.name().isEmpty()) {
      text.append("  annotations:\n    ").append(ANNOTATION).append(": ");
      text.append(ledger.identity()).append('\n');
    }
    text.append("spec:\n");
  }

  private static void policy(
      StringBuilder text, Refusals refusals, String object, SourceLedger ledger) {
    head(text, "ValidatingAdmissionPolicy", object, ledger);
    // Defaults are said too, so that what the cluster has can be compared as a whole.
    text.append("  failurePolicy: Fail\n  matchConstraints:\n    matchPolicy: Equivalent\n");
    text.append("    namespaceSelector: {}\n    objectSelector: {}\n    resourceRules:\n");
    text.append("    - apiGroups: ['*']\n      apiVersions: ['*']\n      operations: ['*']\n");
    text.append(
        "      resources: ['*/*']\n      scope: '*'\n  matchConditions:\n  - name: refused\n");
    text.append("    expression: |-\n      ");
    text.append(refusals.condition().replace("\n", "\n      "));
    // A match condition that holds the list spares all others the validation.
    text.append("\n  validations:\n  - expression: 'false'\n    message: ");
    YamlWriter.appendString(text, refusals.message());
    text.append("\n    reason: Forbidden\n");
  }

  private static void binding(StringBuilder text, String object, SourceLedger ledger) {
    head(text, "ValidatingAdmissionPolicyBinding", object, ledger);
    text.append("  policyName: ").append(object).append("\n");
    text.append("  validationActions: [Deny]\n");
  }

  @Override
  public boolean isUpToDate(Standing standing, byte[] before) {
    return Arrays.equals(content(standing, before), before);
  }
}
