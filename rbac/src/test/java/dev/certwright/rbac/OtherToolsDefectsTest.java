package dev.certwright.rbac;

import static dev.certwright.rbac.Policies.alice;
import static dev.certwright.rbac.Policies.asks;
import static dev.certwright.rbac.Policies.rule;
import static dev.certwright.rbac.Policies.urls;
import static dev.certwright.rbac.Policies.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.NearMiss.Difference;
import dev.certwright.rbac.request.RequestInfoResolver;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wrong answers that tools of this kind are known to have given, each ours to give rightly. */
class OtherToolsDefectsTest {
  private static final Subject ALICE = Subject.user("alice");

  @Test
  void a_question_about_all_namespaces_tells_where_role_bindings_would_allow_it() {
    Policy policy =
        Policy.of(
            List.of(
                ClusterRole.of("r", List.of(rule("get", "-", "pods"))),
                RoleBinding.of("team", "b", RoleRef.clusterRole("r"), ALICE)));
    Decision decision = policy.decide(asks("alice", "get", "", "pods"));
    assertThat(decision.isAllowed()).isFalse();
    assertThat(decision.nearMisses())
        .extracting(miss -> miss.grant().binding().namespace(), NearMiss::difference)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("team", Difference.NAMESPACE));
  }

  @Test
  void non_resource_urls_match_by_prefix_and_by_a_lone_star() {
    Attributes logs = Attributes.ofPath(user("alice"), "get", "/logs/kubelet.log");
    assertThat(alice(urls("get", "/logs/*")).decide(logs).isAllowed()).isTrue();
    assertThat(alice(urls("get", "*")).decide(logs).isAllowed()).isTrue();
  }

  @Test
  void a_star_before_a_subresource_is_honoured() {
    assertThat(
            alice(rule("patch", "apps", "*/scale"))
                .decide(asks("alice", "patch", "apps", "deployments").ofSubresource("scale"))
                .isAllowed())
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"bind", "escalate", "impersonate", "approve", "sign", "use", "attest"})
  void verbs_that_no_discovery_lists_are_verbs(String verb) {
    assertThat(
            alice(rule(verb, "-", "things")).decide(asks("alice", verb, "", "things")).isAllowed())
        .isTrue();
  }

  @Test
  void a_role_binding_to_a_cluster_role_gives_its_rules_in_that_namespace() {
    Policy policy =
        Policy.of(
            List.of(
                ClusterRole.of("view", List.of(rule("get", "-", "pods"))),
                RoleBinding.of("team", "b", RoleRef.clusterRole("view"), ALICE)));
    Attributes asked = asks("alice", "get", "", "pods");
    assertThat(policy.decide(asked.inNamespace("team")).isAllowed()).isTrue();
    assertThat(policy.decide(asked.inNamespace("other")).isAllowed()).isFalse();
  }

  @Test
  void the_same_resource_of_another_group_is_another_resource() {
    Policy policy = alice(rule("get", "apps", "deployments"));
    assertThat(policy.decide(asks("alice", "get", "apps", "deployments")).isAllowed()).isTrue();
    assertThat(policy.decide(asks("alice", "get", "extensions", "deployments")).isAllowed())
        .isFalse();
  }

  @Test
  void a_rule_limited_to_names_says_nothing_about_the_unnamed_question() {
    Policy policy = alice(rule("get,list", "-", "secrets", "token"));
    assertThat(policy.decide(asks("alice", "list", "", "secrets")).isAllowed()).isFalse();
    assertThat(policy.decide(asks("alice", "get", "", "secrets").named("token")).isAllowed())
        .isTrue();
  }

  @Test
  void subresources_and_namespaces_are_part_of_the_question() {
    Policy policy =
        Policy.of(
            List.of(
                Role.of("team", "exec", List.of(rule("create", "-", "pods/exec"))),
                RoleBinding.of("team", "b", RoleRef.role("exec"), ALICE)));
    Attributes asked = asks("alice", "create", "", "pods").ofSubresource("exec");
    assertThat(policy.decide(asked.inNamespace("team")).isAllowed()).isTrue();
    assertThat(policy.decide(asked.ofSubresource("").inNamespace("team")).isAllowed()).isFalse();
    assertThat(policy.decide(asked.inNamespace("other")).isAllowed()).isFalse();
  }

  @Test
  void asking_never_rewrites_a_rule_that_others_share() {
    PolicyRule rule = rule("get", "-", "pods");
    Policy policy = alice(rule);
    RuleListing listing = policy.rulesFor(user("alice"), "ns");
    policy.decide(asks("alice", "get", "core", "pods"));
    assertThat(listing.resourceRules()).containsExactly(rule);
    assertThat(policy.rulesFor(user("alice"), "ns").resourceRules().get(0).apiGroups())
        .containsExactly("");
  }

  @Test
  void a_group_of_another_kind_before_the_right_one_stops_nothing() {
    Policy policy =
        Policy.of(
            List.of(
                ClusterRole.of("r", List.of(rule("get", "-", "pods"))),
                ClusterRoleBinding.of(
                    "b",
                    RoleRef.clusterRole("r"),
                    Subject.group("ops"),
                    Subject.serviceAccount("ns", "alice"),
                    Subject.group("dev"))));
    Attributes asked = Attributes.ofResource(user("alice", "dev"), "get", "", "pods");
    assertThat(policy.decide(asked).isAllowed()).isTrue();
  }

  @Test
  void a_user_named_like_a_service_account_is_that_service_account() {
    Policy policy =
        Policy.of(
            List.of(
                ClusterRole.of("r", List.of(rule("get", "-", "pods"))),
                ClusterRoleBinding.of(
                    "b", RoleRef.clusterRole("r"), Subject.user("system:serviceaccount:ns:robot")),
                ClusterRole.of("s", List.of(rule("get", "-", "nodes"))),
                ClusterRoleBinding.of(
                    "c", RoleRef.clusterRole("s"), Subject.serviceAccount("ns", "robot"))));
    Identity robot = user("system:serviceaccount:ns:robot");
    assertThat(policy.decide(Attributes.ofResource(robot, "get", "", "pods")).isAllowed()).isTrue();
    assertThat(policy.decide(Attributes.ofResource(robot, "get", "", "nodes")).isAllowed())
        .isTrue();
  }

  @Test
  void a_binding_means_the_role_of_its_kind_and_namespace_only() {
    Policy policy =
        Policy.of(
            List.of(
                ClusterRole.of("reader", List.of(rule("*", "*", "*"))),
                Role.of("other", "reader", List.of(rule("*", "*", "*"))),
                Role.of("team", "reader", List.of(rule("get", "-", "pods"))),
                RoleBinding.of("team", "b", RoleRef.role("reader"), ALICE)));
    Attributes asked = asks("alice", "delete", "", "secrets");
    assertThat(policy.decide(asked.inNamespace("team")).isAllowed()).isFalse();
    assertThat(policy.decide(asked.inNamespace("other")).isAllowed()).isFalse();
    assertThat(policy.decide(asks("alice", "get", "", "pods").inNamespace("team")).isAllowed())
        .isTrue();
  }

  @Test
  void everything_in_one_group_is_not_everything() {
    Policy policy = alice(rule("*", "example.com", "*"));
    assertThat(policy.decide(asks("alice", "delete", "example.com", "things")).isAllowed())
        .isTrue();
    assertThat(policy.decide(asks("alice", "get", "", "secrets")).isAllowed()).isFalse();
    assertThat(policy.decide(asks("alice", "*", "*", "*")).isAllowed()).isFalse();
  }

  @Test
  void a_role_that_could_not_be_found_is_said_and_not_taken_for_empty() {
    Policy policy =
        Policy.of(List.of(ClusterRoleBinding.of("b", RoleRef.clusterRole("unread"), ALICE)));
    assertThat(policy.decide(asks("alice", "get", "", "pods")).unresolvedRoles())
        .containsExactly("clusterrole.rbac.authorization.k8s.io \"unread\" not found");
    assertThat(policy.rulesFor(user("alice"), "ns").evaluationError()).isNotEmpty();
  }

  @Test
  void groups_that_the_api_server_adds_count_like_any_other() {
    Policy policy =
        Policy.of(
            List.of(
                ClusterRole.of("r", List.of(rule("get", "-", "pods"))),
                ClusterRoleBinding.of(
                    "b", RoleRef.clusterRole("r"), Subject.group("system:authenticated")),
                RoleBinding.of(
                    "ns",
                    "c",
                    RoleRef.clusterRole("r"),
                    Subject.group("system:serviceaccounts:other"))));
    Attributes asked = asks("alice", "get", "", "pods");
    assertThat(policy.decide(asked).isAllowed()).isFalse();
    assertThat(policy.decide(asked.askedBy(user("alice").withAuthenticatedGroup())).isAllowed())
        .isTrue();
    Identity robot = user("system:serviceaccount:other:x", "system:serviceaccounts:other");
    assertThat(policy.decide(asked.askedBy(robot).inNamespace("ns")).isAllowed()).isTrue();
  }

  @Test
  void a_binding_made_anew_with_another_role_decides_by_the_new_one() {
    Policy before =
        Policy.of(
            List.of(
                ClusterRole.of("view", List.of(rule("get", "-", "pods"))),
                ClusterRole.of("admin", List.of(rule("*", "*", "*"))),
                ClusterRoleBinding.of("b", RoleRef.clusterRole("view"), ALICE)));
    Policy after = before.with(ClusterRoleBinding.of("b", RoleRef.clusterRole("admin"), ALICE));
    Attributes asked = asks("alice", "delete", "", "secrets");
    assertThat(before.decide(asked).isAllowed()).isFalse();
    assertThat(after.decide(asked).isAllowed()).isTrue();
    assertThat(after.bindingCount()).isEqualTo(1);
  }

  @Test
  void a_patch_of_deployments_scale_is_about_the_subresource() {
    Attributes asked =
        RequestInfoResolver.resolve("PATCH", "/apis/apps/v1/namespaces/n/deployments/d/scale")
            .askedBy(user("alice"));
    assertThat(alice(rule("patch", "apps", "deployments/scale")).decide(asked).isAllowed())
        .isTrue();
    assertThat(alice(rule("patch", "apps", "scale")).decide(asked).isAllowed()).isFalse();
  }
}
