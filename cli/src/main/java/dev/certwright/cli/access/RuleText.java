package dev.certwright.cli.access;

import dev.certwright.rbac.GoText;
import dev.certwright.rbac.Grant;
import dev.certwright.rbac.NearMiss;
import dev.certwright.rbac.Origin;
import dev.certwright.rbac.PolicyRule;
import dev.certwright.rbac.RbacObject;
import java.util.List;

/** Rules, and what gives them, in words. */
final class RuleText {
  private RuleText() {}

  /** {@code rule 2 of ClusterRole "view" (view.yaml:3)}. */
  static String rule(Grant grant) {
    return "rule " + (grant.ruleNumber() + 1) + " of " + located(grant.role());
  }

  /** {@code RoleBinding "devs/dev" to Group "devs" (devs.yaml:12)}. */
  static String binding(Grant grant) {
    RbacObject binding = grant.binding();
    return binding.describe()
        + " to "
        + grant.subject().describe(binding.namespace())
        + place(binding.origin());
  }

  private static String located(RbacObject object) {
    return object.describe() + place(object.origin());
  }

  private static String place(Origin origin) {
    String text = origin.toString();
    return text.isEmpty() ? "" : " (" + text + ")";
  }

  /** {@code get, list of pods in API group ""}. */
  static String content(PolicyRule rule) {
    StringBuilder text = new StringBuilder(80).append(list(rule.verbs()));
    if (!rule.resources().isEmpty()) {
      text.append(" of ").append(list(rule.resources()));
      text.append(rule.apiGroups().size() > 1 ? " in API groups " : " in API group ");
      for (int i = 0; i < rule.apiGroups().size(); i++) {
        text.append(i == 0 ? "" : ", ").append(GoText.quote(rule.apiGroups().get(i)));
      }
      if (!rule.resourceNames().isEmpty()) {
        text.append(", named ").append(list(rule.resourceNames()));
      }
    }
    if (!rule.nonResourceUrls().isEmpty()) {
      text.append(rule.resources().isEmpty() ? " of path " : ", and of path ");
      text.append(list(rule.nonResourceUrls()));
    }
    return text.toString();
  }

  private static String list(List<String> words) {
    return words.isEmpty() ? "nothing" : String.join(", ", words);
  }

  /** What is in the way, as the beginning of a sentence about the rule. */
  static String difference(NearMiss miss) {
    return switch (miss.difference()) {
      case VERB -> "other verbs";
      case API_GROUP -> "another API group";
      case RESOURCE -> "other resources";
      case RESOURCE_NAME -> "other names only";
      case PATH -> "other paths";
      case NAMESPACE -> "another namespace";
    };
  }
}
