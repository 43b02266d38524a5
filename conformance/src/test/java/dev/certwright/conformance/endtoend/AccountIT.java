package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Places;
import dev.certwright.testing.OpenSsl;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlValue;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The account of a cluster, in the order in which somebody takes over one that has a past: issue a
 * dozen, import what a script left and what the API server logged, ask, and have it tampered with.
 */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AccountIT {
  private static final String POLICY =
      """
      apiVersion: audit.k8s.io/v1
      kind: Policy
      omitStages: [RequestReceived]
      rules: [{level: Metadata}]
      """;

  private final Path folder = Places.newFolder("end-to-end");
  private final Path home = folder.resolve("home");
  private final Path log = folder.resolve("audit.log");
  private final Path ledger = home.resolve("ledger.jsonl");
  private final ApiServer server;
  private final Instant begin = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  AccountIT(ControlPlane controlPlane) throws IOException {
    certwright("ca", "init").expectSuccess();
    server =
        controlPlane
            .newApiServer()
            .withOwnObjects()
            .withAuthorityIn(folder.resolve("pki"))
            .flag("--audit-policy-file", Files.writeString(folder.resolve("policy.yaml"), POLICY))
            .flag("--audit-log-path", log)
            .start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private Outcome certwright(String... words) {
    return Certwright.in(folder)
        .with("CERTWRIGHT_HOME", home)
        .with("CERTWRIGHT_CA", folder.resolve("pki"))
        .run(words);
  }

  private Outcome issue(String... words) {
    List<String> all = new ArrayList<>(List.of("issue"));
    all.addAll(List.of(words));
    all.addAll(List.of("--server", server.url(), "--cluster-name", "prod"));
    return certwright(all.toArray(String[]::new)).expect(0);
  }

  private static YamlMapping object(Outcome outcome) {
    return Json.parse(outcome.expectSuccess());
  }

  private List<String> users(String... words) {
    List<String> all = new ArrayList<>(List.of("list", "-o", "json"));
    all.addAll(List.of(words));
    List<String> users = new ArrayList<>();
    for (YamlValue one : Json.parseList(certwright(all.toArray(String[]::new)).expectSuccess())) {
      users.add(Json.text(one, "user"));
    }
    return users;
  }

  private String head() {
    return Json.text(object(certwright("ledger", "head", "-o", "json")), "hash");
  }

  private YamlValue only(String what) {
    List<YamlValue> found = Json.parseList(certwright("show", what, "-o", "json").expectSuccess());
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  private Path client(String user) {
    return folder.resolve("clients").resolve(user);
  }

  private WhoAmI use(Path kubeconfig) {
    return WhoAmI.of(server.kubectlAs(kubeconfig));
  }

  @Test
  @Order(1)
  void a_dozen_is_issued_and_each_stands_in_the_ledger() throws IOException {
    StringBuilder people = new StringBuilder();
    for (int i = 1; i <= 10; i++) {
      people.append("user").append(i).append(",devs,").append(i <= 4 ? "3d" : "90d").append('\n');
    }
    issue("--from", Files.writeString(folder.resolve("people.csv"), people).toString());
    issue("jane", "devs", "ops", "--reason", "on call");
    issue("robot", "--ttl", "8h");

    assertThat(users()).hasSize(12).contains("jane", "robot", "user10");
    assertThat(users("--expiring", "7d"))
        .containsExactlyInAnyOrder("robot", "jane", "user1", "user2", "user3", "user4");
    assertThat(Json.text(only("jane"), "reason")).isEqualTo("on call");
  }

  @Test
  @Order(2)
  void the_clients_folder_of_an_old_script_is_taken_once() throws IOException {
    for (String user : List.of("brancz", "old-robot")) {
      Path old = Files.createDirectories(folder.resolve("old/clients/" + user));
      OpenSsl.run(
          old,
          "req -newkey rsa:2048 -nodes -keyout %s.key -out %s.csr -subj /O=read-only-users/CN=%s"
              .formatted(user, user, user));
      OpenSsl.run(
          old,
          "x509 -req -in %s.csr -CA %s -CAkey %s -CAcreateserial -out %s.crt -days 365"
              .formatted(user, folder.resolve("pki/ca.crt"), folder.resolve("pki/ca.key"), user));
      Files.writeString(
          old.resolve("kubeconfig"),
          """
          apiVersion: v1
          kind: Config
          current-context: prod
          clusters: [{name: prod, cluster: {server: '%s', certificate-authority: '%s'}}]
          contexts: [{name: prod, context: {cluster: prod, user: %s}}]
          users: [{name: %s, user: {client-certificate: %s.crt, client-key: %s.key}}]
          """
              .formatted(server.url(), folder.resolve("pki/ca.crt"), user, user, user, user));
    }

    Outcome first = certwright("import", "old/clients").expect(0);
    String before = head();
    Outcome second = certwright("import", "old/clients").expect(0);

    assertThat(first.out()).contains("2 certificates taken");
    assertThat(second.out()).contains("0 certificates taken");
    assertThat(head()).isEqualTo(before);
    assertThat(Json.text(only("brancz"), "origin")).isEqualTo("imported");
    assertThat(Json.text(only("brancz"), "cluster")).isEqualTo("prod");
    assertThat(users()).hasSize(14);
  }

  @Test
  @Order(3)
  void what_the_api_server_logged_tells_last_uses_and_the_unknown_certificate() {
    issue("mallory", "admins", "--no-ledger");
    String unknown = use(client("mallory").resolve("kubeconfig")).credentialIds().get(0);
    use(client("jane").resolve("kubeconfig"));
    use(folder.resolve("old/clients/brancz/kubeconfig"));

    YamlMapping first =
        object(certwright("import", log.toString(), "--cluster", "prod", "-o", "json"));
    String before = head();
    YamlMapping second =
        object(certwright("import", log.toString(), "--cluster", "prod", "-o", "json"));

    List<YamlValue> found = Json.list(first, "unknownInUse");
    assertThat(found).hasSize(1);
    assertThat(Json.text(found.get(0), "credentialId")).isEqualTo(unknown);
    assertThat(Json.text(found.get(0), "user")).isEqualTo("mallory");
    assertThat(Json.texts(found.get(0), "groups")).contains("admins");
    assertThat(Json.texts(found.get(0), "sourceAddresses")).containsExactly("127.0.0.1");
    for (String user : List.of("jane", "brancz")) {
      assertThat(Instant.parse(Json.text(only(user), "lastSeen"))).isBetween(begin, Instant.now());
      assertThat(Json.texts(only(user), "sourceAddresses")).containsExactly("127.0.0.1");
    }
    assertThat(Json.text(only("robot"), "lastSeen")).isEmpty();
    assertThat(head()).isEqualTo(before);
    assertThat(Json.list(second, "unknownInUse")).hasSize(1);
    assertThat(users("--state", "unknown")).containsExactly("mallory");
  }

  @Test
  @Order(4)
  void a_later_use_moves_the_last_use_on_and_nothing_else() {
    Instant before = Instant.parse(Json.text(only("jane"), "lastSeen"));
    use(client("jane").resolve("kubeconfig"));

    certwright("import", log.toString()).expect(0);

    assertThat(Instant.parse(Json.text(only("jane"), "lastSeen"))).isAfter(before);
    assertThat(users("--state", "unknown")).containsExactly("mallory");
  }

  @Test
  @Order(5)
  void the_unknown_certificate_is_known_once_it_is_imported() {
    certwright("import", "clients/mallory").expect(0);

    assertThat(users("--state", "unknown")).isEmpty();
    assertThat(Json.text(only("mallory"), "origin")).isEqualTo("imported");
    assertThat(Json.text(only("mallory"), "lastSeen")).isNotEmpty();
  }

  @Test
  @Order(6)
  void the_report_names_everybody_and_fetches_nothing() throws IOException {
    String page = certwright("report").expectSuccess();

    Files.writeString(folder.resolve("report.html"), page);
    assertThat(page)
        .startsWith("<!DOCTYPE html>")
        .contains("jane", "robot", "brancz", "mallory", "<svg")
        .doesNotContain("<script", "src=", "href=", "@import", "url(");
  }

  @Test
  @Order(7)
  void every_kind_of_tampering_is_found_in_its_line() throws IOException {
    byte[] intact = Files.readAllBytes(ledger);
    certwright("ledger", "verify").expect(0);
    Files.writeString(
        folder.resolve("head.json"),
        certwright("ledger", "head", "--sign", "-o", "json").expectSuccess());

    Files.writeString(ledger, Files.readString(ledger).replaceFirst("on call", "on_call"));
    assertThat(certwright("ledger", "verify").expect(1).out())
        .contains("line 11: entry 11 was changed");

    List<String> lines =
        new ArrayList<>(new String(intact, StandardCharsets.UTF_8).lines().toList());
    Collections.swap(lines, 3, 4);
    Files.write(ledger, lines);
    assertThat(certwright("ledger", "verify").expect(1).out()).contains("line 4:");

    Files.write(ledger, intact);
    try (FileChannel channel = FileChannel.open(ledger, StandardOpenOption.WRITE)) {
      channel.truncate(intact.length - lines.get(lines.size() - 1).length() - 1);
    }
    assertThat(certwright("ledger", "verify").expect(1).out())
        .contains("knows entry " + lines.size())
        .contains("its end was cut off");
    // Who cuts the file may remove what else knows of it, but not a head that is kept elsewhere.
    for (String other :
        List.of("ledger.head", "index.sqlite", "index.sqlite-wal", "index.sqlite-shm")) {
      Files.deleteIfExists(ledger.resolveSibling(other));
    }
    certwright("ledger", "verify").expect(0);
    assertThat(
            certwright("ledger", "verify", "--head", "head.json", "--signer", "pki/ca.crt")
                .expect(1)
                .out())
        .contains("its end was cut off");

    Files.write(ledger, intact);
    certwright("ledger", "verify", "--head", "head.json", "--signer", "pki/ca.crt").expect(0);
  }

  @Test
  @Order(8)
  void all_of_it_is_rebuilt_from_an_export() throws IOException {
    Files.writeString(folder.resolve("copy.jsonl"), certwright("ledger", "export").expectSuccess());

    certwright("ledger", "restore", "copy.jsonl", "--ledger", "restored").expect(0);

    assertThat(folder.resolve("restored/ledger.jsonl")).hasSameBinaryContentAs(ledger);
    assertThat(certwright("list", "--all", "-o", "csv", "--ledger", "restored").expectSuccess())
        .isEqualTo(certwright("list", "--all", "-o", "csv").expectSuccess());
  }
}
