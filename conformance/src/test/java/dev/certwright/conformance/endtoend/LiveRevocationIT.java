package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A kube-apiserver that asks {@code certwright serve --role webhook} about client certificates
 * before its own authorizers: the ledger is followed live, and the words are ours.
 */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LiveRevocationIT {
  private static final String REVOKED = "this client certificate has been revoked (entry ";
  private static final long SECOND = 1_000_000_000L;

  private final Path folder = Places.newFolder("live");
  private final ControlPlane controlPlane;
  private final ServingProcess webhook;
  private final ApiServer server;

  LiveRevocationIT(ControlPlane controlPlane) throws IOException {
    this.controlPlane = controlPlane;
    Certwright.in(folder).run("ca", "init").expectSuccess();
    Path monitors =
        Files.writeString(
            folder.resolve("monitors.yaml"),
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: monitor}
            rules: [{nonResourceURLs: [/metrics], verbs: [get]}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: monitors}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: monitor}
            subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: monitor}]
            """);
    webhook =
        ServingProcess.start(
            folder,
            0,
            "--role",
            "webhook",
            "-f",
            monitors.toString(),
            "--webhook-allowed-names",
            "kube-apiserver");
    issue("kube-apiserver", "callers", webhook.url() + "/authorize");
    issue("monitor", "callers", webhook.url());
    server =
        controlPlane
            .newApiServer()
            .withOwnObjects()
            .withAuthorityIn(folder.resolve("pki"))
            .flag("--authorization-config", configuration())
            .start();
    server
        .kubectl(
            "create",
            "clusterrolebinding",
            "admins",
            "--clusterrole=cluster-admin",
            "--group=admins")
        .expectSuccess();
    issue("brancz", "first", server.url(), "admins");
    issue("brancz", "second", server.url(), "admins");
    Path home = Files.createDirectories(folder.resolve(".local/state/certwright"));
    Files.writeString(
        home.resolve("outlets.yaml"),
        """
        apiVersion: certwright.dev/v1alpha1
        kind: RevocationOutlets
        servers:
        - name: webhook
          kubeconfig: %s
        """
            .formatted(folder.resolve("callers/monitor/kubeconfig")));
  }

  /** As the README has it. */
  private Path configuration() throws IOException {
    String readme = Files.readString(Places.root().resolve("README.md"));
    int begin =
        readme.indexOf(
            "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\n");
    String example = readme.substring(begin, readme.indexOf("```", begin));
    String path = "/etc/kubernetes/certwright/kube-apiserver.kubeconfig";
    assertThat(example).contains(path, "failurePolicy: Deny");
    return Files.writeString(
        folder.resolve("authorization.yaml"),
        example.replace(path, folder.resolve("callers/kube-apiserver/kubeconfig").toString()));
  }

  @AfterAll
  void stop() {
    server.close();
    webhook.close();
  }

  private void issue(String user, String out, String url, String... groups) {
    List<String> words = new ArrayList<>(List.of("issue", user));
    words.addAll(List.of(groups));
    words.addAll(List.of("--server", url, "--out", folder.resolve(out).toString()));
    Certwright.in(folder).run(words.toArray(String[]::new)).expectSuccess();
  }

  private Outcome certwright(String... words) {
    return Certwright.in(folder)
        .with("PATH", controlPlane.programs() + ":" + System.getenv("PATH"))
        .run(words);
  }

  private Program kubectl(String out) {
    return server.kubectlAs(folder.resolve(out).resolve("brancz/kubeconfig"));
  }

  @Test
  @Order(1)
  void revoked_certificate_is_refused_with_our_reason_within_a_second_and_the_other_works() {
    Program first = kubectl("first");
    first.run("get", "namespaces").expectSuccess();
    kubectl("second").run("get", "namespaces").expectSuccess();

    long start = System.nanoTime();
    Outcome revoked = certwright("revoke", "first/brancz/kubeconfig", "--yes").expect(0);
    long recorded = System.nanoTime();
    String refused = first.run("get", "namespaces").expect(1).err();

    assertThat(refused)
        .startsWith("Error from server (Forbidden): namespaces is forbidden: User \"brancz\"")
        .contains(REVOKED);
    assertThat(revoked.out())
        .contains("webhook (certwright serve): follows the ledger by itself; in force");
    kubectl("second").run("get", "namespaces").expectSuccess();
    System.err.println(
        "webhook: revoke, asked whether it is in force, in "
            + (recorded - start) / 1_000_000
            + " ms; then refused");
  }

  @Test
  @Order(2)
  void revoked_certificate_is_refused_in_every_other_encoding_and_the_other_one_in_none()
      throws IOException {
    for (String out : List.of("first", "second")) {
      List<Path> encodings = Encodings.kubeconfigs(folder.resolve(out + "/brancz"));
      assertThat(encodings).hasSize(6);
      for (Path encoding : encodings) {
        Outcome outcome = server.kubectlAs(encoding).run("get", "namespaces");
        if (out.equals("first")) {
          assertThat(outcome.expect(1).err()).contains(REVOKED);
        } else {
          outcome.expectSuccess();
        }
      }
    }
  }

  @Test
  @Order(2)
  void revoked_certificate_cannot_act_as_somebody_else() {
    assertThat(kubectl("first").run("get", "pods", "--as=jane").expect(1).err()).contains(REVOKED);
    assertThat(kubectl("first").run("get", "--raw", "/version").expect(1).err()).contains(REVOKED);
  }

  @Test
  @Order(3)
  void from_the_entry_in_the_ledger_to_the_refusal_it_takes_less_than_a_second() {
    issue("brancz", "third", server.url(), "admins");
    Program third = kubectl("third");
    third.run("get", "--raw", "/version").expectSuccess();

    long before = System.nanoTime();
    certwright("revoke", "third/brancz/kubeconfig", "--yes", "--outlets=/nonexistent/o.yaml");
    long recorded = System.nanoTime();
    Outcome outcome = third.run("get", "--raw", "/version");
    while (outcome.exitCode() == 0) {
      assertThat(System.nanoTime() - recorded).isLessThan(SECOND);
      outcome = third.run("get", "--raw", "/version");
    }

    assertThat(outcome.err()).contains(REVOKED);
    System.err.println(
        "webhook: command "
            + (recorded - before) / 1_000_000
            + " ms, refused at most "
            + (System.nanoTime() - recorded) / 1_000_000
            + " ms later");
  }

  @Test
  @Order(4)
  void banned_person_is_refused_by_name_and_let_in_again() {
    certwright("revoke", "--user", "brancz", "--yes").expect(0);
    assertThat(kubectl("second").run("get", "namespaces").expect(1).err())
        .contains("the access of this user has been revoked");

    certwright("resume", "--user", "brancz", "--yes").expect(0);
    kubectl("second").run("get", "namespaces").expectSuccess();
  }

  @Test
  @Order(5)
  void suspended_certificate_works_again_after_resume() {
    certwright("suspend", "second/brancz/kubeconfig", "--yes").expect(0);
    assertThat(kubectl("second").run("get", "namespaces").expect(1).err())
        .contains("this client certificate is suspended");

    certwright("resume", "second/brancz/kubeconfig", "--yes").expect(0);
    kubectl("second").run("get", "namespaces").expectSuccess();
    assertThat(certwright("revocations", "status").expect(0).out()).contains("in force");
  }

  /** The webhook is not asked about the control plane by its names, not by {@code system:}. */
  @Test
  @Order(6)
  void user_whose_name_only_looks_like_a_part_of_the_cluster_is_refused_like_any_other()
      throws IOException {
    certwright(
            "issue",
            "system:visitor",
            "admins",
            "--allow-system-names",
            "--server",
            server.url(),
            "--out",
            folder.resolve("odd").toString())
        .expectSuccess();
    Path kubeconfig;
    // The name of its folder is not the user's, which no file system would have everywhere.
    try (Stream<Path> found = Files.walk(folder.resolve("odd"))) {
      kubeconfig = found.filter(path -> path.endsWith("kubeconfig")).findFirst().orElseThrow();
    }
    Program visitor = server.kubectlAs(kubeconfig);
    visitor.run("get", "namespaces").expectSuccess();

    certwright("revoke", kubeconfig.toString(), "--yes").expect(0);

    assertThat(visitor.run("get", "namespaces").expect(1).err()).contains(REVOKED);
  }
}
