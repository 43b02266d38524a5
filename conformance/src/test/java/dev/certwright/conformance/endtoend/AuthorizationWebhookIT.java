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
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A kube-apiserver without RBAC of its own, that asks {@code certwright serve --role webhook}. */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthorizationWebhookIT {
  private static final Path EXAMPLES = Places.root().resolve("examples");

  private final Path folder = Places.newFolder("webhook");
  private final ApiServer apiServer;
  private final Program brancz;
  private ServingProcess webhook;

  AuthorizationWebhookIT(ControlPlane controlPlane) {
    Certwright.in(folder).run("ca", "init").expectSuccess();
    webhook = startWebhook(0);
    Certwright.in(folder)
        .run("issue", "kube-apiserver", "--server", webhook.url() + "/authorize")
        .expectSuccess();
    apiServer =
        controlPlane
            .newApiServer()
            .withOwnObjects()
            .withAuthorityIn(folder.resolve("pki"))
            .flag("--authorization-config", configuration())
            .start();
    Certwright.in(folder).run("issue", "brancz", "--server", apiServer.url()).expectSuccess();
    brancz = apiServer.kubectlAs(folder.resolve("clients/brancz/kubeconfig"));
  }

  private ServingProcess startWebhook(int port, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "--role",
                "webhook",
                "--with-defaults",
                "true",
                "-f",
                EXAMPLES.resolve("read-only-user.yaml").toString(),
                "-f",
                EXAMPLES.resolve("read-only-users.yaml").toString(),
                "--webhook-allowed-names",
                "kube-apiserver"));
    words.addAll(List.of(more));
    return ServingProcess.start(folder, port, words.toArray(new String[0]));
  }

  private Path configuration() {
    String text =
        """
        apiVersion: apiserver.config.k8s.io/v1
        kind: AuthorizationConfiguration
        authorizers:
        - type: Webhook
          name: certwright
          webhook:
            timeout: 3s
            authorizedTTL: 1ms
            unauthorizedTTL: 1ms
            subjectAccessReviewVersion: v1
            failurePolicy: NoOpinion
            connectionInfo:
              type: KubeConfigFile
              kubeConfigFile: %s
        """
            .formatted(folder.resolve("clients/kube-apiserver/kubeconfig").toAbsolutePath());
    try {
      return Files.writeString(folder.resolve("authorization.yaml"), text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @AfterAll
  void stop() {
    apiServer.close();
    webhook.close();
  }

  @Test
  void the_api_server_allows_what_the_manifests_allow_and_tells_why() {
    assertThat(brancz.run("get", "namespaces", "-o", "name").expectSuccess())
        .contains("namespace/default\n");
    assertThat(brancz.run("auth", "can-i", "list", "pods").expectSuccess()).isEqualTo("yes\n");
    assertThat(brancz.run("delete", "pod", "web").expect(1).err())
        .startsWith("Error from server (Forbidden): pods \"web\" is forbidden: User \"brancz\"");
    String review =
        "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SubjectAccessReview\",\"spec\":{"
            + "\"user\":\"brancz\",\"resourceAttributes\":{\"verb\":\"get\",\"resource\":\"pods\"}}}";
    Outcome answered =
        apiServer
            .kubectlAs(apiServer.administratorKubeconfig())
            .runWith(review, "create", "-f", "-", "-o", "jsonpath={.status.reason}");
    assertThat(answered.expectSuccess())
        .isEqualTo(
            "RBAC: allowed by ClusterRoleBinding \"read-only-users\" of ClusterRole"
                + " \"read-only-user\" to User \"brancz\"");
  }

  @Test
  void while_the_webhook_is_away_nothing_is_allowed_and_afterwards_it_is_again() {
    assertThat(brancz.run("get", "pods", "-o", "name").exitCode()).isZero();
    int port = webhook.port();
    webhook.close();
    Outcome refused = brancz.run("get", "pods", "-o", "name");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("Error from server");
    webhook = startWebhook(port);
    assertThat(brancz.run("get", "pods", "-o", "name").exitCode()).isZero();
  }

  // One request that the webhook goes on waiting for takes the only place that there is. The API
  // server tries again until its own time is up, and tells its client of an error.
  @Test
  void while_the_webhook_has_too_much_to_do_nothing_is_allowed_and_afterwards_it_is_again() {
    int port = webhook.port();
    webhook.close();
    webhook = startWebhook(port, "--max-mutating-requests-inflight", "1");
    assertThat(brancz.run("get", "pods", "-o", "name").exitCode()).isZero();
    Path authority = folder.resolve("pki/ca.crt");
    try (RawClient held =
        new RawClient(webhook.url(), authority, folder.resolve("clients/kube-apiserver"))) {
      assertThat(
              held.send(
                      "POST",
                      "/authorize",
                      "Content-Type: application/json\r\nContent-Length: 2\r\n"
                          + "Expect: 100-continue\r\n")
                  .status())
          .isEqualTo(100);
      for (String line : List.of("get pods -o name", "delete pod web")) {
        Outcome refused = brancz.run(line.split(" ", -1));
        assertThat(refused.exitCode()).as(line).isEqualTo(1);
        assertThat(refused.err())
            .as(line)
            .startsWith("Error from server (InternalError)")
            .contains("/authorize?timeout=3s");
      }
    }
    assertThat(brancz.run("get", "pods", "-o", "name").exitCode()).isZero();
    assertThat(brancz.run("delete", "pod", "web").exitCode()).isEqualTo(1);
  }
}
