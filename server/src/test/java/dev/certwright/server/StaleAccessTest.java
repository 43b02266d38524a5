package dev.certwright.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.cluster.ApiServer;
import dev.certwright.kubeconfig.EffectiveContext;
import dev.certwright.kubeconfig.KubeconfigReader;
import dev.certwright.server.policy.ManifestSettings;
import dev.certwright.server.testing.TestAuthority;
import dev.certwright.server.testing.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing is allowed before it is known that it may be, and nothing longer than it may be. */
final class StaleAccessTest {
  private static final String POLICY =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: viewers}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
      subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: jane}]
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: web}
      """;

  @TempDir Path folder;

  private static HttpResponse<InputStream> watch(TestServer.Client client)
      throws IOException, InterruptedException {
    return client
        .http()
        .send(
            HttpRequest.newBuilder(URI.create(client.url() + "/api/v1/pods?watch=1")).build(),
            HttpResponse.BodyHandlers.ofInputStream());
  }

  @Test
  void a_certificate_that_expires_ends_its_watch_and_its_open_connection()
      throws IOException, InterruptedException {
    try (TestServer server = TestServer.start(folder, POLICY)) {
      // It ends twelve seconds from now, and began ten minutes before that.
      TestAuthority.Credential credential =
          server
              .authority()
              .client(
                  "jane",
                  Instant.now().minus(Duration.ofMinutes(10)).plusSeconds(12),
                  Duration.ofMinutes(10));
      TestServer.Client jane = server.client(credential, HttpClient.Version.HTTP_1_1);
      HttpResponse<InputStream> watch = watch(jane);
      assertThat(watch.statusCode()).isEqualTo(200);
      assertThat(jane.get("/api/v1/pods").statusCode()).isEqualTo(200);
      assertThat(new String(watch.body().readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"ADDED\"");
      FrontTest.await(() -> jane.get("/api/v1/pods").statusCode() == 401);
    }
  }

  @Test
  void a_ca_that_is_taken_away_ends_the_watches_of_its_clients()
      throws IOException, InterruptedException {
    try (TestServer server = TestServer.start(folder, POLICY)) {
      HttpResponse<InputStream> watch = watch(server.user("jane"));
      assertThat(watch.statusCode()).isEqualTo(200);
      Files.write(folder.resolve("next.crt"), TestAuthority.create("next").pem());
      Files.move(
          folder.resolve("next.crt"), folder.resolve("ca.crt"), StandardCopyOption.ATOMIC_MOVE);
      assertThat(new String(watch.body().readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"ADDED\"");
    }
  }

  @Test
  void before_the_first_policy_of_a_cluster_nothing_is_allowed_by_any_role() throws IOException {
    int nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = socket.getLocalPort();
    }
    byte[] kubeconfig =
        ("{current-context: x, contexts: [{name: x, context: {cluster: c, user: u}}], clusters:"
                + " [{name: c, cluster: {server: 'http://127.0.0.1:"
                + nobody
                + "'}}], users: [{name: u, user: {}}]}")
            .getBytes(StandardCharsets.UTF_8);
    ApiServer away =
        ApiServer.of(
            EffectiveContext.of(KubeconfigReader.read("test", kubeconfig), null), Map.of());
    try (TestServer server =
        TestServer.start(
            folder,
            "",
            builder ->
                builder
                    .manifests(ManifestSettings.none())
                    .cluster(() -> away)
                    .roles(EnumSet.of(ServerRole.REVIEW, ServerRole.WEBHOOK))
                    .webhookNames(List.of("kube-apiserver")))) {
      assertThat(server.client(null).get("/readyz").statusCode()).isEqualTo(500);
      assertThat(server.client(null).get("/livez").statusCode()).isEqualTo(200);
      String review =
          "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SubjectAccessReview\",\"spec\":{"
              + "\"user\":\"root\",\"groups\":[\"system:masters\"],\"resourceAttributes\":{"
              + "\"verb\":\"get\",\"resource\":\"pods\"}}}";
      HttpResponse<String> asked = server.user("kube-apiserver").post("/authorize", review);
      assertThat(asked.statusCode()).isEqualTo(500);
      assertThat(asked.body()).contains("the RBAC policy is not loaded yet");
      for (String path : List.of("/version", "/metrics", "/apis")) {
        assertThat(server.user("root", "system:masters").get(path).statusCode())
            .as(path)
            .isEqualTo(500);
      }
    }
  }

  @Test
  void whichever_host_is_named_in_tls_and_in_the_request_the_decision_is_the_same()
      throws IOException {
    try (TestServer server = TestServer.start(folder, POLICY)) {
      TestAuthority.Credential eve = server.authority().client("eve");
      for (String inTls : List.of("localhost", "kubernetes.default.svc")) {
        for (String inRequest : List.of("localhost", "other.example.com", "127.0.0.1:1")) {
          try (SSLSocket socket = server.connect(eve)) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setServerNames(List.of(new SNIHostName(inTls)));
            socket.setSSLParameters(parameters);
            socket
                .getOutputStream()
                .write(
                    ("GET /api/v1/pods HTTP/1.1\r\nHost: "
                            + inRequest
                            + "\r\nConnection: close\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .as("%s, %s", inTls, inRequest)
                .startsWith("HTTP/1.1 403");
          }
        }
      }
    }
  }
}
