package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.controlplane.Servers;
import dev.certwright.conformance.program.Places;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The session of the README that begins with a CA and ends with what brancz may not do: run as it
 * stands there, in one shell, with the real kubectl; only the port is another, and what is new each
 * time is not compared.
 */
@ExtendWith(ControlPlaneExtension.class)
class ServingSessionIT {
  private static final String SERVER = "127.0.0.1:6443";
  private static final String SERVE = "certwright serve -f examples/";

  @Test
  void every_line_of_the_session_is_true(ControlPlane controlPlane) throws IOException {
    Path folder = Places.newFolder("serving-session");
    ReadmeSession.copyExamples(folder);
    ReadmeSession session = ReadmeSession.of("serving");
    int port = Servers.freePort();
    String serve = SERVE + " --secure-port " + port;
    String server = "127.0.0.1:" + port;
    String output =
        ReadmeSession.shell(folder, controlPlane)
            .run("-c", session.script().replace(SERVE, serve).replace(SERVER, server))
            .out();
    String actual = output.replace(serve, SERVE).replace(server, SERVER);
    assertThat(session.text()).contains("$ kubectl get pods -A", "$ kubectl delete pod web");
    assertThat(ReadmeSession.normalised(actual))
        .as(actual)
        .isEqualTo(ReadmeSession.normalised(session.text()));
  }
}
