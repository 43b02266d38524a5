package dev.certwright.x509.chain;

import dev.certwright.x509.Certificate;
import dev.certwright.x509.extension.PolicyId;
import dev.certwright.x509.extension.PolicyMapping;
import dev.certwright.x509.extension.PolicyValues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Certificate policies (RFC 5280 6.1 as RFC 9618 changes it) with every policy acceptable to the
 * verifier: a chain fails only if a CA demands a policy and none holds all the way, or maps
 * anyPolicy (rules GV-30, XS-44). What the trusted CA says of policies is not looked at.
 */
final class PolicyCheck {
  private final List<Certificate> chain;
  private final int length;
  private @Nullable PolicyGraph graph = new PolicyGraph();
  private long explicitPolicy;
  private long policyMapping;
  private long inhibitAnyPolicy;

  private PolicyCheck(List<Certificate> chain) {
    this.chain = chain;
    this.length = chain.size() - 1;
    this.explicitPolicy = chain.size();
    this.policyMapping = chain.size();
    this.inhibitAnyPolicy = chain.size();
  }

  static boolean isValid(List<Certificate> chain) {
    return isIndifferent(chain) || new PolicyCheck(chain).run();
  }

  /** Without demands and mappings nothing can fail. */
  private static boolean isIndifferent(List<Certificate> chain) {
    for (int i = 0; i < chain.size() - 1; i++) {
      PolicyValues values = chain.get(i).extensionValues().policies();
      if (values.requireExplicitPolicy() >= 0 || !values.mappings().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private boolean run() {
    for (int i = length - 1; i >= 0; i--) {
      Certificate certificate = chain.get(i);
      PolicyValues values = certificate.extensionValues().policies();
      if (values.policies().isEmpty()) {
        graph = null;
      }
      if (graph == null && explicitPolicy == 0) {
        return false;
      }
      if (graph != null && !descend(graph, values, i, certificate.isSelfIssued())) {
        return false;
      }
      if (i > 0) {
        count(values, certificate.isSelfIssued());
      }
    }
    explicitPolicy = Math.max(explicitPolicy - 1, 0);
    if (chain.get(0).extensionValues().policies().requireExplicitPolicy() == 0) {
      explicitPolicy = 0;
    }
    return explicitPolicy > 0 || graph != null && graph.allowsAnything();
  }

  /** Returns false if the certificate maps anyPolicy. */
  private boolean descend(
      PolicyGraph policies, PolicyValues values, int index, boolean selfIssued) {
    policies.descend();
    boolean any = false;
    for (PolicyId policy : values.policies()) {
      if (policy.equals(PolicyId.ANY)) {
        any = true;
      } else {
        policies.add(policy);
      }
    }
    if (any && (inhibitAnyPolicy > 0 || index > 0 && selfIssued)) {
      policies.addAllExpected();
    }
    policies.prune();
    return index == 0 || values.mappings().isEmpty() || map(policies, values.mappings());
  }

  private boolean map(PolicyGraph policies, List<PolicyMapping> list) {
    Map<PolicyId, List<PolicyId>> mappings = new LinkedHashMap<>();
    for (PolicyMapping mapping : list) {
      if (policyMapping == 0) {
        policies.remove(mapping.issuerDomainPolicy());
      } else if (mapping.issuerDomainPolicy().equals(PolicyId.ANY)
          || mapping.subjectDomainPolicy().equals(PolicyId.ANY)) {
        return false;
      } else {
        mappings
            .computeIfAbsent(mapping.issuerDomainPolicy(), unused -> new ArrayList<>(1))
            .add(mapping.subjectDomainPolicy());
      }
    }
    policies.prune();
    for (Map.Entry<PolicyId, List<PolicyId>> entry : mappings.entrySet()) {
      policies.map(entry.getKey(), entry.getValue());
    }
    return true;
  }

  /** RFC 5280 6.1.4 (h) to (j). */
  private void count(PolicyValues values, boolean selfIssued) {
    if (!selfIssued) {
      explicitPolicy = Math.max(explicitPolicy - 1, 0);
      policyMapping = Math.max(policyMapping - 1, 0);
      inhibitAnyPolicy = Math.max(inhibitAnyPolicy - 1, 0);
    }
    explicitPolicy = lower(explicitPolicy, values.requireExplicitPolicy());
    policyMapping = lower(policyMapping, values.inhibitPolicyMapping());
    inhibitAnyPolicy = lower(inhibitAnyPolicy, values.inhibitAnyPolicy());
  }

  private static long lower(long current, long demanded) {
    return demanded >= 0 ? Math.min(current, demanded) : current;
  }
}
