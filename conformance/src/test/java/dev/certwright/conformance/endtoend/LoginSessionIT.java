package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.controlplane.Keycloak;
import dev.certwright.conformance.controlplane.Servers;
import dev.certwright.conformance.controlplane.Upstream;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The session of the README that logs in by certificate, token, password and Keycloak: run as it
 * stands there, in one shell, with the real kubectl; only ports are others, and what is new each
 * time (times, hashes, identifiers) is not compared.
 */
@Tag("endurance")
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginSessionIT {
  private static final String SERVER = "127.0.0.1:7443";
  private static final String PROVIDER = "127.0.0.1:8443";

  private final Path folder = Places.newFolder("logins");
  private final ControlPlane controlPlane;
  private final Keycloak keycloak;

  LoginSessionIT(ControlPlane controlPlane) throws IOException {
    this.controlPlane = controlPlane;
    keycloak = Keycloak.start(folder, controlPlane.apiServer().pki());
    Files.copy(controlPlane.apiServer().pki().authorityFile(), folder.resolve("keycloak.crt"));
    ReadmeSession.copyExamples(folder);
  }

  @AfterAll
  void stop() {
    keycloak.close();
  }

  @Test
  void every_line_of_the_session_is_true() throws IOException {
    ReadmeSession session = ReadmeSession.of("logins");
    String server = "127.0.0.1:" + Servers.freePort();
    String provider = keycloak.url().substring("https://".length());
    String script =
        session
            .script()
            .replace(SERVER, server)
            .replace("--secure-port " + port(SERVER), "--secure-port " + port(server))
            .replace(PROVIDER, provider);
    Outcome outcome = ReadmeSession.shell(folder, controlPlane).run("-c", script);
    String actual =
        outcome
            .out()
            .replace(server, SERVER)
            .replace("--secure-port " + port(server), "--secure-port " + port(SERVER))
            .replace(provider, PROVIDER);
    assertThat(session.text().lines().filter(line -> line.matches("[$] kubectl .*auth whoami")))
        .hasSize(4);
    assertThat(ReadmeSession.normalised(actual))
        .as(actual)
        .isEqualTo(ReadmeSession.normalised(session.text()));
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
