package dev.certwright.rbac.generator;

import dev.certwright.rbac.Aggregation;
import dev.certwright.rbac.ClusterRole;
import dev.certwright.rbac.GoText;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Random ClusterRoles that are made of each other. */
public final class AggregateComparison implements Comparison {
  private static final int CASES = 50;

  @Override
  public String mode() {
    return "aggregate";
  }

  @Override
  public int round(Random random, Oracle oracle) {
    List<List<ClusterRole>> cases = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      cases.add(new RandomClusterRoles(random).roles());
      lines.add(DecideComparison.policyLine(List.copyOf(cases.get(i))));
    }
    List<String> answers = oracle.ask(lines);
    for (int i = 0; i < CASES; i++) {
      String problem = problem(cases.get(i), answers.get(i));
      if (problem != null) {
        throw new AssertionError(shrunk(cases.get(i), problem, oracle));
      }
    }
    return CASES;
  }

  /** What is wrong with the answers to one case, null if nothing is. */
  static @Nullable String problem(List<ClusterRole> roles, String answer) {
    return Comparison.problem(() -> compared(roles, answer));
  }

  private static @Nullable String compared(List<ClusterRole> roles, String answer) {
    Aggregation aggregation = Aggregation.of(roles);
    if (answer.contains("\"not settled after") || !aggregation.settled()) {
      // Roles that select each other for ever: what comes of it depends on when one looks.
      return answer.contains("\"not settled after") != aggregation.settled()
          ? null
          : "settled " + aggregation.settled() + "\nupstream " + answer;
    }
    List<ClusterRole> sorted = new ArrayList<>();
    for (ClusterRole role : aggregation.roles()) {
      if (role.aggregatesRoles()) {
        sorted.add(role);
      }
    }
    sorted.sort((one, other) -> GoText.ORDER.compare(one.name(), other.name()));
    List<YamlValue> ours = new ArrayList<>();
    for (ClusterRole role : sorted) {
      ours.add(
          YamlMapping.builder()
              .put("name", role.name())
              .put("rules", ObjectJson.rules(role.rules()))
              .build());
    }
    YamlValue expected = Oracle.parse(answer).get("clusterRoles");
    YamlSequence found = YamlSequence.of(ours);
    return withVerbs(found).equals(expected)
        ? null
        : ObjectJson.line(found) + "\nupstream " + answer;
  }

  // The API's "verbs" is never left out of JSON.
  private static YamlValue withVerbs(YamlSequence roles) {
    List<YamlValue> result = new ArrayList<>();
    for (YamlValue role : roles.values()) {
      List<YamlValue> rules = new ArrayList<>();
      YamlMapping mapping = (YamlMapping) role;
      if (mapping.get("rules") instanceof YamlSequence sequence) {
        for (YamlValue rule : sequence.values()) {
          YamlMapping.Builder copy = YamlMapping.builder();
          if (((YamlMapping) rule).get("verbs") == null) {
            copy.put("verbs", YamlNull.of());
          }
          ((YamlMapping) rule).entries().forEach(entry -> copy.put(entry.key(), entry.value()));
          rules.add(copy.build());
        }
      }
      result.add(
          YamlMapping.builder()
              .put("name", DecideComparison.text(mapping, "name"))
              .put("rules", YamlSequence.of(rules))
              .build());
    }
    return YamlSequence.of(result);
  }

  private static String shrunk(List<ClusterRole> roles, String problem, Oracle oracle) {
    List<ClusterRole> small = new ArrayList<>(roles);
    String last = problem;
    for (int i = small.size() - 1; i >= 0; i--) {
      List<ClusterRole> fewer = new ArrayList<>(small);
      fewer.remove(i);
      String line = DecideComparison.policyLine(List.copyOf(fewer));
      String still = problem(fewer, oracle.ask(List.of(line)).get(0));
      if (still != null) {
        small = fewer;
        last = still;
      }
    }
    return last + "\nof " + DecideComparison.policyLine(List.copyOf(small));
  }
}
