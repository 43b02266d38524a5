package dev.certwright.rbac.generator;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.GoText;
import dev.certwright.rbac.Policy;
import dev.certwright.rbac.PolicyRule;
import dev.certwright.rbac.RbacObject;
import dev.certwright.rbac.RuleListing;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random policies and what somebody may do in a namespace of them. */
public final class RulesComparison implements Comparison {
  private static final int QUESTIONS = 40;

  @Override
  public String mode() {
    return "rules";
  }

  @Override
  public int round(Random random, Oracle oracle) {
    RandomPolicies generator = new RandomPolicies(random);
    List<RbacObject> objects = generator.policy();
    Policy policy = Policy.of(objects);
    List<Identity> users = new ArrayList<>();
    List<String> namespaces = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    lines.add(DecideComparison.policyLine(objects));
    for (int i = 0; i < QUESTIONS; i++) {
      users.add(generator.identity());
      String namespace = generator.namespace();
      // Upstream's review wants a namespace (rule SR-20).
      namespaces.add(namespace.isEmpty() ? "none" : namespace);
      lines.add(line(users.get(i), namespaces.get(i)));
    }
    List<String> answers = oracle.ask(lines);
    for (int i = 0; i < QUESTIONS; i++) {
      String problem = problem(policy, users.get(i), namespaces.get(i), answers.get(i + 1));
      if (problem != null) {
        throw new AssertionError(problem + "\nasked " + lines.get(i + 1) + "\nof " + lines.get(0));
      }
    }
    return QUESTIONS;
  }

  static String line(Identity user, String namespace) {
    return ObjectJson.line(
        YamlMapping.builder()
            .put("user", user.name())
            .put("groups", YamlSequence.ofStrings(user.groups()))
            .put("namespace", namespace)
            .build());
  }

  /** What is wrong with the answers to one question, null if nothing is. */
  static @Nullable String problem(Policy policy, Identity user, String namespace, String answer) {
    return Comparison.problem(() -> compared(policy.rulesFor(user, namespace), answer));
  }

  static @Nullable String problem(RuleListing ours, String answer) {
    return Comparison.problem(() -> compared(ours, answer));
  }

  private static @Nullable String compared(RuleListing ours, String answer) {
    YamlMapping upstream = Oracle.parse(answer);
    String error = DecideComparison.text(upstream, "evaluationError");
    boolean fits =
        ours.resourceRules().equals(rules(upstream.get("resourceRules")))
            && ours.nonResourceRules().equals(rules(upstream.get("nonResourceRules")))
            && (error.isEmpty()
                ? ours.unresolvedRoles().isEmpty()
                : DecideComparison.isAggregate(
                    "RBAC: " + error, new LinkedHashSet<>(ours.unresolvedRoles())));
    return fits ? null : ours + "\nupstream " + answer;
  }

  private static List<PolicyRule> rules(@Nullable YamlValue list) {
    List<PolicyRule> rules = new ArrayList<>();
    if (list instanceof YamlSequence sequence) {
      for (YamlValue value : sequence.values()) {
        YamlMapping rule = (YamlMapping) value;
        rules.add(
            new PolicyRule(
                texts(rule, "verbs"),
                texts(rule, "apiGroups"),
                texts(rule, "resources"),
                texts(rule, "resourceNames"),
                texts(rule, "nonResourceURLs")));
      }
    }
    return rules;
  }

  private static List<String> texts(YamlMapping rule, String key) {
    List<String> texts = new ArrayList<>();
    if (rule.get(key) instanceof YamlSequence sequence) {
      for (YamlValue value : sequence.values()) {
        texts.add(GoText.replaceStray(((YamlString) value).value()));
      }
    }
    return texts;
  }
}
