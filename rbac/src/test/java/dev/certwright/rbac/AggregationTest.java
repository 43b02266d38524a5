package dev.certwright.rbac;

import static dev.certwright.rbac.Policies.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.rbac.LabelSelector.Requirement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AggregationTest {
  private static final PolicyRule PODS = rule("get", "-", "pods");
  private static final PolicyRule NODES = rule("get", "-", "nodes");
  private static final PolicyRule JOBS = rule("get", "batch", "jobs");

  private static ClusterRole labelled(String name, String key, PolicyRule... rules) {
    return ClusterRole.of(name, List.of(rules)).withLabels(Map.of(key, "true"));
  }

  private static ClusterRole aggregating(String name, String... keys) {
    return ClusterRole.of(name, List.of())
        .aggregating(
            List.of(keys).stream().map(key -> LabelSelector.ofLabel(key, "true")).toList());
  }

  private static List<PolicyRule> filled(String name, ClusterRole... roles) {
    for (ClusterRole role : Aggregation.of(List.of(roles)).roles()) {
      if (role.name().equals(name)) {
        return role.rules();
      }
    }
    throw new AssertionError("no role " + name);
  }

  @Test
  void rules_come_selector_by_selector_then_by_name_each_once_AG_01() {
    assertThat(
            filled(
                "all",
                labelled("b", "x", NODES, PODS),
                labelled("a", "x", PODS),
                labelled("c", "y", JOBS, PODS),
                aggregating("all", "y", "x")))
        .containsExactly(JOBS, PODS, NODES);
  }

  @Test
  void what_is_selected_replaces_what_was_written_RS_22() {
    ClusterRole stale = aggregating("all", "x").withRules(List.of(JOBS));
    Aggregation aggregation = Aggregation.of(List.of(stale, labelled("a", "x", PODS)));
    assertThat(aggregation.roles().get(0).rules()).containsExactly(PODS);
    assertThat(aggregation.changes()).hasSize(1);
    assertThat(aggregation.changes().get(0).written()).isEqualTo(stale);
    assertThat(aggregation.changes().get(0).filled().rules()).containsExactly(PODS);
  }

  @Test
  void an_empty_selection_leaves_what_was_written_RS_22() {
    assertThat(filled("all", aggregating("all", "x").withRules(List.of(JOBS))))
        .containsExactly(JOBS);
  }

  @Test
  void a_role_never_selects_itself_RS_22() {
    ClusterRole self =
        aggregating("all", "x").withLabels(Map.of("x", "true")).withRules(List.of(JOBS));
    assertThat(filled("all", self, labelled("a", "x", PODS))).containsExactly(PODS);
  }

  @Test
  void chains_are_followed_to_their_end_AG_02() {
    ClusterRole admin = aggregating("admin", "to-admin");
    ClusterRole edit = aggregating("edit", "to-edit").withLabels(Map.of("to-admin", "true"));
    ClusterRole view = aggregating("view", "to-view").withLabels(Map.of("to-edit", "true"));
    Aggregation aggregation =
        Aggregation.of(List.of(admin, edit, view, labelled("base", "to-view", PODS)));
    assertThat(aggregation.roles().get(0).rules()).containsExactly(PODS);
    assertThat(aggregation.settled()).isTrue();
    assertThat(aggregation.changes()).as("nothing was written").isEmpty();
  }

  @Test
  void a_selector_that_cannot_be_used_leaves_the_role_as_it_is() {
    ClusterRole role =
        ClusterRole.of("all", List.of(JOBS))
            .aggregating(
                List.of(
                    LabelSelector.ofLabel("x", "true"),
                    new LabelSelector(Map.of(), List.of(new Requirement("x", "Near", List.of())))));
    assertThat(filled("all", role, labelled("a", "x", PODS))).containsExactly(JOBS);
  }

  @Test
  void selectors_know_sets_and_presence_and_an_empty_one_selects_all() {
    Map<String, String> labels = Map.of("a", "1");
    assertThat(new LabelSelector(Map.of(), List.of()).matches(labels)).isTrue();
    assertThat(expression("a", "In", "1", "2").matches(labels)).isTrue();
    assertThat(expression("a", "In", "2").matches(labels)).isFalse();
    assertThat(expression("b", "In", "1").matches(labels)).isFalse();
    assertThat(expression("a", "NotIn", "1").matches(labels)).isFalse();
    assertThat(expression("b", "NotIn", "1").matches(labels)).isTrue();
    assertThat(expression("a", "Exists").matches(labels)).isTrue();
    assertThat(expression("b", "Exists").matches(labels)).isFalse();
    assertThat(expression("a", "DoesNotExist").matches(labels)).isFalse();
    assertThat(expression("b", "DoesNotExist").matches(labels)).isTrue();
    assertThat(expression("a", "In").isUsable()).isFalse();
    assertThat(expression("a", "Exists", "x").isUsable()).isFalse();
    assertThat(expression("-", "Exists").isUsable()).isFalse();
    assertThat(expression("a", "In", "-x").isUsable()).isFalse();
    assertThat(LabelSelector.ofLabel("a", "b c").isUsable()).isFalse();
  }

  private static LabelSelector expression(String key, String operator, String... values) {
    return new LabelSelector(Map.of(), List.of(new Requirement(key, operator, List.of(values))));
  }
}
