package dev.certwright.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.server.testing.TestAuthority;
import dev.certwright.server.testing.TestServer;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audit events and metrics (rules AU-01 to AU-08). */
final class AuditTest {
  @TempDir Path folder;

  private TestServer start(Path file) {
    return TestServer.start(
        folder, "", builder -> builder.audit(new AuditSettings(file.toString(), 1, 2)));
  }

  private static List<String> lines(Path file, int count) {
    FrontTest.await(() -> read(file).size() >= count);
    return read(file);
  }

  private static List<String> read(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  @Test
  void every_request_is_told_with_user_credential_verdict_and_rule() {
    Path file = folder.resolve("audit.log");
    try (TestServer server = start(file)) {
      server
          .user("jane", "devs")
          .send(
              "POST",
              "/apis/authentication.k8s.io/v1/selfsubjectreviews",
              "{}",
              "Audit-ID",
              "one",
              "User-Agent",
              "test\n".strip());
      server.user("jane").get("/api/v1/namespaces/a/secrets/b");
      server.client(TestAuthority.create("other").client("eve")).get("/api/v1/pods");
      List<String> lines = lines(file, 3);
      assertThat(lines.get(0))
          .startsWith(
              "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"Metadata\","
                  + "\"auditID\":\"one\",\"stage\":\"ResponseComplete\",\"requestURI\":\"/apis/"
                  + "authentication.k8s.io/v1/selfsubjectreviews\",\"verb\":\"create\",\"user\":{"
                  + "\"username\":\"jane\",\"groups\":[\"devs\",\"system:authenticated\"],"
                  + "\"extra\":{\"authentication.kubernetes.io/credential-id\":[\"X509SHA256=")
          .contains("\"sourceIPs\":[\"127.0.0.1\"],\"userAgent\":\"test\"")
          .contains("\"objectRef\":{\"resource\":\"selfsubjectreviews\"")
          .contains("\"responseStatus\":{\"metadata\":{},\"code\":201}")
          .containsPattern(
              "\"stageTimestamp\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z\"")
          .contains("\"authorization.k8s.io/decision\":\"allow\"")
          .contains("\"certwright.dev/binding\":\"ClusterRoleBinding \\\"system:basic-user\\\"\"");
      assertThat(lines.get(1))
          .contains("\"code\":403", "\"authorization.k8s.io/decision\":\"forbid\"")
          .contains("\"namespace\":\"a\",\"name\":\"b\"");
      assertThat(lines.get(2))
          .contains("\"stage\":\"ResponseStarted\"", "\"user\":{}", "\"code\":401")
          .contains("Authentication failed, attempted: x509")
          .contains("\"certwright.dev/authentication-failure\":\"verifying certificate SN=");
    }
  }

  @Test
  void a_full_file_is_put_aside_and_only_so_many_stay() throws IOException {
    Path file = folder.resolve("full.log");
    try (TestServer server = start(file)) {
      TestServer.Client jane = server.user("jane");
      String path = "/" + "x".repeat(15_000);
      for (int i = 0; i < 300; i++) {
        jane.get(path);
      }
      try (Stream<Path> all = Files.list(folder)) {
        assertThat(all.filter(one -> one.getFileName().toString().startsWith("full")).toList())
            .hasSize(3)
            .allMatch(one -> one.toFile().length() <= 1 << 20);
      }
    }
  }

  @Test
  void a_new_file_is_for_its_owner_alone_also_when_another_was_put_aside() throws IOException {
    Path file = folder.resolve("owned.log");
    fill(file);
    assertThat(modes("owned")).hasSize(2).containsOnly("rw-------");
  }

  @Test
  void a_mode_that_somebody_chose_stays_and_is_handed_on() throws IOException {
    Path file = Files.createFile(folder.resolve("owned.log"));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    fill(file);
    assertThat(modes("owned")).hasSize(2).containsOnly("rw-r-----");
  }

  // More than a file holds, less than two do.
  private void fill(Path file) {
    try (TestServer server = start(file)) {
      TestServer.Client jane = server.user("jane");
      String path = "/" + "x".repeat(15_000);
      for (int i = 0; i < 80; i++) {
        jane.get(path);
      }
    }
  }

  private List<String> modes(String start) throws IOException {
    List<String> modes = new ArrayList<>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, start + "*")) {
      for (Path file : all) {
        modes.add(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
    }
    return modes;
  }

  @Test
  void names_of_clients_write_no_line_and_no_field_of_the_log() {
    Path file = folder.resolve("names.log");
    String name = "eve\",\"groups\":[\"system:masters\"]},{\"kind\":\"Event\\";
    try (TestServer server = start(file)) {
      server.user(name, "a\"b").get("/api/v1/pods");
      List<String> lines = lines(file, 1);
      assertThat(lines).hasSize(1);
      YamlMapping event =
          (YamlMapping) YamlReader.strict().readJson("audit", lines.get(0).getBytes(UTF_8));
      YamlMapping user = (YamlMapping) event.get("user");
      assertThat(user).isNotNull();
      assertThat(user.get("username")).isEqualTo(YamlString.of(name));
      assertThat(user.get("groups"))
          .isEqualTo(YamlSequence.ofStrings(List.of("a\"b", "system:authenticated")));
    }
  }

  @Test
  void metrics_are_for_whom_a_rule_lets_and_count_what_happened() {
    try (TestServer server = TestServer.start(folder, "")) {
      server.client(TestAuthority.create("other").client("eve")).get("/api/v1/pods");
      TestServer.Client root = server.user("root", "system:masters");
      assertThat(server.user("jane").get("/metrics").statusCode()).isEqualTo(403);
      FrontTest.await(
          () -> root.get("/metrics").body().contains("{code=\"403\",verb=\"get\"} 1\n"));
      assertThat(root.get("/metrics").body())
          .contains("# TYPE apiserver_request_total counter\n")
          .contains("apiserver_request_total{code=\"401\",verb=\"list\"} 1\n")
          .contains("authentication_attempts{result=\"failure\"} 1\n")
          .contains("apiserver_authorization_decisions_total{decision=\"denied\"} 1\n")
          .contains("apiserver_request_duration_seconds_bucket{le=\"+Inf\"} ")
          .containsPattern("certwright_policy_roles [1-9]");
    }
  }
}
