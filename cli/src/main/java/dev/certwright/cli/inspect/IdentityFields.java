package dev.certwright.cli.inspect;

import dev.certwright.authority.Finding;
import dev.certwright.authority.NameRules;
import dev.certwright.authority.Severity;
import dev.certwright.identity.Identity;
import dev.certwright.x509.SubjectIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The user whom kube-apiserver would see. */
final class IdentityFields {
  /** In what exists, Kubernetes' own names are in their place; other odd names are worth a word. */
  private static final NameRules NAMES = new NameRules(true, true, false);

  private IdentityFields() {}

  static void add(
      Map<String, @Nullable Object> fields, List<Finding> findings, SubjectIdentity subject) {
    Identity identity = subject.identity();
    if (identity == null) {
      findings.add(
          new Finding(
              Severity.FORBIDDEN, "no-user", subject.problem(), "issue one with one Common Name"));
      return;
    }
    fields.put("user", identity.name());
    fields.put("groups", new ArrayList<>(identity.groups()));
    if (!identity.uid().isEmpty()) {
      fields.put("uid", identity.uid());
    }
    List<String> groups = new ArrayList<>(identity.groups());
    groups.remove(Identity.AUTHENTICATED_GROUP);
    for (Finding finding : NAMES.check(identity.name(), groups, identity.uid())) {
      if (finding.severity() == Severity.FORBIDDEN && !finding.rule().equals("name-empty")) {
        findings.add(
            new Finding(Severity.WARNING, finding.rule(), finding.found(), finding.advice()));
      }
    }
  }
}
