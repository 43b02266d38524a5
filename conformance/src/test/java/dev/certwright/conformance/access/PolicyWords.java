package dev.certwright.conformance.access;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.Attributes;
import dev.certwright.rbac.ClusterRole;
import dev.certwright.rbac.ClusterRoleBinding;
import dev.certwright.rbac.Policy;
import dev.certwright.rbac.PolicyRule;
import dev.certwright.rbac.RbacObject;
import dev.certwright.rbac.Role;
import dev.certwright.rbac.RoleBinding;
import dev.certwright.rbac.Subject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Questions made of the words of a policy, so that many of them hit something. */
final class PolicyWords {
  private final List<Subject> subjects = new ArrayList<>();
  private final List<PolicyRule> rules = new ArrayList<>();
  private final Set<String> namespaces = new LinkedHashSet<>(List.of("", "default", "none"));
  private final Set<String> verbs = new LinkedHashSet<>();
  private final Set<String> names = new LinkedHashSet<>(List.of("", "x"));
  private final Random random;

  /** Words of a policy, in an order that only hangs on the seed. */
  PolicyWords(Policy policy, long seed) {
    random = new Random(seed);
    List<RbacObject> objects = new ArrayList<>();
    policy.forEach(objects::add);
    objects.sort(
        java.util.Comparator.comparing(
            object -> object.kind() + " " + object.namespace() + " " + object.name()));
    objects.forEach(this::add);
  }

  private void add(RbacObject object) {
    namespaces.add(object.namespace());
    if (object instanceof ClusterRole role) {
      rules.addAll(role.rules());
    } else if (object instanceof Role role) {
      rules.addAll(role.rules());
    } else if (object instanceof ClusterRoleBinding binding) {
      subjects.addAll(binding.subjects());
    } else if (object instanceof RoleBinding binding) {
      for (Subject subject : binding.subjects()) {
        subjects.add(
            subject.namespace().isEmpty() && subject.kind().equals(Subject.SERVICE_ACCOUNT)
                ? Subject.serviceAccount(binding.namespace(), subject.name())
                : subject);
      }
    }
    for (PolicyRule rule : rules) {
      verbs.addAll(rule.verbs());
      names.addAll(rule.resourceNames());
    }
  }

  /** A question: half of them are one thing away from a rule. */
  Attributes question() {
    Identity user = user();
    PolicyRule rule = one(rules);
    if (!rule.nonResourceUrls().isEmpty()) {
      return Attributes.ofPath(
          user,
          verb(rule),
          one(rule.nonResourceUrls()).replace("*", random.nextBoolean() ? "x" : ""));
    }
    String[] resource = one(rule.resources()).split("/", 2);
    PolicyRule named = random.nextInt(3) == 0 ? one(rules) : rule;
    return new Attributes(
        user,
        true,
        verb(rule),
        one(List.copyOf(namespaces)),
        rule.apiGroups().isEmpty() ? "" : one(rule.apiGroups()),
        "",
        resource[0],
        resource.length > 1 ? resource[1] : random.nextInt(6) == 0 ? "status" : "",
        named.resourceNames().isEmpty() ? one(List.copyOf(names)) : one(named.resourceNames()),
        "");
  }

  private String verb(PolicyRule rule) {
    return random.nextInt(4) == 0 ? one(List.copyOf(verbs)) : one(rule.verbs());
  }

  private Identity user() {
    Subject subject = one(subjects);
    List<String> groups = new ArrayList<>();
    String name = "somebody";
    switch (subject.kind()) {
      case Subject.GROUP -> groups.add(subject.name());
      case Subject.SERVICE_ACCOUNT ->
          name = Subject.SERVICE_ACCOUNT_PREFIX + subject.namespace() + ":" + subject.name();
      default -> name = subject.name();
    }
    Subject other = one(subjects);
    if (other.kind().equals(Subject.GROUP) && random.nextBoolean()) {
      groups.add(other.name());
    }
    if (random.nextInt(3) > 0) {
      groups.add(Identity.AUTHENTICATED_GROUP);
    }
    return Identity.of(name, groups);
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}
