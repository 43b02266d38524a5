package dev.certwright.rbac.manifest;

import dev.certwright.rbac.ClusterRole;
import dev.certwright.rbac.ClusterRoleBinding;
import dev.certwright.rbac.GoText;
import dev.certwright.rbac.LabelSelector;
import dev.certwright.rbac.PolicyRule;
import dev.certwright.rbac.RbacObject;
import dev.certwright.rbac.Role;
import dev.certwright.rbac.RoleBinding;
import dev.certwright.rbac.RoleRef;
import dev.certwright.rbac.Subject;
import dev.certwright.rbac.internal.NameSyntax;
import java.util.List;

/** What the API server checks before it stores an RBAC object (rules RV-02 to RV-07). */
final class ObjectValidation {
  private static final String[] GROUP = {RoleRef.API_GROUP};

  private ObjectValidation() {}

  static void validate(RbacObject object, Metadata metadata, FieldProblems problems) {
    boolean namespaced = object instanceof Role || object instanceof RoleBinding;
    metadata.validate(namespaced, problems);
    if (object instanceof ClusterRole role) {
      rules(role.rules(), false, problems);
      aggregation(role, problems);
    } else if (object instanceof Role role) {
      rules(role.rules(), true, problems);
    } else if (object instanceof ClusterRoleBinding binding) {
      roleRef(binding.roleRef(), false, problems);
      subjects(binding.subjects(), false, problems);
    } else if (object instanceof RoleBinding binding) {
      roleRef(binding.roleRef(), true, problems);
      subjects(binding.subjects(), true, problems);
    }
  }

  private static void rules(List<PolicyRule> rules, boolean namespaced, FieldProblems problems) {
    for (int i = 0; i < rules.size(); i++) {
      rule(rules.get(i), namespaced, "rules[" + i + "]", problems);
    }
  }

  private static void rule(
      PolicyRule rule, boolean namespaced, String path, FieldProblems problems) {
    if (rule.verbs().isEmpty()) {
      problems.required(path + ".verbs", "");
    }
    if (!rule.nonResourceUrls().isEmpty()) {
      String urls = GoText.json(rule.nonResourceUrls());
      if (namespaced) {
        problems.invalidJson(
            path + ".nonResourceURLs", urls, "namespaced rules cannot apply to non-resource URLs");
      }
      if (!rule.apiGroups().isEmpty()
          || !rule.resources().isEmpty()
          || !rule.resourceNames().isEmpty()) {
        problems.invalidJson(
            path + ".nonResourceURLs",
            urls,
            "rules cannot apply to both regular resources and non-resource URLs");
      }
      return;
    }
    if (rule.apiGroups().isEmpty()) {
      problems.required(path + ".apiGroups", "resource rules must supply at least one api group");
    }
    if (rule.resources().isEmpty()) {
      problems.required(path + ".resources", "resource rules must supply at least one resource");
    }
  }

  private static void aggregation(ClusterRole role, FieldProblems problems) {
    String path = "aggregationRule.clusterRoleSelectors";
    if (role.aggregatesRoles() && role.selectors().isEmpty()) {
      problems.required(
          path, "at least one clusterRoleSelector required if aggregationRule is non-nil");
    }
    for (int i = 0; i < role.selectors().size(); i++) {
      LabelSelector selector = role.selectors().get(i);
      String at = path + "[" + i + "]";
      Metadata.labels(selector.matchLabels(), at + ".matchLabels", problems);
      for (int j = 0; j < selector.matchExpressions().size(); j++) {
        requirement(
            selector.matchExpressions().get(j), at + ".matchExpressions[" + j + "]", problems);
      }
      if (!selector.isUsable()) {
        problems.invalidJson(at, "null", "invalid label selector.");
      }
    }
  }

  private static void requirement(
      LabelSelector.Requirement requirement, String path, FieldProblems problems) {
    switch (requirement.operator()) {
      case "In", "NotIn" -> {
        if (requirement.values().isEmpty()) {
          problems.required(
              path + ".values", "must be specified when `operator` is 'In' or 'NotIn'");
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (!requirement.values().isEmpty()) {
          problems.forbidden(
              path + ".values",
              "may not be specified when `operator` is 'Exists' or 'DoesNotExist'");
        }
      }
      default ->
          problems.invalidJson(
              path + ".operator",
              GoText.json(requirement.operator()),
              "not a valid selector operator");
    }
    for (String problem : NameSyntax.labelKey(requirement.key())) {
      problems.invalid(path + ".key", requirement.key(), problem);
    }
    for (int i = 0; i < requirement.values().size(); i++) {
      String value = requirement.values().get(i);
      for (String problem : NameSyntax.labelValue(value)) {
        problems.invalid(path + ".values[" + i + "]", value, problem);
      }
    }
  }

  private static void roleRef(RoleRef ref, boolean namespaced, FieldProblems problems) {
    if (!ref.apiGroup().equals(RoleRef.API_GROUP)) {
      problems.unsupported("roleRef.apiGroup", ref.apiGroup(), GROUP);
    }
    boolean known =
        ref.kind().equals(RoleRef.CLUSTER_ROLE) || namespaced && ref.kind().equals(RoleRef.ROLE);
    if (!known && namespaced) {
      problems.unsupported("roleRef.kind", ref.kind(), RoleRef.ROLE, RoleRef.CLUSTER_ROLE);
    } else if (!known) {
      problems.unsupported("roleRef.kind", ref.kind(), RoleRef.CLUSTER_ROLE);
    }
    if (ref.name().isEmpty()) {
      problems.required("roleRef.name", "");
    }
    for (String problem : NameSyntax.pathSegment(ref.name())) {
      problems.invalid("roleRef.name", ref.name(), problem);
    }
  }

  private static void subjects(List<Subject> subjects, boolean namespaced, FieldProblems problems) {
    for (int i = 0; i < subjects.size(); i++) {
      subject(subjects.get(i), namespaced, "subjects[" + i + "]", problems);
    }
  }

  private static void subject(
      Subject subject, boolean namespaced, String path, FieldProblems problems) {
    if (subject.name().isEmpty()) {
      problems.required(path + ".name", "");
    }
    switch (subject.kind()) {
      case Subject.SERVICE_ACCOUNT -> {
        if (!subject.name().isEmpty()) {
          for (String problem : NameSyntax.subdomain(subject.name())) {
            problems.invalid(path + ".name", subject.name(), problem);
          }
        }
        if (!subject.apiGroup().isEmpty()) {
          problems.unsupported(path + ".apiGroup", subject.apiGroup(), "");
        }
        if (!namespaced && subject.namespace().isEmpty()) {
          problems.required(path + ".namespace", "");
        }
      }
      case Subject.USER, Subject.GROUP -> {
        if (!subject.apiGroup().equals(RoleRef.API_GROUP)) {
          problems.unsupported(path + ".apiGroup", subject.apiGroup(), GROUP);
        }
      }
      default ->
          problems.unsupported(
              path + ".kind", subject.kind(), Subject.SERVICE_ACCOUNT, Subject.USER, Subject.GROUP);
    }
  }
}
