package dev.certwright.rbac;

import static dev.certwright.rbac.Policies.alice;
import static dev.certwright.rbac.Policies.asks;
import static dev.certwright.rbac.Policies.rule;
import static dev.certwright.rbac.Policies.urls;
import static dev.certwright.rbac.Policies.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionTest {
  private static final List<PolicyRule> PODS = List.of(rule("get", "-", "pods"));
  private static final ClusterRole READER = ClusterRole.of("reader", PODS);
  private static final Attributes ASKED = asks("alice", "get", "", "pods");

  private static String reason(Attributes asked, RbacObject... objects) {
    return Policy.of(List.of(objects)).decide(asked).reason();
  }

  @Test
  void reason_names_binding_role_and_first_matching_subject_RE_05_RS_04() {
    assertThat(
            reason(
                ASKED.askedBy(user("alice", "dev")),
                READER,
                ClusterRoleBinding.of(
                    "pod readers",
                    RoleRef.clusterRole("reader"),
                    Subject.user("bob"),
                    Subject.group("dev"),
                    Subject.user("alice"))))
        .isEqualTo(
            "RBAC: allowed by ClusterRoleBinding \"pod readers\" of ClusterRole \"reader\" to Group"
                + " \"dev\"");
  }

  @Test
  void reason_writes_names_in_namespaces_name_first_RE_05_RS_11() {
    Attributes asked = ASKED.askedBy(user("system:serviceaccount:ns:robot")).inNamespace("ns");
    assertThat(
            reason(
                asked,
                Role.of("ns", "r", PODS),
                RoleBinding.of("ns", "b", RoleRef.role("r"), Subject.serviceAccount("", "robot"))))
        .isEqualTo(
            "RBAC: allowed by RoleBinding \"b/ns\" of Role \"r\" to ServiceAccount \"robot/ns\"");
  }

  @Test
  void superusers_are_allowed_before_rbac_without_a_reason_RS_12() {
    Decision decision =
        Policy.EMPTY.decide(ASKED.askedBy(user("anybody", "dev", "system:masters")));
    assertThat(decision.isAllowed()).isTrue();
    assertThat(decision.isBySuperuserGroup()).isTrue();
    assertThat(decision.reason()).isEmpty();
    assertThat(decision.grant()).isNull();
    assertThat(Policy.EMPTY.decide(ASKED.askedBy(user("system:masters"))).isAllowed()).isFalse();
  }

  @Test
  void no_opinion_without_anything_has_no_reason_RE_06() {
    Decision decision = Policy.EMPTY.decide(ASKED);
    assertThat(decision.isAllowed()).isFalse();
    assertThat(decision.reason()).isEmpty();
    assertThat(decision.unresolvedRoles()).isEmpty();
  }

  @Test
  void one_missing_role_is_the_reason_of_no_opinion_RE_04() {
    assertThat(
            reason(
                ASKED,
                ClusterRoleBinding.of("b", RoleRef.clusterRole("go\"ne"), Subject.user("alice"))))
        .isEqualTo("RBAC: clusterrole.rbac.authorization.k8s.io \"go\\\"ne\" not found");
  }

  @Test
  void several_missing_roles_stand_in_brackets_each_once_RS_05() {
    Subject alice = Subject.user("alice");
    assertThat(
            reason(
                ASKED.inNamespace("ns"),
                ClusterRoleBinding.of("a", RoleRef.clusterRole("gone"), alice),
                ClusterRoleBinding.of("b", RoleRef.clusterRole("gone"), alice),
                ClusterRoleBinding.of("c", new RoleRef("", "Thing", "x"), alice),
                RoleBinding.of("ns", "d", RoleRef.role("lost"), alice)))
        .isEqualTo(
            "RBAC: [clusterrole.rbac.authorization.k8s.io \"gone\" not found,"
                + " role.rbac.authorization.k8s.io \"lost\" not found,"
                + " unsupported role reference kind: \"Thing\"]");
  }

  @Test
  void an_allowance_drops_what_was_not_found_RE_05_RS_05() {
    Subject alice = Subject.user("alice");
    assertThat(
            reason(
                ASKED,
                READER,
                ClusterRoleBinding.of("a", RoleRef.clusterRole("gone"), alice),
                ClusterRoleBinding.of("b", RoleRef.clusterRole("reader"), alice)))
        .startsWith("RBAC: allowed by ClusterRoleBinding \"b\"");
  }

  @Test
  void a_binding_for_others_has_no_error_RE_03() {
    assertThat(
            reason(
                ASKED,
                ClusterRoleBinding.of("b", RoleRef.clusterRole("gone"), Subject.user("bob"))))
        .isEmpty();
  }

  @Test
  void a_role_reference_finds_its_own_kind_and_namespace_only_RE_02() {
    Attributes asked = ASKED.inNamespace("ns");
    Subject alice = Subject.user("alice");
    assertThat(
            Policy.of(
                    List.of(
                        Role.of("other", "r", PODS),
                        ClusterRole.of("r", PODS),
                        RoleBinding.of("ns", "b", RoleRef.role("r"), alice)))
                .decide(asked)
                .isAllowed())
        .isFalse();
    assertThat(
            Policy.of(
                    List.of(
                        Role.of("ns", "r", PODS),
                        RoleBinding.of("ns", "b", RoleRef.clusterRole("r"), alice)))
                .decide(asked)
                .isAllowed())
        .isFalse();
    assertThat(
            Policy.of(
                    List.of(
                        ClusterRole.of("r", PODS),
                        RoleBinding.of("ns", "b", new RoleRef("other", "ClusterRole", "r"), alice)))
                .decide(asked)
                .isAllowed())
        .isTrue();
  }

  @Test
  void a_cluster_binding_to_a_role_looks_up_the_informers_key_RS_04() {
    Subject alice = Subject.user("alice");
    Role role = Role.of("ns", "r", PODS);
    assertThat(reason(ASKED, role, ClusterRoleBinding.of("b", RoleRef.role("r"), alice)))
        .isEqualTo("RBAC: role.rbac.authorization.k8s.io \"r\" not found");
    assertThat(reason(ASKED, role, ClusterRoleBinding.of("b", RoleRef.role("ns/r"), alice)))
        .isEqualTo("RBAC: allowed by ClusterRoleBinding \"b\" of Role \"ns/r\" to User \"alice\"");
  }

  @Test
  void grant_tells_rule_role_binding_and_where_they_were_read() {
    Origin origin = new Origin("b.yaml", 12);
    Policy policy =
        Policy.of(
            List.of(
                ClusterRole.of("reader", List.of(rule("get", "-", "nodes"), PODS.get(0))),
                new ClusterRoleBinding(
                    "",
                    "b",
                    RoleRef.clusterRole("reader"),
                    List.of(Subject.group("dev"), Subject.user("alice")),
                    origin)));
    Grant grant = policy.decide(ASKED).grant();
    assertThat(grant).isNotNull();
    assertThat(grant.ruleNumber()).isEqualTo(1);
    assertThat(grant.rule()).isEqualTo(PODS.get(0));
    assertThat(grant.role().name()).isEqualTo("reader");
    assertThat(grant.binding().origin()).isEqualTo(origin);
    assertThat(grant.subject()).isEqualTo(Subject.user("alice"));
  }

  @Test
  void a_crowd_of_roles_tells_what_is_missing_and_finds_what_comes_RE_07() {
    List<RbacObject> objects = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      objects.add(
          ClusterRoleBinding.of("b" + i, RoleRef.clusterRole("r" + i), Subject.user("alice")));
    }
    Policy policy = Policy.of(objects);
    assertThat(policy.decide(ASKED).unresolvedRoles()).hasSize(60);
    Policy found = policy.with(ClusterRole.of("r31", PODS));
    assertThat(found.decide(ASKED).reason()).contains("\"b31\" of ClusterRole \"r31\"");
    Policy other = found.with(ClusterRole.of("r31", List.of(rule("list", "-", "pods"))));
    assertThat(other.decide(ASKED).isAllowed()).isFalse();
    assertThat(other.decide(ASKED).unresolvedRoles()).hasSize(59);
    Policy gone = other.without(ClusterRole.of("r31", List.of()));
    assertThat(gone.decide(ASKED).unresolvedRoles()).hasSize(60);
    assertThat(found.decide(ASKED).isAllowed()).as("the older snapshot").isTrue();
  }

  @Test
  void a_missing_role_is_named_as_the_binding_writes_it_also_after_it_was_there_RS_04() {
    List<RbacObject> objects = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      objects.add(ClusterRoleBinding.of("b" + i, RoleRef.role("ns/r" + i), Subject.user("alice")));
    }
    Role role = Role.of("ns", "r7", List.of());
    Policy policy = Policy.of(objects).with(role).without(role);
    assertThat(policy.decide(ASKED).unresolvedRoles())
        .hasSize(40)
        .contains("role.rbac.authorization.k8s.io \"ns/r7\" not found");
  }

  @Test
  void text_of_a_decision_is_verdict_and_reason() {
    assertThat(Policy.EMPTY.decide(ASKED)).hasToString("noOpinion ");
    assertThat(Policies.alice(PODS.get(0)).decide(ASKED))
        .hasToString(
            "allow RBAC: allowed by ClusterRoleBinding \"b\" of ClusterRole \"r\" to User"
                + " \"alice\"");
  }

  @Test
  void the_message_of_a_refusal_is_upstreams_F04() {
    Attributes pods = asks("jane", "list", "", "pods").inNamespace("ns");
    assertThat(Policy.EMPTY.decide(pods).forbiddenMessage())
        .isEqualTo(
            "pods is forbidden: User \"jane\" cannot list resource \"pods\" in API group \"\" in"
                + " the namespace \"ns\"");
    Attributes scale = asks("jane", "get", "apps", "deployments").named("d").ofSubresource("scale");
    assertThat(Policy.EMPTY.decide(scale).forbiddenMessage())
        .isEqualTo(
            "deployments.apps \"d\" is forbidden: User \"jane\" cannot get resource"
                + " \"deployments/scale\" in API group \"apps\" at the cluster scope");
    Attributes path = Attributes.ofPath(user("<&>"), "get", "/metrics");
    assertThat(Policy.EMPTY.decide(path).forbiddenMessage())
        .isEqualTo("forbidden: User \"&lt;&amp;&gt;\" cannot get path \"/metrics\"");
  }

  @Test
  void grants_are_the_listed_rules_with_what_gives_them() {
    Policy policy = alice(rule("get", "-", "pods"), urls("get", "/metrics"));
    assertThat(policy.grantsOf(user("alice"), "ns"))
        .extracting(Grant::ruleNumber, grant -> grant.role().name(), Grant::subject)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(0, "r", Subject.user("alice")),
            org.assertj.core.groups.Tuple.tuple(1, "r", Subject.user("alice")));
  }
}
