package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * An API server that was set up to refuse certificates, with a CA and a ledger of its own, and an
 * outlets file that names it. Whoever is in the group admins may do everything.
 */
final class RevocationCluster implements AutoCloseable {
  static final String REVOKED = "this client certificate has been revoked";
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long PAUSE_NANOS = 200_000_000;

  final Path folder = Places.newFolder("end-to-end");
  final Path home = folder.resolve("home");
  final Path authorization = folder.resolve("authorization/authorization.yaml");
  final ApiServer server;
  private final ControlPlane controlPlane;

  /**
   * Sets it up.
   *
   * @param more words of {@code revocations setup}
   */
  RevocationCluster(ControlPlane controlPlane, String... more) {
    this("p-256", controlPlane, more);
  }

  /** The same by the kind of the CA's key. */
  RevocationCluster(String keyType, ControlPlane controlPlane, String... more) {
    this.controlPlane = controlPlane;
    certwright("ca", "init", "--key-type", keyType).expectSuccess();
    List<String> words =
        new ArrayList<>(
            List.of(
                "revocations",
                "setup",
                "--yes",
                "--authorization-mode=RBAC",
                "--dir=" + authorization.getParent()));
    words.addAll(List.of(more));
    certwright(words.toArray(String[]::new)).expectSuccess();
    server = start();
    addApiServer("first", server.administratorKubeconfig(), "");
    server
        .kubectl(
            "create",
            "clusterrolebinding",
            "admins",
            "--clusterrole=cluster-admin",
            "--group=admins")
        .expectSuccess();
  }

  /** Another API server of the same cluster, which reads the same file. */
  ApiServer start() {
    return controlPlane
        .newApiServer()
        .flag("--etcd-prefix", "/revocation-" + folder.getFileName())
        .flag("--authorization-config", authorization)
        .withAuthorityIn(folder.resolve("pki"))
        .start();
  }

  /** Names another API server in the outlets file, whose last outlet must be its own. */
  void addApiServer(String name, Path kubeconfig, String url) {
    Path outlets = home.resolve("outlets.yaml");
    try {
      String before = Files.readString(outlets);
      Files.writeString(
          outlets,
          before
              + (before.contains("apiServers:") ? "" : "    apiServers:\n")
              + "    - {name: "
              + name
              + ", kubeconfig: "
              + kubeconfig
              + (url.isEmpty() ? "" : ", server: '" + url + "'")
              + "}\n");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The launcher; kubectl of the control plane comes first on the path. */
  Outcome certwright(String... words) {
    return Certwright.in(folder)
        .with("CERTWRIGHT_HOME", home)
        .with("PATH", controlPlane.programs() + ":" + System.getenv("PATH"))
        .run(words);
  }

  /** The same on a terminal, on which somebody types; what is shown there is its output. */
  Outcome onTerminal(String typed, String... words) {
    String command =
        Places.root().resolve("cli/target/dist/certwright") + " " + String.join(" ", words);
    return Certwright.environmentOf(
            Program.of(folder, "script", "--quiet", "--return", "--command", command, "/dev/null"),
            folder)
        .with("CERTWRIGHT_HOME", home)
        .with("PATH", controlPlane.programs() + ":" + System.getenv("PATH"))
        .runWith(typed);
  }

  void issue(String user, String out, String... words) {
    List<String> all = new ArrayList<>(List.of("issue", user));
    all.addAll(List.of(words));
    all.addAll(List.of("--server", server.url(), "--out", folder.resolve(out).toString()));
    certwright(all.toArray(String[]::new)).expectSuccess();
  }

  Program kubectl(String out, String user) {
    return server.kubectlAs(folder.resolve(out).resolve(user).resolve("kubeconfig"));
  }

  static Outcome get(Program kubectl) {
    return kubectl.run("get", "namespaces", "-o", "name");
  }

  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("a minute has passed").isLessThan(end);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  @Override
  public void close() {
    server.close();
  }
}
