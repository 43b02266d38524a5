package dev.certwright.rbac;

import static dev.certwright.rbac.Policies.alice;
import static dev.certwright.rbac.Policies.asks;
import static dev.certwright.rbac.Policies.rule;
import static dev.certwright.rbac.Policies.urls;
import static dev.certwright.rbac.Policies.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.rbac.NearMiss.Difference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NearMissTest {
  private static List<Difference> differences(Policy policy, Attributes asked) {
    return policy.decide(asked).nearMisses().stream().map(NearMiss::difference).toList();
  }

  @Test
  void rules_that_differ_in_one_thing_are_told_with_it_nearest_first() {
    Policy policy =
        alice(
            rule("get", "apps", "pods"),
            rule("get", "-", "nodes"),
            rule("list", "-", "pods"),
            rule("get", "-", "pods", "other"),
            rule("list", "apps", "pods"));
    assertThat(differences(policy, asks("alice", "get", "", "pods").named("p")))
        .containsExactly(
            Difference.RESOURCE_NAME, Difference.VERB, Difference.RESOURCE, Difference.API_GROUP);
  }

  @Test
  void paths_are_told_apart_from_verbs() {
    Policy policy = alice(urls("get", "/healthz"), urls("post", "/metrics"), rule("get", "-", "x"));
    assertThat(differences(policy, Attributes.ofPath(user("alice"), "get", "/metrics")))
        .containsExactly(Difference.VERB, Difference.PATH);
  }

  @Test
  void a_role_binding_gives_no_paths_which_is_told() {
    Policy policy =
        Policy.of(
            List.of(
                ClusterRole.of("r", List.of(urls("get", "/metrics"))),
                RoleBinding.of("ns", "b", RoleRef.clusterRole("r"), Subject.user("alice"))));
    assertThat(differences(policy, Attributes.ofPath(user("alice"), "get", "/metrics")))
        .containsExactly(Difference.NAMESPACE);
  }

  @Test
  void what_is_allowed_missed_nothing() {
    Policy policy = alice(rule("get", "-", "pods"), rule("list", "-", "pods"));
    assertThat(policy.decide(asks("alice", "get", "", "pods")).nearMisses()).isEmpty();
  }

  @Test
  void answers_are_bounded_however_many_rules_there_are() {
    List<PolicyRule> rules = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      rules.add(rule("get", "-", "pods", "name-" + i));
    }
    assertThat(
            alice(rules.toArray(new PolicyRule[0]))
                .decide(asks("alice", "get", "", "pods"))
                .nearMisses())
        .hasSize(20);
  }
}
