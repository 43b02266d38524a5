package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Places;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code deploy/} has is what a real API server takes. */
@ExtendWith(ControlPlaneExtension.class)
class DeployManifestsIT {

  @Test
  void a_real_api_server_would_store_all_of_it(ControlPlane controlPlane) {
    try (ApiServer server = controlPlane.newApiServer().withOwnObjects().start()) {
      server.kubectl("create", "namespace", "certwright").expectSuccess();
      for (String file : List.of("authorization-webhook.yaml", "revocations.yaml")) {
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
            .hasSize(5)
            .allMatch(line -> line.endsWith(" created (server dry run)"));
      }
    }
  }
}
