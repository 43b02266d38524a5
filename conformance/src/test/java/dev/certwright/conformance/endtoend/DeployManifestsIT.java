package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Places;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code deploy/} has is what a real API server takes. */
@ExtendWith(ControlPlaneExtension.class)
class DeployManifestsIT {

  @Test
  void a_real_api_server_would_store_all_of_it(ControlPlane controlPlane) {
    ApiServer server = controlPlane.apiServer();
    server.kubectl("create", "namespace", "certwright").expectSuccess();
    expectStored(server, "authorization-webhook.yaml", 5);
    expectStored(server, "policy-reader.yaml", 1);
    expectStored(server, "review-server.yaml", 7);
    expectStored(server, "revocations.yaml", 5);
  }

  private static void expectStored(ApiServer server, String file, int objects) {
    String output =
        server
            .kubectl(
                "apply",
                "--dry-run=server",
                "--validate=strict",
                "-f",
                Places.root().resolve("deploy").resolve(file).toString())
            .expectSuccess();
    assertThat(output.lines())
        .as(file)
        .hasSize(objects)
        .allMatch(line -> line.endsWith(" created (server dry run)"));
  }
}
