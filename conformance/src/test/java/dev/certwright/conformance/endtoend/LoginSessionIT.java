package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.controlplane.Keycloak;
import dev.certwright.conformance.controlplane.Servers;
import dev.certwright.conformance.controlplane.Upstream;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
  private static final Pattern BLOCK =
      Pattern.compile("```console logins\n(.*?)```", Pattern.DOTALL);
  private static final String SERVER = "127.0.0.1:7443";
  private static final String PROVIDER = "127.0.0.1:8443";

  private final Path folder = Places.newFolder("logins");
  private final ControlPlane controlPlane;
  private final Keycloak keycloak;

  LoginSessionIT(ControlPlane controlPlane) throws IOException {
    this.controlPlane = controlPlane;
    keycloak = Keycloak.start(folder, controlPlane.apiServer().pki());
    Files.copy(controlPlane.apiServer().pki().authorityFile(), folder.resolve("keycloak.crt"));
    Path examples = Files.createDirectory(folder.resolve("examples"));
    try (Stream<Path> files = Files.list(Places.root().resolve("examples"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, examples.resolve(file.getFileName()));
      }
    }
  }

  @AfterAll
  void stop() {
    keycloak.close();
  }

  @Test
  void every_line_of_the_session_is_true() throws IOException {
    Matcher block = BLOCK.matcher(Files.readString(Places.root().resolve("README.md")));
    assertThat(block.find()).isTrue();
    String session = block.group(1);
    String server = "127.0.0.1:" + Servers.freePort();
    String provider = keycloak.url().substring("https://".length());
    String script =
        script(session)
            .replace(SERVER, server)
            .replace("--secure-port " + port(SERVER), "--secure-port " + port(server))
            .replace(PROVIDER, provider);
    Outcome outcome = shell().run("-c", script);
    String actual =
        outcome
            .out()
            .replace(server, SERVER)
            .replace("--secure-port " + port(server), "--secure-port " + port(SERVER))
            .replace(provider, PROVIDER);
    assertThat(session.lines().filter(line -> line.matches("[$] kubectl .*auth whoami")))
        .hasSize(4);
    assertThat(normalised(actual)).as(actual).isEqualTo(normalised(session));
  }

  private Program shell() {
    return Certwright.environmentOf(Program.of(folder, "/bin/bash"), folder)
        .with(
            "PATH",
            Places.root().resolve("cli/target/dist")
                + ":"
                + controlPlane.programs()
                + ":"
                + System.getenv("PATH"));
  }

  /** Shows each command before it is run; what runs in the background is waited for. */
  private static String script(String session) {
    StringBuilder script = new StringBuilder("exec 2>&1\n");
    for (String command : commands(session)) {
      script.append("cat <<'SHOWN'\n$ ").append(command).append("\nSHOWN\n");
      String plain = command.replace("\n> ", "\n");
      if (plain.endsWith("&")) {
        script
            .append("exec 3< <(exec ")
            .append(plain, 0, plain.length() - 1)
            .append("2>&1)\ntrap \"kill $!\" EXIT\n")
            .append("while read -r line <&3; do printf '%s\\n' \"$line\"\n")
            .append("  case $line in serving*) break ;; esac\ndone\n");
      } else {
        script.append(plain).append('\n');
      }
    }
    return script.toString();
  }

  private static List<String> commands(String session) {
    List<String> commands = new ArrayList<>();
    for (String line : session.lines().toList()) {
      if (line.startsWith("$ ")) {
        commands.add(line.substring(2));
      } else if (line.startsWith("> ")) {
        commands.set(commands.size() - 1, commands.get(commands.size() - 1) + "\n" + line);
      }
    }
    return commands;
  }

  private static String port(String address) {
    return address.substring(address.indexOf(':') + 1);
  }

  private static String normalised(String text) {
    return text.replaceAll("\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d", "TIME")
        .replaceAll("[0-9a-f]{64}", "HASH")
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID")
        .replaceAll("(?m)\\d+s$", "AGE")
        .replaceAll("TLS: .*", "TLS: EITHER")
        .replaceAll(" +", " ");
  }

  @Test
  void the_identity_provider_is_kept_where_the_rest_is_kept() {
    Path cache = Upstream.built().oracle().resolve("../..").normalize();
    assertThat(Keycloak.distribution().resolve("../..").normalize()).isEqualTo(cache);
  }
}
