package dev.certwright.rbac.generator;

import dev.certwright.rbac.ClusterRole;
import dev.certwright.rbac.LabelSelector;
import dev.certwright.rbac.LabelSelector.Requirement;
import dev.certwright.rbac.Origin;
import dev.certwright.rbac.PolicyRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Random ClusterRoles that are made of each other, chains and cycles among them. */
public final class RandomClusterRoles {
  private static final List<String> NAMES =
      List.of(
          "a", "b", "c", "d", "e", "f", "B", "view", "edit", "admin", "\uFF5E", "\uD83D\uDE00", "");
  private static final List<String> KEYS =
      List.of("x", "y", "rbac.authorization.k8s.io/aggregate-to-edit", "x/y/z", "-", "");
  private static final List<String> VALUES = List.of("true", "false", "", "v", "bad value");
  private static final List<String> OPERATORS =
      List.of("In", "NotIn", "Exists", "DoesNotExist", "in", "");

  private final Random random;
  private final RandomTexts texts;
  private final List<PolicyRule> pool = new ArrayList<>();

  /** Everything that follows depends on the random numbers alone. */
  public RandomClusterRoles(Random random) {
    this.random = random;
    this.texts = new RandomTexts(random);
    RandomPolicies policies = new RandomPolicies(random);
    while (pool.size() < 6) {
      pool.addAll(policies.rules());
    }
  }

  /** Some roles with distinct names. */
  public List<ClusterRole> roles() {
    Map<String, ClusterRole> roles = new LinkedHashMap<>();
    int count = random.nextInt(8);
    for (int i = 0; i < count; i++) {
      String name = texts.one(NAMES);
      boolean aggregates = random.nextBoolean();
      List<PolicyRule> rules = new ArrayList<>();
      for (int j = random.nextInt(aggregates ? 2 : 4); j > 0; j--) {
        rules.add(pool.get(random.nextInt(pool.size())));
      }
      Map<String, String> labels = new LinkedHashMap<>();
      for (int j = random.nextInt(3); j > 0; j--) {
        labels.put(texts.one(KEYS), texts.one(VALUES));
      }
      List<LabelSelector> selectors = new ArrayList<>();
      for (int j = aggregates ? random.nextInt(3) : 0; j > 0; j--) {
        selectors.add(selector());
      }
      roles.put(name, new ClusterRole("", name, labels, rules, aggregates, selectors, Origin.NONE));
    }
    return List.copyOf(roles.values());
  }

  private LabelSelector selector() {
    Map<String, String> labels = new LinkedHashMap<>();
    for (int i = random.nextInt(2); i > 0; i--) {
      labels.put(common(KEYS, 2), common(VALUES, 2));
    }
    List<Requirement> requirements = new ArrayList<>();
    for (int i = random.nextInt(2); i > 0; i--) {
      String operator = common(OPERATORS, 4);
      boolean values =
          random.nextInt(20) == 0
              ? random.nextBoolean()
              : operator.endsWith("In") || operator.equals("in");
      List<String> of = new ArrayList<>();
      for (int j = values ? 1 + random.nextInt(2) : 0; j > 0; j--) {
        of.add(common(VALUES, 2));
      }
      requirements.add(new Requirement(common(KEYS, 2), operator, of));
    }
    return new LabelSelector(labels, requirements);
  }

  // Mostly one of the first texts.
  private String common(List<String> of, int first) {
    return random.nextInt(15) == 0 ? texts.one(of) : of.get(random.nextInt(first));
  }
}
