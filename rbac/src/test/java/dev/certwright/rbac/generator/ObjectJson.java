package dev.certwright.rbac.generator;

import dev.certwright.rbac.ClusterRole;
import dev.certwright.rbac.ClusterRoleBinding;
import dev.certwright.rbac.LabelSelector;
import dev.certwright.rbac.PolicyRule;
import dev.certwright.rbac.RbacObject;
import dev.certwright.rbac.Role;
import dev.certwright.rbac.RoleBinding;
import dev.certwright.rbac.RoleRef;
import dev.certwright.rbac.Subject;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** RBAC objects as the API has them in JSON. */
public final class ObjectJson {
  private ObjectJson() {}

  /** One object, with apiVersion and kind. */
  public static YamlMapping of(RbacObject object) {
    YamlMapping.Builder out =
        YamlMapping.builder()
            .put("apiVersion", "rbac.authorization.k8s.io/v1")
            .put("kind", object.kind());
    YamlMapping.Builder metadata = YamlMapping.builder().put("name", object.name());
    if (!object.namespace().isEmpty()) {
      metadata.put("namespace", object.namespace());
    }
    if (object instanceof ClusterRole role && !role.labels().isEmpty()) {
      metadata.put("labels", map(role.labels()));
    }
    out.put("metadata", metadata.build());
    if (object instanceof ClusterRole role) {
      if (role.aggregatesRoles()) {
        List<YamlValue> selectors = new ArrayList<>();
        role.selectors().forEach(selector -> selectors.add(selector(selector)));
        out.put(
            "aggregationRule",
            YamlMapping.builder().put("clusterRoleSelectors", YamlSequence.of(selectors)).build());
      }
      out.put("rules", rules(role.rules()));
    } else if (object instanceof Role role) {
      out.put("rules", rules(role.rules()));
    } else if (object instanceof ClusterRoleBinding binding) {
      out.put("roleRef", ref(binding.roleRef())).put("subjects", subjects(binding.subjects()));
    } else if (object instanceof RoleBinding binding) {
      out.put("roleRef", ref(binding.roleRef())).put("subjects", subjects(binding.subjects()));
    }
    return out.build();
  }

  /** Rules, empty lists left out. */
  public static YamlSequence rules(List<PolicyRule> rules) {
    List<YamlValue> list = new ArrayList<>();
    for (PolicyRule rule : rules) {
      YamlMapping.Builder out = YamlMapping.builder();
      put(out, "verbs", rule.verbs());
      put(out, "apiGroups", rule.apiGroups());
      put(out, "resources", rule.resources());
      put(out, "resourceNames", rule.resourceNames());
      put(out, "nonResourceURLs", rule.nonResourceUrls());
      list.add(out.build());
    }
    return YamlSequence.of(list);
  }

  private static void put(YamlMapping.Builder out, String key, List<String> texts) {
    if (!texts.isEmpty()) {
      out.put(key, YamlSequence.ofStrings(texts));
    }
  }

  private static YamlMapping map(Map<String, String> texts) {
    YamlMapping.Builder out = YamlMapping.builder();
    texts.forEach((key, value) -> out.put(key, value));
    return out.build();
  }

  private static YamlMapping selector(LabelSelector selector) {
    List<YamlValue> expressions = new ArrayList<>();
    for (LabelSelector.Requirement requirement : selector.matchExpressions()) {
      expressions.add(
          YamlMapping.builder()
              .put("key", requirement.key())
              .put("operator", requirement.operator())
              .put("values", YamlSequence.ofStrings(requirement.values()))
              .build());
    }
    return YamlMapping.builder()
        .put("matchLabels", map(selector.matchLabels()))
        .put("matchExpressions", YamlSequence.of(expressions))
        .build();
  }

  private static YamlMapping ref(RoleRef ref) {
    return YamlMapping.builder()
        .put("apiGroup", ref.apiGroup())
        .put("kind", ref.kind())
        .put("name", ref.name())
        .build();
  }

  private static YamlSequence subjects(List<Subject> subjects) {
    List<YamlValue> list = new ArrayList<>();
    for (Subject subject : subjects) {
      list.add(
          YamlMapping.builder()
              .put("apiGroup", subject.apiGroup())
              .put("kind", subject.kind())
              .put("name", subject.name())
              .put("namespace", subject.namespace())
              .build());
    }
    return YamlSequence.of(list);
  }

  /** A text of JSON on one line. */
  public static String line(YamlValue value) {
    return JsonWriter.compact(value);
  }

  /** A list of texts. */
  public static YamlValue texts(List<String> texts) {
    return YamlSequence.ofStrings(texts);
  }

  /** A text. */
  public static YamlValue text(String text) {
    return YamlString.of(text);
  }
}
