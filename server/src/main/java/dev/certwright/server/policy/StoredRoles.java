package dev.certwright.server.policy;

import dev.certwright.rbac.ClusterRole;
import dev.certwright.rbac.Policy;
import dev.certwright.rbac.PolicyRule;
import dev.certwright.rbac.manifest.DefaultRoles;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Objects as they would lie in a cluster: with its default roles, aggregated roles filled. */
final class StoredRoles {
  private StoredRoles() {}

  /**
   * All of them.
   *
   * @param written by people
   * @param policy made of them and the default roles
   * @param defaults a Kubernetes version, empty for no default roles
   */
  static List<YamlMapping> of(List<YamlMapping> written, Policy policy, String defaults) {
    List<YamlMapping> all = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (YamlMapping object : written) {
      all.add(filled(object, policy));
      names.add(name(object));
    }
    if (!defaults.isEmpty()) {
      String lines = new String(DefaultRoles.written(defaults), StandardCharsets.UTF_8);
      for (String line : lines.split("\n", -1)) {
        if (!line.isEmpty()
            && YamlReader.lenient().readJson("default roles", line.getBytes(StandardCharsets.UTF_8))
                instanceof YamlMapping object
            && names.add(name(object))) {
          all.add(filled(object, policy));
        }
      }
    }
    return all;
  }

  private static String name(YamlMapping object) {
    YamlMapping metadata =
        object.get("metadata") instanceof YamlMapping mapping ? mapping : YamlMapping.EMPTY;
    return text(object, "kind") + "/" + text(metadata, "namespace") + "/" + text(metadata, "name");
  }

  private static String text(YamlMapping object, String key) {
    return object.get(key) instanceof YamlString text ? text.value() : "";
  }

  // What the controller of a cluster does to a ClusterRole that collects the rules of others.
  private static YamlMapping filled(YamlMapping object, Policy policy) {
    if (!(object.get("aggregationRule") instanceof YamlMapping)
        || !text(object, "kind").equals("ClusterRole")
        || !(object.get("metadata") instanceof YamlMapping metadata)) {
      return object;
    }
    ClusterRole role = policy.clusterRole(text(metadata, "name"));
    if (role == null) {
      return object;
    }
    YamlMapping.Builder filled = YamlMapping.builder();
    for (YamlMapping.Entry entry : object.entries()) {
      if (!entry.key().equals("rules")) {
        filled.put(entry.key(), entry.value());
      }
    }
    List<YamlValue> rules = new ArrayList<>();
    for (PolicyRule rule : role.rules()) {
      rules.add(rule(rule));
    }
    return filled.put("rules", YamlSequence.of(rules)).build();
  }

  private static YamlMapping rule(PolicyRule rule) {
    YamlMapping.Builder written = YamlMapping.builder();
    written.put("verbs", YamlSequence.ofStrings(rule.verbs()));
    put(written, "apiGroups", rule.apiGroups());
    put(written, "resources", rule.resources());
    put(written, "resourceNames", rule.resourceNames());
    put(written, "nonResourceURLs", rule.nonResourceUrls());
    return written.build();
  }

  private static void put(YamlMapping.Builder into, String key, List<String> texts) {
    if (!texts.isEmpty()) {
      into.put(key, YamlSequence.ofStrings(texts));
    }
  }
}
