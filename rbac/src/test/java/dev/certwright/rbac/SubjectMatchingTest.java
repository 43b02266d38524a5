package dev.certwright.rbac;

import static dev.certwright.rbac.Policies.rule;
import static dev.certwright.rbac.Policies.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.identity.Identity;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubjectMatchingTest {
  private static final ClusterRole READER =
      ClusterRole.of("reader", List.of(rule("get", "-", "pods")));

  private static boolean clusterWide(Identity asker, Subject... subjects) {
    Policy policy =
        Policy.of(
            List.of(READER, ClusterRoleBinding.of("b", RoleRef.clusterRole("reader"), subjects)));
    return policy.decide(Attributes.ofResource(asker, "get", "", "pods")).isAllowed();
  }

  private static boolean inNamespace(Identity asker, Subject... subjects) {
    Policy policy =
        Policy.of(
            List.of(READER, RoleBinding.of("ns", "b", RoleRef.clusterRole("reader"), subjects)));
    return policy
        .decide(Attributes.ofResource(asker, "get", "", "pods").inNamespace("ns"))
        .isAllowed();
  }

  @Test
  void users_and_groups_match_by_exact_name_RS_01() {
    assertThat(clusterWide(user("alice"), Subject.user("alice"))).isTrue();
    assertThat(clusterWide(user("Alice"), Subject.user("alice"))).isFalse();
    assertThat(clusterWide(user("bob", "x", "dev"), Subject.group("dev"))).isTrue();
    assertThat(clusterWide(user("dev"), Subject.group("dev"))).isFalse();
    assertThat(clusterWide(user("bob", "alice"), Subject.user("alice"))).isFalse();
    assertThat(clusterWide(user(""), Subject.user(""))).isTrue();
  }

  @Test
  void a_star_is_no_wildcard_for_subjects_RS_03() {
    assertThat(clusterWide(user("alice", "dev"), Subject.user("*"), Subject.group("*"))).isFalse();
    assertThat(clusterWide(user("*"), Subject.user("*"))).isTrue();
    assertThat(clusterWide(user("x", "*"), Subject.group("*"))).isTrue();
  }

  @Test
  void the_api_group_of_a_subject_is_not_looked_at_and_the_kind_is_case_sensitive_RS_01() {
    assertThat(clusterWide(user("alice"), new Subject("User", "other", "alice", "x"))).isTrue();
    assertThat(clusterWide(user("alice"), new Subject("user", "", "alice", ""))).isFalse();
    assertThat(clusterWide(user("alice"), new Subject("", "", "alice", ""))).isFalse();
  }

  @Test
  void a_service_account_is_matched_as_text_RS_02() {
    Identity asker = user("system:serviceaccount:a:x:y");
    assertThat(clusterWide(asker, Subject.serviceAccount("a", "x:y"))).isTrue();
    assertThat(clusterWide(asker, Subject.serviceAccount("a:x", "y"))).isTrue();
    assertThat(clusterWide(asker, Subject.user("system:serviceaccount:a:x:y"))).isTrue();
    assertThat(clusterWide(asker, Subject.serviceAccount("a", "x"))).isFalse();
    assertThat(clusterWide(user("a:x"), Subject.serviceAccount("a", "x"))).isFalse();
  }

  @Test
  void a_service_account_without_namespace_is_in_the_bindings_one_RS_03() {
    Identity asker = user("system:serviceaccount:ns:x");
    assertThat(inNamespace(asker, Subject.serviceAccount("", "x"))).isTrue();
    assertThat(clusterWide(asker, Subject.serviceAccount("", "x"))).isFalse();
    assertThat(clusterWide(user("system:serviceaccount::x"), Subject.serviceAccount("", "x")))
        .isFalse();
    assertThat(inNamespace(asker, Subject.serviceAccount("other", "x"))).isFalse();
  }

  @Test
  void a_subject_that_matches_nobody_does_not_hide_those_behind_it() {
    assertThat(
            clusterWide(
                user("alice", "dev"),
                new Subject("Robot", "", "alice", ""),
                Subject.serviceAccount("", "alice"),
                Subject.group("ops"),
                Subject.group("dev")))
        .isTrue();
  }

  @Test
  void role_bindings_count_only_in_their_namespace_RE_01_RS_10() {
    Policy policy =
        Policy.of(
            List.of(
                ClusterRole.of("all", List.of(rule("*", "*", "*"), Policies.urls("*", "*"))),
                RoleBinding.of("ns", "b", RoleRef.clusterRole("all"), Subject.user("alice"))));
    Attributes nodes = Attributes.ofResource(user("alice"), "get", "", "nodes");
    assertThat(policy.decide(nodes.inNamespace("ns")).isAllowed()).isTrue();
    assertThat(policy.decide(nodes.inNamespace("other")).isAllowed()).isFalse();
    assertThat(policy.decide(nodes).isAllowed()).isFalse();
    Attributes path = Attributes.ofPath(user("alice"), "get", "/metrics");
    assertThat(policy.decide(path).isAllowed()).isFalse();
    assertThat(policy.decide(path.inNamespace("ns")).isAllowed()).isTrue();
  }

  @Test
  void a_role_binding_without_a_namespace_holds_nowhere_RE_01() {
    Policy policy =
        Policy.of(
            List.of(
                READER,
                RoleBinding.of("", "b", RoleRef.clusterRole("reader"), Subject.user("alice")),
                RoleBinding.of("", "c", RoleRef.clusterRole("reader"), Subject.group("dev"))));
    Attributes asked = Attributes.ofResource(user("alice", "dev"), "get", "", "pods");
    assertThat(policy.decide(asked).isAllowed()).isFalse();
    assertThat(policy.decide(asked.inNamespace("ns")).isAllowed()).isFalse();
  }
}
