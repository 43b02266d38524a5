package dev.certwright.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.server.testing.TestAuthority;
import dev.certwright.server.testing.TestServer;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Security bugs of gateways, tried on a real socket: each may change nothing. */
final class HostileRequestTest {
  private static final String SECRET = "c2VjcmV0LXZhbHVl";
  private static final String MANIFEST =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: read-only-user}
      rules: [{apiGroups: [''], resources: [pods], verbs: [get, list, watch]}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: read-only-users}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: read-only-user}
      subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: brancz}]
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: web}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: other}
      ---
      apiVersion: v1
      kind: Secret
      metadata: {name: hidden}
      data: {value: c2VjcmV0LXZhbHVl}
      """;

  @TempDir static Path folder;
  private static TestServer server;
  private static TestAuthority.Credential brancz;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder, MANIFEST);
    brancz = server.authority().client("brancz");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String get(String target, String... headers) {
    return server.raw(
        brancz,
        "GET "
            + target
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + String.join("\r\n", headers)
            + (headers.length == 0 ? "\r\n" : "\r\n\r\n"));
  }

  private static int status(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 ");
    return Integer.parseInt(answer.substring(9, 12));
  }

  @Test
  void what_is_authorized_is_what_is_served_whatever_the_path_looks_like() {
    String secret = "/api/v1/namespaces/default/secrets/hidden";
    for (String target :
        List.of(
            "/" + secret,
            "/." + secret,
            secret + "/",
            secret + "/.",
            "/api/v1/namespaces/default/pods/../secrets/hidden",
            "/api/v1/namespaces/default/pods/..%2fsecrets/hidden",
            "/api/v1/namespaces/default/pods/%2e%2e/secrets/hidden",
            "/api/v1/namespaces/default/pods%2f..%2fsecrets%2fhidden",
            "/api/v1/namespaces/default/pods%5c..%5csecrets/hidden",
            "/api/v1/namespaces/default/pods;x/../secrets/hidden",
            "/api/v1/namespaces/default/secrets;pods/hidden",
            "/api/v1/namespaces/default/secrets%00/hidden",
            "/api/v1/namespaces/default/pods%00/../secrets/hidden",
            "/api/v1/namespaces/default/%73ecrets/hidden",
            "/API/v1/namespaces/default/secrets/hidden",
            "/healthz/../api/v1/namespaces/default/secrets/hidden",
            "/healthz%2f..%2fapi/v1/namespaces/default/secrets/hidden",
            "//healthz/../../api/v1/namespaces/default/secrets/hidden",
            "http://localhost" + secret,
            "http://localhost/healthz?/../" + secret,
            secret + "?watch=1",
            secret + "#/healthz",
            "/api/v1/watch/namespaces/default/secrets/hidden",
            "/api/v1/proxy/namespaces/default/secrets/hidden")) {
      String answer = get(target);
      assertThat(answer).as(target).doesNotContain(SECRET);
      assertThat(status(answer)).as(target).isNotEqualTo(500);
    }
    assertThat(status(get("/api/v1/namespaces/default/%70ods/w%65b"))).isEqualTo(200);
  }

  @Test
  void random_targets_never_give_what_only_others_may_see() {
    Random random = new Random(11);
    List<String> parts =
        List.of(
            "/",
            "api",
            "v1",
            "namespaces",
            "default",
            "secrets",
            "hidden",
            "pods",
            "web",
            "..",
            ".",
            "%2f",
            "%2e",
            "%5c",
            ";",
            "%00",
            "?",
            "#",
            "watch",
            "apis",
            "*",
            "%",
            "\u00fc");
    for (int i = 0; i < 100; i++) {
      StringBuilder target =
          new StringBuilder(random.nextBoolean() ? "/api/v1/namespaces/default" : "/");
      for (int j = random.nextInt(8); j >= 0; j--) {
        target.append(random.nextInt(3) == 0 ? "" : "/").append(parts.get(random.nextInt(23)));
      }
      String answer = get(target.toString());
      assertThat(answer).as(target.toString()).startsWith("HTTP/1.1 ").doesNotContain(SECRET);
    }
  }

  @Test
  void headers_that_name_somebody_or_something_else_change_nothing() {
    for (String header :
        List.of(
            "X-Remote-User: root\r\nX-Remote-Group: system:masters",
            "x_remote_user: root\r\nX_Remote_Group: system:masters",
            "X-Remote-User: brancz\r\nX-Remote-User: root\r\nX-Remote-User: root",
            "X-Forwarded-User: root",
            "Connection: close, x-remote-user\r\nX-Remote-User: root",
            "X-Forwarded-Uri: /healthz",
            "X-Original-Url: /healthz",
            "X-Rewrite-Url: /healthz",
            "X-Http-Method-Override: OPTIONS",
            "X-Forwarded-Client-Cert: Subject=\"CN=root,O=system:masters\"",
            "Authorization: Bearer root",
            "Authorization: Basic cm9vdDpyb290",
            "X-Http2-Path: /healthz")) {
      String answer = get("/api/v1/namespaces/default/secrets/hidden", header);
      assertThat(status(answer)).as(header).isEqualTo(403);
      assertThat(answer).contains("User \\\"brancz\\\" cannot get");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Accept: a\r\n X-Remote-User: root",
        "Accept: a\r\n\tImpersonate-User: root",
        "X-Remote-User:\r\n root",
        "X-Remote-User : root",
        "X-Remote-User\u0000: root",
        "X-Remote-User\n: root"
      })
  void a_header_that_goes_on_or_is_none_names_nobody(String header) {
    String answer = get("/api/v1/namespaces/default/secrets/hidden", header);
    assertThat(status(answer)).isIn(400, 403);
    assertThat(answer).doesNotContain(SECRET, "User \\\"root");
  }

  @Test
  void impersonation_without_a_rule_is_refused_and_never_ignored() {
    assertThat(status(get("/api/v1/pods", "Impersonate-User: root"))).isEqualTo(403);
    assertThat(status(get("/api/v1/pods", "impersonate-user: root"))).isEqualTo(403);
    for (String header :
        List.of(
            "impersonate-group: system:masters",
            "IMPERSONATE-UID: 1",
            "Impersonate-Extra-Scopes: x")) {
      assertThat(status(get("/api/v1/pods", header))).as(header).isEqualTo(400);
    }
    // As kube-apiserver: no name is nobody to become, and the client stays who it is.
    assertThat(status(get("/api/v1/pods", "Impersonate-User:"))).isEqualTo(200);
  }

  @Test
  void of_equal_parameters_the_first_counts_for_the_authorizer_and_for_the_answer() {
    assertThat(get("/api/v1/pods?watch=false&watch=true")).contains("\"kind\":\"PodList\"");
    String first =
        get("/api/v1/pods?fieldSelector=metadata.name%3Dweb&fieldSelector=metadata.name%3Dother");
    assertThat(first).contains("\"name\":\"web\"").doesNotContain("\"name\":\"other\"");
    assertThat(get("/api/v1/pods?limit=1&limit=0")).contains("\"remainingItemCount\":1");
  }

  @Test
  void of_a_presented_chain_only_the_leaf_counts() {
    TestAuthority.Credential root = server.authority().client("root", "system:masters");
    TestServer.Client client = server.client(brancz, List.of(root.certificate()));
    HttpResponse<String> who =
        client.post("/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}");
    assertThat(who.body()).contains("\"username\":\"brancz\"").doesNotContain("system:masters");
    TestAuthority.Credential stranger = TestAuthority.create("other").client("root");
    assertThat(
            server.client(stranger, List.of(root.certificate())).get("/api/v1/pods").statusCode())
        .isEqualTo(401);
  }

  @Test
  void a_group_with_separators_is_one_group() {
    TestServer.Client client =
        server.client(
            server.authority().client("jane", "a|system:masters", "b,system:masters"),
            HttpClient.Version.HTTP_1_1);
    assertThat(client.get("/api/v1/namespaces/default/secrets/hidden").statusCode()).isEqualTo(403);
    assertThat(client.post("/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}").body())
        .contains("[\"a|system:masters\",\"b,system:masters\",\"system:authenticated\"]");
  }

  @Test
  void an_upgrade_is_authorized_as_what_it_is() {
    String upgrade = "Upgrade: websocket\r\nSec-WebSocket-Version: 13";
    String answer = get("/api/v1/namespaces/default/pods/web/exec?command=ls", upgrade);
    assertThat(status(answer)).isEqualTo(403);
    assertThat(answer).contains("cannot get resource \\\"pods/exec\\\"");
  }

  @Test
  void a_request_smuggled_in_a_body_is_no_request() {
    String inner = "GET /api/v1/namespaces/default/secrets/hidden HTTP/1.1\r\nHost: x\r\n\r\n";
    String answer =
        server.raw(
            brancz,
            "DELETE /api/v1/namespaces/default/pods/web HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Length: "
                + inner.length()
                + "\r\n\r\n"
                + inner);
    assertThat(answer.split("HTTP/1.1 ", -1)).hasSize(2);
    assertThat(status(answer)).isEqualTo(403);
  }
}
