package dev.certwright.conformance.differential;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** The comparison of rules behind escalation prevention. */
final class CoversMode implements Mode {
  @Override
  public String name() {
    return "covers";
  }

  @Override
  public boolean isCompared() {
    return false;
  }

  @Override
  public YamlMapping question(Random random) {
    Choices choices = new Choices(random);
    return YamlMapping.builder().put("held", rules(choices)).put("wanted", rules(choices)).build();
  }

  private static YamlValue rules(Choices choices) {
    List<YamlValue> rules = new ArrayList<>();
    for (int count = choices.below(4); count > 0; count--) {
      YamlMapping.Builder rule = YamlMapping.builder();
      put(rule, "verbs", choices.some(3, "get", "list", "watch", "*", "delete"));
      if (choices.once(4)) {
        put(rule, "nonResourceURLs", choices.some(2, "/metrics", "/healthz/*", "*", "/", ""));
      } else {
        put(rule, "apiGroups", choices.some(2, "", "apps", "*"));
        put(
            rule,
            "resources",
            choices.some(3, "pods", "pods/log", "*/log", "*", "pods/*", "secrets"));
        if (choices.once(3)) {
          put(rule, "resourceNames", choices.some(2, "a", "b", "*"));
        }
      }
      rules.add(rule.build());
    }
    return YamlSequence.of(rules);
  }

  private static void put(YamlMapping.Builder rule, String key, List<String> texts) {
    if (!texts.isEmpty()) {
      rule.put(key, YamlSequence.ofStrings(texts));
    }
  }
}
