package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The whole way of one user, in order: a CA, an API server that trusts it, a certificate, refused
 * without a binding, and let in with one.
 */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ReadOnlyUserIT {
  private static final Path EXAMPLES = Places.root().resolve("examples");

  private final Path folder = Places.newFolder("end-to-end");
  private final ApiServer server;
  private final Program brancz;

  ReadOnlyUserIT(ControlPlane controlPlane) {
    Certwright.in(folder).run("ca", "init").expectSuccess();
    server =
        controlPlane.newApiServer().withOwnObjects().withAuthorityIn(folder.resolve("pki")).start();
    Certwright.in(folder)
        .run("issue", "brancz", "read-only-users", "--server", server.url())
        .expectSuccess();
    brancz = server.kubectlAs(folder.resolve("clients/brancz/kubeconfig"));
  }

  @BeforeAll
  void makeSomethingToLookAt() {
    server.kubectl("create", "serviceaccount", "default").expectSuccess();
    server.kubectl("run", "web", "--image=example.com/web").expectSuccess();
    server.kubectl("create", "secret", "generic", "hidden", "--from-literal=a=b").expectSuccess();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  @Order(1)
  void without_a_binding_the_user_is_known_and_forbidden_with_upstreams_message() {
    Outcome refused = brancz.run("get", "pods").expect(1);
    assertThat(refused.err())
        .isEqualTo(
            "Error from server (Forbidden): pods is forbidden: User \"brancz\" cannot list resource"
                + " \"pods\" in API group \"\" in the namespace \"default\"\n");
    assertThat(refused.out()).isEmpty();
  }

  @Test
  @Order(2)
  void bound_by_name_pods_and_namespaces_can_be_got_listed_and_watched() throws IOException {
    server.kubectl("apply", "-f", EXAMPLES.resolve("read-only-user.yaml").toString());
    server.kubectl("apply", "-f", EXAMPLES.resolve("read-only-users.yaml").toString());
    expectReadOnly(brancz);
  }

  @Test
  @Order(3)
  void a_member_of_the_group_without_a_binding_of_their_own_is_forbidden() {
    Certwright.in(folder)
        .run("issue", "jane", "read-only-users", "devs", "--server", server.url())
        .expectSuccess();
    assertThat(jane().run("get", "pods").expect(1).err())
        .startsWith("Error from server (Forbidden): pods is forbidden: User \"jane\" cannot list");
  }

  @Test
  @Order(4)
  void bound_by_group_every_member_can_do_the_same() throws IOException {
    server.kubectl("apply", "-f", EXAMPLES.resolve("read-only-users-group.yaml").toString());
    expectReadOnly(jane());
  }

  private Program jane() {
    return server.kubectlAs(folder.resolve("clients/jane/kubeconfig"));
  }

  private static void expectReadOnly(Program kubectl) throws IOException {
    assertThat(kubectl.run("get", "pods", "-o", "name").expectSuccess()).isEqualTo("pod/web\n");
    assertThat(kubectl.run("get", "pod", "web", "-o", "name").expectSuccess())
        .isEqualTo("pod/web\n");
    assertThat(kubectl.run("get", "pods", "--all-namespaces", "-o", "name").expectSuccess())
        .isEqualTo("pod/web\n");
    assertThat(kubectl.run("get", "namespaces", "-o", "name").expectSuccess())
        .contains("namespace/default\n", "namespace/kube-system\n");
    assertThat(kubectl.run("get", "namespace", "default", "-o", "name").expectSuccess())
        .isEqualTo("namespace/default\n");
    assertThat(firstEvent(kubectl, "pods")).isEqualTo("ADDED web");
    assertThat(firstEvent(kubectl, "namespaces")).startsWith("ADDED ");
    String user = WhoAmI.of(kubectl).user();
    assertThat(kubectl.run("get", "secrets").expect(1).err())
        .isEqualTo(forbidden("secrets is forbidden", user, "list", "secrets"));
    assertThat(kubectl.run("get", "secret", "hidden").expect(1).err())
        .isEqualTo(forbidden("secrets \"hidden\" is forbidden", user, "get", "secrets"));
    assertThat(kubectl.run("delete", "pod", "web").expect(1).err())
        .isEqualTo(forbidden("pods \"web\" is forbidden", user, "delete", "pods"));
  }

  private static String forbidden(String what, String user, String verb, String resource) {
    return "Error from server (Forbidden): "
        + what
        + ": User \""
        + user
        + "\" cannot "
        + verb
        + " resource \""
        + resource
        + "\" in API group \"\" in the namespace \"default\"\n";
  }

  private static String firstEvent(Program kubectl, String resource) throws IOException {
    Process watch =
        kubectl.start(
            "get",
            resource,
            "--watch",
            "--output-watch-events",
            "-o",
            "custom-columns=EVENT:.type,NAME:.object.metadata.name",
            "--no-headers");
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(watch.getInputStream(), StandardCharsets.UTF_8))) {
      return String.valueOf(lines.readLine()).strip().replaceAll(" +", " ");
    } finally {
      watch.destroyForcibly();
    }
  }
}
