package dev.certwright.rbac;

import static dev.certwright.rbac.Policies.rule;
import static dev.certwright.rbac.Policies.urls;
import static dev.certwright.rbac.Policies.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RuleListingTest {
  private static final PolicyRule PODS = rule("get", "-", "pods");
  private static final PolicyRule NODES = rule("get", "-", "nodes");
  private static final PolicyRule PATHS = urls("get", "/healthz");
  private static final PolicyRule BOTH =
      new PolicyRule(List.of("get"), List.of(""), List.of("x"), List.of("n"), List.of("/x"));
  private static final PolicyRule NOTHING = rule("get", "-", "");

  private static final Policy POLICY =
      Policy.of(
          List.of(
              ClusterRole.of("r", List.of(PODS, PATHS, NOTHING)),
              ClusterRole.of("both", List.of(BOTH)),
              Role.of("ns", "local", List.of(NODES)),
              ClusterRoleBinding.of("b", RoleRef.clusterRole("r"), Subject.user("alice")),
              ClusterRoleBinding.of(
                  "a", RoleRef.clusterRole("r"), Subject.group("dev"), Subject.user("alice")),
              ClusterRoleBinding.of("c", RoleRef.clusterRole("both"), Subject.group("dev")),
              RoleBinding.of("ns", "d", RoleRef.role("local"), Subject.group("dev")),
              RoleBinding.of("ns", "e", RoleRef.role("gone"), Subject.group("dev")),
              RoleBinding.of("other", "f", RoleRef.clusterRole("r"), Subject.group("dev"))));

  @Test
  void rules_of_the_cluster_come_first_and_repeat_once_for_each_binding_RS_13_RE_08() {
    RuleListing listing = POLICY.rulesFor(user("alice", "dev", "dev"), "ns");
    PolicyRule resourcePart =
        new PolicyRule(List.of("get"), List.of(""), List.of("x"), List.of("n"), List.of());
    assertThat(listing.resourceRules()).containsExactly(PODS, PODS, resourcePart, NODES);
    assertThat(listing.nonResourceRules()).containsExactly(PATHS, PATHS, urls("get", "/x"));
    assertThat(listing.evaluationError())
        .isEqualTo("role.rbac.authorization.k8s.io \"gone\" not found");
  }

  @Test
  void without_a_namespace_only_rules_of_the_cluster_are_listed() {
    RuleListing listing = POLICY.rulesFor(user("alice", "dev"), "");
    assertThat(listing.resourceRules()).doesNotContain(NODES).hasSize(3);
    assertThat(listing.evaluationError()).isEmpty();
  }

  @Test
  void superusers_have_no_rules_but_those_bound_to_their_group_RS_12() {
    assertThat(POLICY.rulesFor(user("x", "system:masters"), "ns").resourceRules()).isEmpty();
  }
}
