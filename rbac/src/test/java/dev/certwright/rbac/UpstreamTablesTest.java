package dev.certwright.rbac;

import static dev.certwright.rbac.Policies.rule;
import static dev.certwright.rbac.Policies.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.identity.Identity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What upstream's own tests of its rule resolver (pkg/registry/rbac/validation) and of its
 * aggregation controller (pkg/controller/clusterroleaggregation) look at, row by row, in names and
 * words of ours.
 */
class UpstreamTablesTest {
  private static final PolicyRule READ_PODS = rule("get,watch", "v1", "pods");
  private static final PolicyRule READ_SERVICES = rule("get,watch", "v1", "services");
  private static final PolicyRule WRITE_NODES = rule("create,update", "v1", "nodes");
  private static final PolicyRule EVERYTHING = rule("*", "*", "*");

  private static final Policy POLICY =
      Policy.of(
          List.of(
              Role.of("one", "reader", List.of(READ_PODS, READ_SERVICES)),
              ClusterRole.of("everything", List.of(EVERYTHING)),
              ClusterRole.of("nobodys", List.of(WRITE_NODES)),
              RoleBinding.of(
                  "one",
                  "readers",
                  RoleRef.role("reader"),
                  Subject.user("joe"),
                  Subject.group("readers")),
              ClusterRoleBinding.of(
                  "owners",
                  RoleRef.clusterRole("everything"),
                  Subject.user("owner"),
                  Subject.group("owner"))));

  @Test
  void rules_of_a_user_are_those_bound_in_the_namespace_and_in_the_cluster_RS_13() {
    assertThat(POLICY.rulesFor(user("joe"), "one").resourceRules())
        .containsExactly(READ_PODS, READ_SERVICES);
    assertThat(POLICY.rulesFor(user("joe"), "two").resourceRules()).isEmpty();
    assertThat(POLICY.rulesFor(user("joe", "owner"), "").resourceRules())
        .containsExactly(EVERYTHING);
    assertThat(POLICY.rulesFor(user(""), "one").resourceRules()).isEmpty();
  }

  /**
   * Subjects are {@code kind:name}, in the order of the binding; the last column is who matches.
   */
  @ParameterizedTest(name = "[{index}] {0} for {1} of {2}: {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          User:joe                              | joe | ``      | User "joe"
          User:jane User:joe                    | joe | ``      | User "joe"
          User:jane User:joe                    | jim | ``      | ``
          User:jane Group:joe                   | jim | joe     | Group "joe"
          User:jane Group:joe ServiceAccount:kube-system/default | system:serviceaccount:kube-system:default | `` | ServiceAccount "default/kube-system"
          User:*                                | joe | ``      | ``
          Group:system:authenticated Group:system:unauthenticated | joe | system:authenticated | Group "system:authenticated"
          Group:system:authenticated Group:system:unauthenticated | system:anonymous | system:unauthenticated | Group "system:unauthenticated"
          """)
  void the_first_subject_that_matches_counts_in_any_namespace_RS_01_RS_02_RS_03(
      String subjects, String name, String groups, String matched) {
    List<Subject> all =
        Arrays.stream(subjects.split(" ")).map(UpstreamTablesTest::subject).toList();
    Identity asker = Identity.of(name, groups.isEmpty() ? List.of() : List.of(groups));
    Policy cluster =
        Policy.of(
            List.of(
                ClusterRole.of("r", List.of(READ_PODS)),
                ClusterRoleBinding.of("b", RoleRef.clusterRole("r"), all.toArray(new Subject[0]))));
    Policy namespace =
        Policy.of(
            List.of(
                ClusterRole.of("r", List.of(READ_PODS)),
                RoleBinding.of(
                    "default", "b", RoleRef.clusterRole("r"), all.toArray(new Subject[0]))));
    Attributes asked = Attributes.ofResource(asker, "get", "v1", "pods").inNamespace("default");
    for (Policy policy : List.of(cluster, namespace)) {
      Decision decision = policy.decide(asked);
      assertThat(decision.isAllowed()).isEqualTo(!matched.isEmpty());
      assertThat(decision.reason()).endsWith(matched.isEmpty() ? "" : " to " + matched);
    }
  }

  private static Subject subject(String text) {
    String[] parts = text.split(":", 2);
    if (parts[0].equals(Subject.SERVICE_ACCOUNT)) {
      String[] names = parts[1].split("/", 2);
      return Subject.serviceAccount(names[0], names[1]);
    }
    return parts[0].equals(Subject.USER) ? Subject.user(parts[1]) : Subject.group(parts[1]);
  }

  /**
   * Roles hammer, chisel and saw have the label {@code tool} with the value given, {@code -} is no
   * such role; the combined role selects by the values given and holds the rules named.
   */
  @ParameterizedTest(name = "[{index}] {0}, {1}, {2}, selecting {3}, holding {4}: {5}")
  @CsvSource({
    // Rules that no selected role has are taken out.
    "a, -, -, a,   saw,    hammer",
    // Selectors that select nothing: the controller applies no rules at all, and what others wrote
    // into the object stays (RS-22).
    "b, -, -, a,   hammer, hammer",
    "a, a, b, a,   '',     chisel hammer",
    "a, a, b, a b, '',     chisel hammer saw",
    "a, -, -, a,   hammer, hammer",
  })
  void a_combined_role_has_the_rules_of_the_selected_ones_in_order_AG_01(
      String hammer, String chisel, String saw, String selected, String held, String expected) {
    List<ClusterRole> roles = new ArrayList<>();
    add(roles, "hammer", hammer);
    add(roles, "chisel", chisel);
    add(roles, "saw", saw);
    assertThat(combined(roles, selected, held)).isEqualTo(rulesOf(expected));
  }

  @Test
  void a_rule_that_two_selected_roles_have_comes_once_AG_01() {
    List<ClusterRole> roles = new ArrayList<>();
    add(roles, "hammer", "a");
    add(roles, "chisel", "a");
    add(roles, "saw", "a");
    roles.add(
        ClusterRole.of("other-saw", List.of(rule("use", "-", "saw")))
            .withLabels(Map.of("tool", "b")));
    assertThat(combined(roles, "a b", "")).isEqualTo(rulesOf("chisel hammer saw"));
  }

  private static void add(List<ClusterRole> roles, String name, String label) {
    if (!label.equals("-")) {
      roles.add(ClusterRole.of(name, rulesOf(name)).withLabels(Map.of("tool", label)));
    }
  }

  private static List<PolicyRule> rulesOf(String names) {
    List<PolicyRule> rules = new ArrayList<>();
    for (String name : names.isEmpty() ? new String[0] : names.split(" ")) {
      rules.add(rule("use", "-", name));
      if (name.equals("hammer")) {
        rules.add(rule("use", "-", "mallet"));
      }
    }
    return rules;
  }

  private static List<PolicyRule> combined(List<ClusterRole> roles, String selected, String held) {
    List<ClusterRole> all = new ArrayList<>(roles);
    all.add(
        ClusterRole.of("combined", rulesOf(held))
            .aggregating(
                Arrays.stream(selected.split(" "))
                    .map(value -> LabelSelector.ofLabel("tool", value))
                    .toList()));
    for (ClusterRole role : Aggregation.of(all).roles()) {
      if (role.name().equals("combined")) {
        return role.rules();
      }
    }
    throw new AssertionError("no combined role");
  }
}
