package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.controlplane.Upstream;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code kubectl auth} of the newest and of the oldest version, against a real API server and
 * against {@code certwright serve --role review} with the same policy: the same output, the same
 * warnings and errors, the same exit code.
 */
@Tag("endurance")
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KubectlVersionsIT {
  private static final String POLICY =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: mixed}
      rules:
      - {apiGroups: [""], resources: [pods, pods/log], verbs: [get, list, watch]}
      - {apiGroups: [""], resources: [configmaps], resourceNames: [one, two], verbs: [get, update]}
      - {apiGroups: [apps], resources: [deployments, "*/scale"], verbs: [get, patch]}
      - {apiGroups: [example.com], resources: ["*"], verbs: ["*"]}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: paths}
      rules:
      - {nonResourceURLs: [/metrics, "/logs/*"], verbs: [get]}
      - {apiGroups: [""], resources: [nodes], verbs: [list]}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: devs, namespace: data}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: mixed}
      subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: devs}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: devs}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: paths}
      subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: devs}]
      """;

  private static final List<String> QUESTIONS =
      List.of(
          "auth whoami",
          "auth whoami -o json",
          "auth whoami -o yaml",
          "auth can-i list pods",
          "auth can-i list pods -n data",
          "auth can-i list po -A",
          "auth can-i get pods/log -n data",
          "auth can-i get pods --subresource=log -n data",
          "auth can-i get configmaps/one -n data",
          "auth can-i get configmap three -n data",
          "auth can-i patch deployments.apps --subresource=scale -n data",
          "auth can-i create deployments.v1.apps",
          "auth can-i delete widgets.example.com -n data",
          "auth can-i get widgets",
          "auth can-i list nodes",
          "auth can-i list nodes -n data",
          "auth can-i get /metrics",
          "auth can-i get /logs/kubelet.log",
          "auth can-i post /version",
          "auth can-i fly pods -q",
          "auth can-i * *",
          "auth can-i --list",
          "auth can-i --list -n data",
          "auth can-i --list --no-headers",
          "auth can-i list pods --as ann",
          "auth can-i --list -n data --as ann --as-group devs --as-uid 7",
          "auth whoami --as ann --as-group devs --as-uid 7");

  private final Path folder = Places.newFolder("kubectl-versions");
  private final ApiServer real;
  private final ServingProcess ours;

  KubectlVersionsIT(ControlPlane controlPlane) {
    Certwright.in(folder).run("ca", "init").expectSuccess();
    real =
        controlPlane.newApiServer().withOwnObjects().withAuthorityIn(folder.resolve("pki")).start();
    Path policy = policy();
    real.kubectl("create", "namespace", "data").expectSuccess();
    real.kubectl("apply", "-f", policy.toString()).expectSuccess();
    ours = ServingProcess.start(folder, 0, "--role", "review", "-f", policy.toString());
    issue("jane", "devs");
    issue("bob");
    issue("root", "system:masters", "--allow-system-names", "--allow-system-masters");
  }

  private Path policy() {
    try {
      return Files.writeString(folder.resolve("policy.yaml"), POLICY);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void issue(String... words) {
    List<String> all = new ArrayList<>(List.of("issue"));
    all.addAll(List.of(words));
    all.addAll(List.of("--server", real.url()));
    Certwright.in(folder).run(all.toArray(new String[0])).expectSuccess();
  }

  @AfterAll
  void stop() {
    ours.close();
    real.close();
  }

  static Stream<String> versions() {
    List<String> all = Upstream.versions();
    return Stream.of(all.get(0), all.get(all.size() - 1));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void kubectl_auth_prints_the_same_as_against_a_real_api_server(String version)
      throws IOException {
    Path home = Files.createDirectories(folder.resolve("home-" + version));
    Program kubectl = Program.of(home, Upstream.kubectl(version).toString()).with("HOME", home);
    for (String user : List.of("jane", "bob", "root")) {
      Program asUser =
          kubectl.with("KUBECONFIG", folder.resolve("clients/" + user + "/kubeconfig"));
      for (String question : QUESTIONS) {
        Outcome expected = asUser.run(question.split(" ", -1));
        Outcome actual = asUser.run((question + " --server " + ours.url()).split(" ", -1));
        String what = "kubectl " + version + " " + question + " as " + user;
        assertThat(comparable(actual.out())).as(what).isEqualTo(comparable(expected.out()));
        assertThat(actual.err()).as(what).isEqualTo(expected.err());
        assertThat(actual.exitCode()).as(what).isEqualTo(expected.exitCode());
      }
    }
  }

  // Rules come in the order of a Go map; a review has the time when it was made.
  private static List<String> comparable(String output) {
    return output.lines().filter(line -> !line.contains("creationTimestamp")).sorted().toList();
  }
}
