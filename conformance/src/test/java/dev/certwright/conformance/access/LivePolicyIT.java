package dev.certwright.conformance.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code can-i} by the policy of a live cluster, as people with more and with fewer rights. */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LivePolicyIT {
  private static final String OBJECTS =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: readers-of-policy}
      rules: [{apiGroups: [rbac.authorization.k8s.io], resources: ['*'], verbs: [list]}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: readers-of-cluster-policy}
      rules:
      - apiGroups: [rbac.authorization.k8s.io]
        resources: [clusterroles, clusterrolebindings]
        verbs: [list]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: auditors}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: readers-of-policy}
      subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: auditors}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: locals}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: readers-of-cluster-policy}
      subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: locals}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: locals, namespace: default}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: readers-of-policy}
      subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: locals}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: devs, namespace: default}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: edit}
      subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: devs}]
      """;

  private final ApiServer server;
  private final Path folder = Places.newFolder("access");

  LivePolicyIT(ControlPlane controlPlane) throws IOException {
    server = controlPlane.newApiServer().withOwnObjects().start();
    Path objects = Files.writeString(folder.resolve("objects.yaml"), OBJECTS);
    server.kubectl("apply", "-f", objects.toString()).expectSuccess();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private Outcome canI(List<String> groups, String question) {
    Path kubeconfig =
        server.pki().issue("ann", groups, Duration.ofHours(1), Instant.now(), server.url());
    return Certwright.in(folder)
        .with("KUBECONFIG", kubeconfig)
        .run(("can-i " + question).split(" ", -1));
  }

  @Test
  void whoever_may_list_roles_and_bindings_is_answered_about_anybody() {
    Outcome yes = canI(List.of("auditors"), "list nodes --as joe --as-group system:masters -q");
    assertThat(yes.expect(0).out()).isEmpty();
    Outcome bound = canI(List.of("auditors"), "get clusterroles --explain");
    assertThat(bound.expect(1).out()).contains("known", "by the API server, which was asked");
    assertThat(canI(List.of("auditors"), "list clusterroles --explain").expect(0).out())
        .contains(
            "ClusterRoleBinding \"auditors\" to Group \"auditors\" (clusterrolebindings of "
                + server.url());
  }

  @Test
  void rights_in_one_namespace_are_enough_for_questions_about_it() {
    assertThat(canI(List.of("locals"), "list roles -n default").expect(0).err()).isEmpty();
    assertThat(canI(List.of("locals"), "delete pods -n default").expect(1).out())
        .startsWith("no\n");
    assertThat(canI(List.of("locals"), "list pods -n kube-system").expect(3).out())
        .startsWith("unknown\n")
        .contains("roles in kube-system: 403 roles.rbac.authorization.k8s.io is forbidden");
    assertThat(canI(List.of("locals"), "delete nodes").expect(1).out()).startsWith("no\n");
  }

  @Test
  void what_may_not_be_read_is_never_taken_for_absent() {
    Outcome unknown = canI(List.of("devs"), "create pods -n default");
    assertThat(unknown.expect(3).out())
        .startsWith("unknown\n")
        .contains("clusterroles: 403 clusterroles.rbac.authorization.k8s.io is forbidden");
    assertThat(canI(List.of("devs"), "--list -n default").expect(3).err())
        .contains("the list may be incomplete: clusterroles: 403");
    assertThat(canI(List.of("devs"), "--list -n default -o json").expect(3).out())
        .contains("\"incomplete\": true");
    assertThat(canI(List.of("devs"), "--json-lines").expect(3).err())
        .contains("could not be read whole");
  }
}
