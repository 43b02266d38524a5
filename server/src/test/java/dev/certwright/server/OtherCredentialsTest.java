package dev.certwright.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.authentication.RequestHeaders;
import dev.certwright.server.testing.TestAuthority;
import dev.certwright.server.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tokens, passwords, a proxy's headers and impersonation, on real sockets. */
final class OtherCredentialsTest {
  private static final String WHO = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
  private static final String MANIFEST =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: become-jane}
      rules:
      - {apiGroups: [''], resources: [users], resourceNames: [jane], verbs: [impersonate]}
      - {apiGroups: [''], resources: [groups], resourceNames: [devs], verbs: [impersonate]}
      - {apiGroups: [authentication.k8s.io], resources: [users], resourceNames: [joe], verbs: ['impersonate:user-info']}
      - {apiGroups: [authentication.k8s.io], resources: [selfsubjectreviews], verbs: ['impersonate-on:user-info:create']}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: become-jane}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: become-jane}
      subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: robot}]
      """;

  @TempDir static Path folder;
  private static TestServer server;
  private static TestAuthority proxies;
  private static Path audit;

  @BeforeAll
  static void start() throws IOException {
    Path tokens = secret("tokens.csv", "t0ken,robot,7,\"bots,devs\"\n");
    Path passwords = secret("passwords.csv", "pass:word,jane,8\n");
    proxies = TestAuthority.create("proxies");
    Path proxyAuthorities = Files.write(folder.resolve("proxies.crt"), proxies.pem());
    audit = folder.resolve("audit.log");
    server =
        TestServer.start(
            folder,
            MANIFEST,
            builder ->
                builder
                    .audit(new AuditSettings(audit.toString(), 10, 1))
                    .authentication(
                        new AuthenticationSettings(
                            tokens,
                            passwords,
                            true,
                            new AuthenticationSettings.FrontProxy(
                                proxyAuthorities,
                                List.of("front"),
                                new RequestHeaders(
                                    List.of("X-Remote-User"),
                                    List.of(),
                                    List.of("X-Remote-Group"),
                                    List.of("X-Remote-Extra-"))),
                            null)));
  }

  private static Path secret(String name, String text) throws IOException {
    Path file = Files.writeString(folder.resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String who(TestAuthority.@Nullable Credential credential, String... headers) {
    String body = "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}";
    return server.raw(
        credential,
        "POST "
            + WHO
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json"
            + "\r\nContent-Length: "
            + body.length()
            + "\r\n"
            + String.join("\r\n", headers)
            + (headers.length == 0 ? "\r\n" : "\r\n\r\n")
            + body);
  }

  private static int status(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 ");
    return Integer.parseInt(answer.substring(9, 12));
  }

  @Test
  void token_and_password_are_their_users() {
    assertThat(who(null, "Authorization: Bearer t0ken"))
        .contains("\"username\":\"robot\"", "\"uid\":\"7\"")
        .contains("[\"bots\",\"devs\",\"system:authenticated\"]");
    assertThat(who(null, "authorization: basic amFuZTpwYXNzOndvcmQ="))
        .contains("\"username\":\"jane\"");
  }

  @Test
  void wrong_secrets_are_refused_and_never_anonymous_U_04() {
    for (String header :
        List.of(
            "Authorization: Bearer t0keN",
            "Authorization: Bearer t0ken,",
            "Authorization: Basic amFuZTpwYXNz",
            "Authorization: Basic bm9ib2R5OnBhc3M=")) {
      assertThat(status(who(null, header))).as(header).isEqualTo(401);
    }
    assertThat(status(who(null, "Authorization: Digest x"))).isEqualTo(403);
  }

  @Test
  void certificate_counts_before_a_token_and_a_token_after_a_bad_certificate_U_03() {
    assertThat(who(server.authority().client("brancz"), "Authorization: Bearer t0ken"))
        .contains("\"username\":\"brancz\"");
    assertThat(who(server.authority().client("brancz"), "Authorization: Bearer wrong"))
        .contains("\"username\":\"brancz\"");
    assertThat(who(TestAuthority.create("test-ca").client("root"), "Authorization: Bearer t0ken"))
        .contains("\"username\":\"robot\"");
  }

  @Test
  void space_before_a_token_is_warned_of_B_03() {
    assertThat(who(null, "Authorization: Bearer  t0ken"))
        .startsWith("HTTP/1.1 403")
        .containsIgnoringCase("warning: 299 - \"the provided Authorization header contains");
  }

  @Test
  void headers_of_the_proxy_are_believed_and_of_nobody_else() {
    String[] root = {
      "X-Remote-User: root", "X-Remote-Group: system:masters", "X-Remote-Extra-A%2fb: c"
    };
    assertThat(who(proxies.client("front"), root))
        .contains("\"username\":\"root\"", "system:masters", "\"a/b\":[\"c\"]");
    for (TestAuthority.Credential other :
        List.of(
            server.authority().client("front"),
            proxies.client("other"),
            TestAuthority.create("proxies").client("front"))) {
      assertThat(who(other, root)).doesNotContain("\"username\":\"root\"");
    }
    assertThat(status(who(proxies.client("other"), root))).isEqualTo(401);
    assertThat(status(who(null, root))).isEqualTo(403);
    assertThat(who(null, "Authorization: Bearer t0ken", "X_Remote_User: root", root[0]))
        .contains("\"username\":\"robot\"");
    assertThat(
            who(
                proxies.client("front"),
                "Connection: close, x-remote-user",
                "X-Remote-User: a",
                "X-Remote-User: root"))
        .contains("\"username\":\"a\"");
  }

  @Test
  void impersonation_goes_by_the_rules_of_the_client_and_stands_in_the_audit_log()
      throws IOException {
    String robot = "Authorization: Bearer t0ken";
    assertThat(who(null, robot, "Impersonate-User: jane", "Impersonate-Group: devs"))
        .contains("\"username\":\"jane\"", "[\"devs\",\"system:authenticated\"]");
    assertThat(who(null, robot, "Impersonate-User: jane", "Impersonate-Group: system:masters"))
        .contains("HTTP/1.1 403", "cannot impersonate resource \\\"groups\\\"")
        .contains("\"details\":{\"name\":\"system:masters\",\"kind\":\"groups\"}");
    assertThat(who(null, robot, "Impersonate-User: joe")).contains("\"username\":\"joe\"");
    assertThat(status(who(null, robot, "Impersonate-Group: devs"))).isEqualTo(400);
    assertThat(status(who(null, "Impersonate-User: jane"))).isEqualTo(403);
    assertThat(Files.readString(audit))
        .contains("\"impersonatedUser\":{\"username\":\"jane\"")
        .contains("\"impersonationConstraint\":\"impersonate:user-info\"")
        .doesNotContain("t0ken");
  }
}
