package dev.certwright.rbac.manifest;

import dev.certwright.rbac.ClusterRole;
import dev.certwright.rbac.ClusterRoleBinding;
import dev.certwright.rbac.LabelSelector;
import dev.certwright.rbac.Origin;
import dev.certwright.rbac.PolicyRule;
import dev.certwright.rbac.RbacObject;
import dev.certwright.rbac.Role;
import dev.certwright.rbac.RoleBinding;
import dev.certwright.rbac.RoleRef;
import dev.certwright.rbac.Subject;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes objects of mappings, with the defaults of the API (rules RV-05, RV-07, RV-10): v1, v1beta1
 * and v1alpha1 alike but for the subjects of the oldest.
 */
final class ObjectDecoder {
  private ObjectDecoder() {}

  static RbacObject decode(
      String kind, String version, ObjectFields fields, Metadata metadata, Origin origin) {
    return switch (kind) {
      case RoleRef.CLUSTER_ROLE -> clusterRole(fields, metadata, origin);
      case RoleRef.ROLE -> {
        fields.knowing("apiVersion", "kind", "metadata", "rules");
        yield new Role(metadata.namespace(), metadata.name(), rules(fields), origin);
      }
      case ClusterRoleBinding.KIND -> {
        fields.knowing("apiVersion", "kind", "metadata", "subjects", "roleRef");
        yield new ClusterRoleBinding(
            metadata.namespace(),
            metadata.name(),
            roleRef(fields),
            subjects(fields, version),
            origin);
      }
      default -> {
        fields.knowing("apiVersion", "kind", "metadata", "subjects", "roleRef");
        yield new RoleBinding(
            metadata.namespace(),
            metadata.name(),
            roleRef(fields),
            subjects(fields, version),
            origin);
      }
    };
  }

  private static ClusterRole clusterRole(ObjectFields fields, Metadata metadata, Origin origin) {
    fields.knowing("apiVersion", "kind", "metadata", "rules", "aggregationRule");
    ObjectFields aggregation = fields.object("aggregationRule");
    List<LabelSelector> selectors = new ArrayList<>();
    if (aggregation != null) {
      for (ObjectFields selector :
          aggregation.knowing("clusterRoleSelectors").objects("clusterRoleSelectors")) {
        selectors.add(selector(selector.knowing("matchLabels", "matchExpressions")));
      }
    }
    return new ClusterRole(
        metadata.namespace(),
        metadata.name(),
        metadata.labels(),
        rules(fields),
        aggregation != null,
        selectors,
        origin);
  }

  private static LabelSelector selector(ObjectFields fields) {
    List<LabelSelector.Requirement> requirements = new ArrayList<>();
    for (ObjectFields expression : fields.objects("matchExpressions")) {
      expression.knowing("key", "operator", "values");
      requirements.add(
          new LabelSelector.Requirement(
              expression.text("key"), expression.text("operator"), expression.texts("values")));
    }
    return new LabelSelector(fields.map("matchLabels"), requirements);
  }

  private static List<PolicyRule> rules(ObjectFields fields) {
    List<PolicyRule> rules = new ArrayList<>();
    for (ObjectFields rule : fields.objects("rules")) {
      rule.knowing("verbs", "apiGroups", "resources", "resourceNames", "nonResourceURLs");
      rules.add(
          new PolicyRule(
              rule.texts("verbs"),
              rule.texts("apiGroups"),
              rule.texts("resources"),
              rule.texts("resourceNames"),
              rule.texts("nonResourceURLs")));
    }
    return rules;
  }

  private static RoleRef roleRef(ObjectFields fields) {
    ObjectFields ref = fields.object("roleRef");
    if (ref == null) {
      return new RoleRef(RoleRef.API_GROUP, "", "");
    }
    ref.knowing("apiGroup", "kind", "name");
    String group = ref.text("apiGroup");
    return new RoleRef(
        group.isEmpty() ? RoleRef.API_GROUP : group, ref.text("kind"), ref.text("name"));
  }

  private static List<Subject> subjects(ObjectFields fields, String version) {
    List<Subject> subjects = new ArrayList<>();
    for (ObjectFields subject : fields.objects("subjects")) {
      boolean oldest = version.equals("v1alpha1");
      subject.knowing("kind", oldest ? "apiVersion" : "apiGroup", "name", "namespace");
      String kind = subject.text("kind");
      String name = subject.text("name");
      String group = oldest ? groupOf(kind, subject.text("apiVersion")) : subject.text("apiGroup");
      if (group.isEmpty() && (kind.equals(Subject.USER) || kind.equals(Subject.GROUP))) {
        group = RoleRef.API_GROUP;
      }
      if (oldest && kind.equals(Subject.USER) && name.equals("*")) {
        // In that version everybody who is authenticated was written so.
        kind = Subject.GROUP;
        name = "system:authenticated";
      }
      subjects.add(new Subject(kind, group, name, subject.text("namespace")));
    }
    return subjects;
  }

  private static String groupOf(String kind, String apiVersion) {
    return switch (kind) {
      case Subject.SERVICE_ACCOUNT -> "";
      case Subject.USER, Subject.GROUP -> RoleRef.API_GROUP;
      default -> {
        int slash = apiVersion.indexOf('/');
        yield slash < 0 || slash != apiVersion.lastIndexOf('/')
            ? ""
            : apiVersion.substring(0, slash);
      }
    };
  }
}
