package dev.certwright.conformance.controlplane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import dev.certwright.testing.OpenSsl;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** What tests may rely on. */
@ExtendWith(ControlPlaneExtension.class)
class ControlPlaneIT {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long PAUSE_NANOS = 20_000_000;

  private static final AtomicReference<ControlPlane> OF_ANOTHER_RUN = new AtomicReference<>();

  private final ControlPlane controlPlane;
  private final Path folder = Places.newFolder("end-to-end");

  ControlPlaneIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  @ParameterizedTest
  @CsvSource({"KILL, ''", "TERM, -"})
  void when_the_process_or_its_group_is_told_to_end_its_servers_end_and_their_data_goes(
      String signal, String group) throws Exception {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process process =
        new ProcessBuilder(
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                "-Dkubernetes=" + System.getProperty("kubernetes", ""),
                UntilKilled.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8))) {
      int port = URI.create(lines.readLine()).getPort();
      Path data = Path.of(lines.readLine()).resolve("etcd-data");
      ProcessHandle program = ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
      assertThat(answers(port)).isTrue();
      assertThat(data).isDirectory();
      Program.of(folder, "/bin/kill")
          .run("-" + signal, "--", group + process.pid())
          .expectSuccess();
      process.waitFor();
      await(() -> !answers(port));
      await(() -> !Files.exists(data));
      await(() -> !program.isAlive());
      SharedControlPlane.delete(requireNonNull(data.getParent()));
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void another_api_server_takes_tokens_and_its_own_authorization_over_the_same_objects()
      throws IOException {
    Path tokens = Files.writeString(folder.resolve("tokens.csv"), "secret,ann,1,\"devs\"\n");
    Path authorization =
        Files.writeString(
            folder.resolve("authorization.yaml"),
            """
            apiVersion: apiserver.config.k8s.io/v1
            kind: AuthorizationConfiguration
            authorizers:
            - {type: RBAC, name: rbac}
            """);
    controlPlane.apiServer().kubectl("create", "namespace", "seen-by-both").expectSuccess();
    try (ApiServer other =
        controlPlane
            .newApiServer()
            .flag("--token-auth-file", tokens)
            .flag("--authorization-config", authorization)
            .start()) {
      Path none = Files.writeString(folder.resolve("none"), "");
      Program ann =
          other
              .kubectlAs(none)
              .withArguments(
                  "--server=" + other.url(),
                  "--certificate-authority=" + other.pki().authorityFile(),
                  "--token=secret");
      assertThat(ann.run("get", "namespaces").expect(1).err())
          .contains("namespaces is forbidden: User \"ann\" cannot list resource \"namespaces\"");
      assertThat(other.kubectl("get", "namespace", "seen-by-both", "-o", "name").expectSuccess())
          .isEqualTo("namespace/seen-by-both\n");
    }
  }

  @Test
  void the_controller_manager_signs_an_approved_request_with_the_CA() {
    controlPlane.requireControllerManager();
    ApiServer server = controlPlane.apiServer();
    OpenSsl.run(
        folder,
        "req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout mia.key -out mia.csr"
            + " -subj /O=devs/CN=mia");
    server
        .kubectlAs(server.administratorKubeconfig())
        .runWith(request(folder.resolve("mia.csr")), "apply", "-f", "-")
        .expectSuccess();
    server.kubectl("certificate", "approve", "mia").expectSuccess();
    server
        .kubectl("wait", "--for=jsonpath={.status.certificate}", "csr/mia", "--timeout=60s")
        .expectSuccess();
    String certificate =
        new String(
            Base64.getDecoder()
                .decode(
                    server
                        .kubectl("get", "csr", "mia", "-o", "jsonpath={.status.certificate}")
                        .expectSuccess()),
            UTF_8);
    assertThat(certificate).startsWith("-----BEGIN CERTIFICATE-----\n");
  }

  private static String request(Path file) {
    try {
      return """
          apiVersion: certificates.k8s.io/v1
          kind: CertificateSigningRequest
          metadata: {name: mia}
          spec:
            request: %s
            signerName: kubernetes.io/kube-apiserver-client
            usages: [client auth]
          """
          .formatted(Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static boolean answers(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("a minute has passed").isLessThan(end);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /** Not run by itself. */
  @ExtendWith(ControlPlaneExtension.class)
  static class AllPasses {
    @Test
    void passes(ControlPlane started) {
      OF_ANOTHER_RUN.set(started);
    }
  }

  /** Not run by itself. */
  @ExtendWith(ControlPlaneExtension.class)
  static class OneFails {
    @Test
    void fails(ControlPlane started) {
      OF_ANOTHER_RUN.set(started);
      throw new AssertionError("as it is to be");
    }
  }

  /** Not run by itself. */
  @ExtendWith(ControlPlaneExtension.class)
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class CannotBeMade {
    CannotBeMade(ControlPlane started) {
      OF_ANOTHER_RUN.set(started);
      throw new AssertionError("as it is to be");
    }

    @Test
    void never() {}
  }

  @ParameterizedTest
  @CsvSource({"AllPasses, false", "OneFails, true", "CannotBeMade, true"})
  void logs_are_kept_if_a_test_or_its_class_fails(String name, boolean kept) throws Exception {
    Class<?> tests = Class.forName(ControlPlaneIT.class.getName() + "$" + name);
    try (LauncherSession session = LauncherFactory.openSession()) {
      session
          .getLauncher()
          .execute(
              LauncherDiscoveryRequestBuilder.request()
                  .selectors(DiscoverySelectors.selectClass(tests))
                  .build());
    }

    Path other = requireNonNull(OF_ANOTHER_RUN.get()).folder();
    assertThat(other).isNotEqualTo(controlPlane.folder());
    assertThat(Files.exists(other.resolve("etcd.log"))).isEqualTo(kept);
    if (kept) {
      SharedControlPlane.delete(other);
    }
  }
}
