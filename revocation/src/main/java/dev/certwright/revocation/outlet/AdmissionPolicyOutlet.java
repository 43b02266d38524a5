package dev.certwright.revocation.outlet;

import dev.certwright.revocation.authorization.Refusals;
import dev.certwright.revocation.authorization.SourceLedger;
import dev.certwright.yaml.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code ValidatingAdmissionPolicy} objects, which any cluster takes through its API, managed ones
 * too: whatever changes something is refused, and nothing else.
 *
 * @param path where the manifest is written
 * @param recipients how it gets into the cluster, such as {@code kubectl apply -f -}
 */
public record AdmissionPolicyOutlet(String name, Path path, List<Recipient> recipients)
    implements Outlet {
  private static final String COMMENT = "# certwright";

  /** Objects that an earlier, longer list had are found by it, to be pruned. */
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
        "exec and port-forward that are open now");
  }

  @Override
  public byte[] content(Standing standing, byte @Nullable [] before) {
    StringBuilder text = new StringBuilder();
    if (before != null) {
      String there = SourceLedger.in(new String(before, StandardCharsets.UTF_8), COMMENT);
      SourceLedger.check(path.toString(), there, standing.ledger());
    }
    text.append(COMMENT).append(": ").append(SourceLedger.words(standing.ledger())).append("\n");
    for (Refusals refusals : Refusals.of(standing.denylist(), Refusals.Variables.ADMISSION)) {
      policy(text, refusals);
      binding(text, refusals);
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void head(StringBuilder text, String kind, String name) {
    text.append("---\napiVersion: admissionregistration.k8s.io/v1\nkind: ").append(kind);
    text.append("\nmetadata:\n  name: ").append(name).append(".certwright.dev\n").append(LABELS);
    text.append("spec:\n");
  }

  private static void policy(StringBuilder text, Refusals refusals) {
    head(text, "ValidatingAdmissionPolicy", refusals.name());
    text.append("  failurePolicy: Fail\n  matchConstraints:\n    resourceRules:\n");
    text.append("    - apiGroups: ['*']\n      apiVersions: ['*']\n      operations: ['*']\n");
    text.append("      resources: ['*/*']\n  matchConditions:\n  - name: refused\n");
    text.append("    expression: |-\n      ");
    text.append(refusals.condition().replace("\n", "\n      "));
    // A match condition that holds the list spares all others the validation.
    text.append("\n  validations:\n  - expression: 'false'\n    message: ");
    YamlWriter.appendString(text, refusals.message());
    text.append("\n    reason: Forbidden\n");
  }

  private static void binding(StringBuilder text, Refusals refusals) {
    head(text, "ValidatingAdmissionPolicyBinding", refusals.name());
    text.append("  policyName: ").append(refusals.name()).append(".certwright.dev\n");
    text.append("  validationActions: [Deny]\n");
  }

  @Override
  public boolean isUpToDate(Standing standing, byte[] before) {
    return Arrays.equals(content(standing, before), before);
  }
}
