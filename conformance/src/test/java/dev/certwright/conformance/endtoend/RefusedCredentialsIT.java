package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.controlplane.Pki;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Certificates that a real API server turns away, and its reasons, which stand in its log. */
@ExtendWith(ControlPlaneExtension.class)
class RefusedCredentialsIT {
  private final ApiServer server;
  private final Pki pki;

  RefusedCredentialsIT(ControlPlane controlPlane) {
    server = controlPlane.apiServer();
    pki = server.pki();
  }

  @Test
  void of_another_CA_with_the_same_name_is_unauthorized() throws IOException {
    Pki other = Pki.createWithSameName(Places.newFolder("end-to-end"));
    Path kubeconfig =
        other.issue("jane", List.of("devs"), Duration.ofHours(1), Instant.now(), server.url());
    Files.writeString(
        kubeconfig,
        Files.readString(kubeconfig)
            .replaceFirst(
                "certificate-authority-data: .*", "certificate-authority: " + pki.authorityFile()));
    expectUnauthorized(kubeconfig, "x509: certificate signed by unknown authority");
  }

  @Test
  void of_a_CA_with_another_name_is_unauthorized() {
    Path folder = Places.newFolder("end-to-end");
    Program certwright = Certwright.in(folder);
    certwright.run("ca", "init").expectSuccess();
    String clusterCa = pki.authorityFile().toString();
    certwright
        .run("issue", "jane", "--server", server.url(), "--cluster-ca", clusterCa)
        .expectSuccess();
    expectUnauthorized(
        folder.resolve("clients/jane/kubeconfig"), "x509: certificate signed by unknown authority");
  }

  @Test
  void expired_is_unauthorized() {
    expectUnauthorized(
        pki.issue(
            "jane",
            List.of(),
            Duration.ofMinutes(10),
            Instant.now().minus(Duration.ofHours(1)),
            server.url()),
        "x509: certificate has expired or is not yet valid: current time [0-9TZ:-]+ is after ");
  }

  @Test
  void not_yet_valid_is_unauthorized() {
    expectUnauthorized(
        pki.issue(
            "jane",
            List.of(),
            Duration.ofHours(1),
            Instant.now().plus(Duration.ofHours(1)),
            server.url()),
        "x509: certificate has expired or is not yet valid: current time [0-9TZ:-]+ is before ");
  }

  @Test
  void for_servers_only_is_unauthorized() {
    expectUnauthorized(
        pki.issueForServer("jane", server.url()),
        "x509: certificate specifies an incompatible key usage");
  }

  private void expectUnauthorized(Path kubeconfig, String reason) {
    int before = server.log().length();
    Outcome refused = server.kubectlAs(kubeconfig).run("get", "--raw", "/api").expect(1);
    assertThat(refused.err())
        .isEqualTo("error: You must be logged in to the server (Unauthorized)\n");
    assertThat(server.log().substring(before))
        .contains("Unable to authenticate the request")
        .containsPattern(reason);
  }
}
