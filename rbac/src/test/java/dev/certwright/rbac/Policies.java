package dev.certwright.rbac;

import dev.certwright.identity.Identity;
import java.util.List;

/** Small policies and questions for tests. */
final class Policies {
  private Policies() {}

  static PolicyRule rule(String verbs, String groups, String resources, String... names) {
    return new PolicyRule(texts(verbs), texts(groups), texts(resources), List.of(names), List.of());
  }

  static PolicyRule urls(String verbs, String... urls) {
    return PolicyRule.ofUrls(texts(verbs), List.of(urls));
  }

  /** Texts between commas; a lone minus is the empty text, nothing at all no text. */
  private static List<String> texts(String joined) {
    if (joined.isEmpty()) {
      return List.of();
    }
    return List.of(joined.split(",", -1)).stream()
        .map(text -> text.equals("-") ? "" : text)
        .toList();
  }

  /** A policy in which alice has these rules in the whole cluster. */
  static Policy alice(PolicyRule... rules) {
    return Policy.of(
        List.of(
            ClusterRole.of("r", List.of(rules)),
            ClusterRoleBinding.of("b", RoleRef.clusterRole("r"), Subject.user("alice"))));
  }

  static Identity user(String name, String... groups) {
    return Identity.of(name, List.of(groups));
  }

  static Attributes asks(String user, String verb, String group, String resource) {
    return Attributes.ofResource(user(user), verb, group, resource);
  }
}
