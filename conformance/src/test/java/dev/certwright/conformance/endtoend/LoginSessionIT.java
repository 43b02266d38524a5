package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.controlplane.Keycloak;
import dev.certwright.conformance.controlplane.Servers;
import dev.certwright.conformance.controlplane.Upstream;
import dev.certwright.conformance.program.Places;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The session of the README that logs in by certificate, token, password and Keycloak: run as it
 * stands there, in one shell, with the real kubectl and a Keycloak that it starts itself; only
 * ports are others, and what is new each time (times, hashes, identifiers) is not compared.
 */
@Tag("endurance")
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginSessionIT {
  private static final String SERVER = "127.0.0.1:7443";
  private static final String PROVIDER = "127.0.0.1:8443";

  private final Path folder = Places.newFolder("logins");
  private final ControlPlane controlPlane;

  LoginSessionIT(ControlPlane controlPlane) throws IOException {
    this.controlPlane = controlPlane;
    Keycloak.unpackAs(folder.resolve("keycloak"));
    ReadmeSession.copyExamples(folder);
  }

  @Test
  void every_line_of_the_session_is_true() throws IOException {
    ReadmeSession session = ReadmeSession.of("logins");
    String server = "127.0.0.1:" + Servers.freePort();
    String provider = "127.0.0.1:" + Servers.freePort();
    String script =
        session
            .script()
            .replace(SERVER, server)
            .replace("--secure-port " + port(SERVER), "--secure-port " + port(server))
            .replace(PROVIDER, provider)
            .replace("--https-port=" + port(PROVIDER), "--https-port=" + port(provider));
    String actual =
        said(script)
            .replace(server, SERVER)
            .replace("--secure-port " + port(server), "--secure-port " + port(SERVER))
            .replace(provider, PROVIDER)
            .replace("--https-port=" + port(provider), "--https-port=" + port(PROVIDER));
    assertThat(session.text().lines().filter(line -> line.matches("[$] kubectl .*auth whoami")))
        .hasSize(4);
    assertThat(ReadmeSession.normalised(actual))
        .as(actual)
        .isEqualTo(ReadmeSession.normalised(session.text()));
  }

  // However long the provider takes to start.
  private String said(String script) throws IOException {
    Process process = ReadmeSession.shell(folder, controlPlane).start("-c", script);
    process.getOutputStream().close();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String port(String address) {
    return address.substring(address.indexOf(':') + 1);
  }

  @Test
  void the_identity_provider_is_kept_where_the_rest_is_kept() {
    Path cache = Upstream.built().oracle().resolve("../..").normalize();
    assertThat(Keycloak.distribution().resolve("../..").normalize()).isEqualTo(cache);
  }
}
