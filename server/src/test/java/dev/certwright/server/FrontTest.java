package dev.certwright.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.server.testing.TestAuthority;
import dev.certwright.server.testing.TestServer;
import dev.certwright.server.tls.TlsSettings;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Statuses and bodies of the front, against those that kube-apiserver 1.37.2 gave (F-02 to F-05).
 */
final class FrontTest {
  private static final String NOBODY = "";
  private static final String JANE_MAY_GET_NOTHING =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: nothing}
      rules: [{nonResourceURLs: [/nothing], verbs: [get]}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: nothing}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: nothing}
      subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: jane}]
      """;

  @TempDir Path folder;

  private static String compact(String body) {
    return body.stripTrailing();
  }

  @ParameterizedTest
  @EnumSource(HttpClient.Version.class)
  void a_certificate_of_another_ca_completes_the_handshake_and_is_401(HttpClient.Version version) {
    try (TestServer server = TestServer.start(folder, NOBODY)) {
      HttpResponse<String> answer =
          server.client(TestAuthority.create("other").client("jane"), version).get("/api/v1/pods");
      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.version()).isEqualTo(version);
      assertThat(answer.headers().firstValue("content-type")).contains("application/json");
      assertThat(compact(answer.body()))
          .isEqualTo(
              "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                  + "\"message\":\"Unauthorized\",\"reason\":\"Unauthorized\",\"code\":401}");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void an_expired_certificate_is_401_with_either_tls(boolean nativeLibrary) {
    try (TestServer server =
        TestServer.start(
            folder,
            NOBODY,
            builder -> {
              TlsSettings tls = builder.build().tls();
              return builder.tls(
                  new TlsSettings(
                      tls.serving(),
                      tls.sni(),
                      tls.minimumVersion(),
                      tls.cipherSuites(),
                      nativeLibrary));
            })) {
      TestAuthority.Credential expired =
          server
              .authority()
              .client("jane", Instant.now().minus(Duration.ofHours(3)), Duration.ofHours(1));
      assertThat(server.client(expired).get("/api/v1/pods").statusCode()).isEqualTo(401);
      assertThat(server.user("jane").get("/version").statusCode()).isEqualTo(200);
      assertThat(server.server().hasNativeTls()).isEqualTo(nativeLibrary);
    }
  }

  @Test
  void without_a_certificate_the_client_is_anonymous_and_forbidden_with_upstreams_message() {
    try (TestServer server = TestServer.start(folder, NOBODY)) {
      HttpResponse<String> answer = server.client(null).get("/api/v1/pods");
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.headers().firstValue("x-content-type-options")).contains("nosniff");
      assertThat(compact(answer.body()))
          .isEqualTo(
              "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                  + "\"message\":\"pods is forbidden: User \\\"system:anonymous\\\" cannot list"
                  + " resource \\\"pods\\\" in API group \\\"\\\" at the cluster scope\","
                  + "\"reason\":\"Forbidden\",\"details\":{\"kind\":\"pods\"},\"code\":403}");
    }
  }

  @Test
  void without_anonymous_access_a_client_without_certificate_is_401() {
    try (TestServer server =
        TestServer.start(folder, NOBODY, builder -> builder.anonymous(false))) {
      assertThat(server.client(null).get("/healthz").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void health_and_version_are_told_and_other_paths_need_a_rule() {
    try (TestServer server = TestServer.start(folder, JANE_MAY_GET_NOTHING)) {
      TestServer.Client jane = server.user("jane");
      for (String path : new String[] {"/healthz", "/livez", "/readyz", "/readyz/policy"}) {
        HttpResponse<String> answer = jane.get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(path.contains("policy") ? 403 : 200);
      }
      assertThat(server.client(null).get("/readyz?verbose").body())
          .isEqualTo("[+]ping ok\n[+]policy ok\n[+]ledger ok\nreadyz check passed\n");
      assertThat(jane.get("/version").body())
          .contains("\"gitVersion\":\"v1.37.2+certwright-test\"");
      assertThat(jane.get("/nothing").body()).isEqualTo("404 page not found\n");
      assertThat(jane.get("/other").statusCode()).isEqualTo(403);
      assertThat(compact(jane.get("/other").body()))
          .contains("\"message\":\"forbidden: User \\\"jane\\\" cannot get path \\\"/other\\\"\"")
          .contains("\"details\":{}");
    }
  }

  @Test
  void what_cannot_be_resolved_is_500_in_upstreams_words() {
    try (TestServer server = TestServer.start(folder, NOBODY)) {
      HttpResponse<String> answer = server.user("jane").get("/api/v1/watch");
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body())
          .isEqualTo(
              "Internal Server Error: \"/api/v1/watch\": failed to create RequestInfo: unable to"
                  + " determine kind and namespace from url, /api/v1/watch\n");
    }
  }

  @Test
  void a_method_that_is_not_served_is_405() {
    try (TestServer server = TestServer.start(folder, NOBODY)) {
      HttpResponse<String> answer =
          server.user("root", "system:masters").send("POST", "/version", "x");
      assertThat(answer.statusCode()).isEqualTo(405);
      assertThat(compact(answer.body()))
          .isEqualTo(
              "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
                  + "\"message\":\"the server does not allow this method on the requested"
                  + " resource\",\"reason\":\"MethodNotAllowed\",\"details\":{},\"code\":405}");
    }
  }

  @Test
  void bodies_are_yaml_or_protobuf_for_who_wants_it() {
    try (TestServer server = TestServer.start(folder, NOBODY)) {
      // Over HTTP/2 a stranger's connection takes one request alone (rule U-09).
      TestServer.Client stranger = server.client(null, HttpClient.Version.HTTP_1_1);
      assertThat(stranger.get("/api/v1/pods", "Accept", "application/yaml").body())
          .startsWith("apiVersion: v1\ncode: 403\n");
      HttpResponse<String> protobuf =
          stranger.get("/api/v1/pods", "Accept", "application/vnd.kubernetes.protobuf");
      assertThat(protobuf.headers().firstValue("content-type"))
          .contains("application/vnd.kubernetes.protobuf");
      assertThat(protobuf.body()).startsWith("k8s\0");
    }
  }

  @Test
  void an_audit_id_is_given_back() {
    try (TestServer server = TestServer.start(folder, NOBODY)) {
      assertThat(
              server
                  .client(null)
                  .get("/healthz", "Audit-ID", "mine")
                  .headers()
                  .firstValue("audit-id"))
          .contains("mine");
    }
  }

  @Test
  void a_changed_manifest_is_in_force_without_a_restart_and_a_broken_one_changes_nothing()
      throws IOException {
    try (TestServer server = TestServer.start(folder, NOBODY)) {
      TestServer.Client jane = server.user("jane");
      assertThat(jane.get("/nothing").statusCode()).isEqualTo(403);
      server.manifest(JANE_MAY_GET_NOTHING);
      await(() -> jane.get("/nothing").statusCode() == 404);
      server.manifest("kind: [");
      assertThat(server.server().manifests().refresh()).isFalse();
      assertThat(jane.get("/nothing").statusCode()).isEqualTo(404);
      server.manifest(NOBODY);
      await(() -> jane.get("/nothing").statusCode() == 403);
    }
  }

  /** Waits until it is so; the test's own time limit ends it otherwise. */
  static void await(java.util.function.BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - end).as("waited for too long").isNegative();
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
  }

  @Test
  void more_requests_at_once_than_allowed_are_429_and_told_when_to_come_again() throws IOException {
    String who = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
    try (TestServer server =
        TestServer.start(folder, "", builder -> builder.requestsInFlight(1, 1))) {
      TestServer.Client jane = server.user("jane");
      try (SSLSocket slow = server.connect(server.authority().client("ann"))) {
        slow.getOutputStream()
            .write(
                ("POST "
                        + who
                        + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nExpect: 100-continue\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n")
                    .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        slow.getOutputStream().flush();
        // It has its place when it may go on.
        String goOn = "HTTP/1.1 100 Continue\r\n\r\n";
        assertThat(new String(slow.getInputStream().readNBytes(goOn.length()), UTF_8))
            .isEqualTo(goOn);
        HttpResponse<String> refused = jane.post(who, "{}");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Retry-After")).contains("1");
        assertThat(refused.body())
            .contains(
                "\"reason\":\"TooManyRequests\"", "too many requests, please try again later.");
        assertThat(jane.get("/api").statusCode()).as("reading is bounded apart").isEqualTo(200);
        slow.getOutputStream().write("{}".getBytes(UTF_8));
        slow.getOutputStream().flush();
        assertThat(new String(slow.getInputStream().readAllBytes(), UTF_8))
            .startsWith("HTTP/1.1 201 ");
      }
      await(() -> jane.post(who, "{}").statusCode() == 201);
    }
  }
}
