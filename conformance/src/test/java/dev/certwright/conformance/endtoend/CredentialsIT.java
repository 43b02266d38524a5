package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Places;
import dev.certwright.testing.OpenSsl;
import dev.certwright.x509.key.KeyType;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code certwright issue} makes, in the hands of kubectl. */
@ExtendWith(ControlPlaneExtension.class)
class CredentialsIT {
  private static final String AUTHENTICATED = "system:authenticated";

  private final ControlPlane controlPlane;
  private final ApiServer server;
  private final Clients clients;

  CredentialsIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
    server = controlPlane.apiServer();
    clients = new Clients(server);
  }

  @Test
  void whoami_shows_name_groups_uid_and_the_credential_id_that_inspect_prints() {
    Path jane = clients.issue("jane", "devs", "ops", "--uid", "4711-a");
    String inspected =
        clients
            .certwright()
            .run("inspect", jane.resolve("client.crt").toString(), "-o", "json")
            .expectSuccess();
    String credentialId =
        Json.text(
            ((YamlSequence) Json.parse("{\"list\":" + inspected + "}").entries().get(0).value())
                .values()
                .get(0),
            "credentialId");
    assertThat(credentialId).matches("X509SHA256=[0-9a-f]{64}");
    assertThat(clients.whoAmI(jane))
        .isEqualTo(
            new WhoAmI(
                "jane",
                server.readsUid() ? "4711-a" : "",
                List.of("devs", "ops", AUTHENTICATED),
                List.of(credentialId)));
  }

  @ParameterizedTest
  @EnumSource
  void every_type_of_key_works_with_kubectl(KeyType type) {
    Path client = clients.issue("key-" + type.flag(), "--key-type", type.flag());
    assertThat(clients.whoAmI(client).user()).isEqualTo("key-" + type.flag());
  }

  @Test
  void the_old_scripts_form_works_with_kubectl() {
    Path client = clients.issue("brancz", "read-only-users", "--like-the-script");
    assertThat(clients.whoAmI(client).groups()).containsExactly("read-only-users", AUTHENTICATED);
  }

  @Test
  void for_a_brought_request_the_key_is_used_where_it_was_made() {
    Path folder = clients.folder();
    OpenSsl.run(
        folder,
        "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout robot.key"
            + " -out robot.csr -subj /O=ignored/CN=robot");
    Path client =
        clients.issue(
            "robot",
            "ci",
            "--csr",
            folder.resolve("robot.csr").toString(),
            "--key-file",
            folder.resolve("robot.key").toString());
    assertThat(client.resolve("client.key")).doesNotExist();
    WhoAmI seen = clients.whoAmI(client);
    assertThat(seen.user()).isEqualTo("robot");
    assertThat(seen.groups()).containsExactly("ci", AUTHENTICATED);
  }

  @Test
  void a_kubeconfig_that_names_its_files_works_from_any_folder() throws IOException {
    Path client = clients.issue("anna", "--no-embed");
    assertThat(client.resolve("kubeconfig"))
        .content()
        .contains("client-certificate: client.crt", "client-key: client.key")
        .doesNotContain("client-key-data");
    Path elsewhere = Files.createDirectory(clients.folder().resolve("elsewhere"));
    assertThat(WhoAmI.of(clients.kubectl(client).in(elsewhere)).user()).isEqualTo("anna");
    Path moved = Files.move(client, clients.folder().resolve("moved"));
    assertThat(clients.whoAmI(moved).user()).isEqualTo("anna");
  }

  static Stream<List<String>> awkwardNames() {
    return Stream.of(
        List.of("a\"b,c+d=e\\f;<g>#é日本 x", "o/p:q", "\"", "#x", "'"),
        List.of("$(id)", "`id`", "-n", "*", "%s", "\\n"),
        List.of("\uD83D\uDE00", "Ünï cödé", "{}", "[1]", "null", "true"),
        List.of("ops:robot@example.com", "z", "a", "m", "Z", "é"),
        List.of("\u00E9\u0141\u03A9".toLowerCase(Locale.ROOT), "x".repeat(1_000)));
  }

  @ParameterizedTest
  @MethodSource("awkwardNames")
  void awkward_names_arrive_byte_for_byte_and_in_order(List<String> names) throws IOException {
    YamlMapping person =
        YamlMapping.builder()
            .put("user", names.get(0))
            .put("groups", YamlSequence.ofStrings(names.subList(1, names.size())))
            .build();
    Path out = clients.folder().resolve("awkward");
    List<String> words = new ArrayList<>(List.of("issue", "--from", "-", "--out", out.toString()));
    words.add("--allow-look-alikes");
    words.addAll(clients.common());
    Outcome issued =
        clients
            .certwright()
            .runWith(JsonWriter.compact(person) + "\n", words.toArray(String[]::new));
    issued.expectSuccess();
    WhoAmI seen;
    try (Stream<Path> made = Files.list(out)) {
      seen =
          clients.whoAmI(
              made.filter(path -> !path.getFileName().toString().startsWith("."))
                  .findFirst()
                  .orElseThrow());
    }
    assertThat(seen.user()).isEqualTo(names.get(0));
    List<String> groups = new ArrayList<>(names.subList(1, names.size()));
    groups.add(AUTHENTICATED);
    assertThat(seen.groups()).isEqualTo(groups);
  }

  @Test
  void kubeconfigs_of_two_clusters_merged_are_switched_with_use_context() throws IOException {
    Path authority = Places.newFolder("end-to-end");
    clients.certwright().run("ca", "init", "--ca", authority.resolve("pki").toString());
    try (ApiServer other =
        controlPlane
            .newApiServer()
            .withOwnObjects()
            .withAuthorityIn(authority.resolve("pki"))
            .start()) {
      Path first = clients.issue("jane-of-one");
      Path second = new Clients(other).issue("jane-of-two");
      Path into = clients.folder().resolve("team.yaml");
      for (Path client : List.of(first, second)) {
        clients
            .certwright()
            .run(
                "kubeconfig",
                "merge",
                client.resolve("kubeconfig").toString(),
                "--into",
                into.toString())
            .expectSuccess();
      }
      var kubectl = server.kubectlAs(into);
      List<String> contexts =
          kubectl.run("config", "get-contexts", "-o", "name").expectSuccess().lines().toList();
      assertThat(contexts).hasSize(2);
      for (String context : contexts) {
        kubectl.run("config", "use-context", context).expectSuccess();
        assertThat(WhoAmI.of(kubectl).user()).isEqualTo(context.substring(0, context.indexOf('@')));
      }
    }
  }
}
