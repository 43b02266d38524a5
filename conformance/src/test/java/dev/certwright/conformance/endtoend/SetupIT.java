package dev.certwright.conformance.endtoend;

import static dev.certwright.conformance.endtoend.RevocationCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Places;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A control-plane node prepared once, with an API server that is restarted as a kubelet does. */
@ExtendWith(ControlPlaneExtension.class)
class SetupIT {
  private final Path folder = Places.newFolder("setup");
  private final ControlPlane controlPlane;

  SetupIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  private Outcome certwright(String... words) {
    return Certwright.in(folder)
        .with("CERTWRIGHT_HOME", folder.resolve("home"))
        .with("PATH", controlPlane.programs() + ":" + System.getenv("PATH"))
        .run(words);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The administrator's file names the server that runs now. */
  private static void become(Path administrator, ApiServer server) throws IOException {
    Path made = Files.copy(server.administratorKubeconfig(), Path.of(administrator + ".new"));
    Files.move(
        made, administrator, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void setup_waits_for_the_restarted_server_and_shows_it_the_canary_and_undo_puts_all_back()
      throws Exception {
    certwright("ca", "init").expectSuccess();
    Path administrator = folder.resolve("admin.conf");
    String objects = "/setup-" + folder.getFileName();
    ApiServer before =
        controlPlane
            .newApiServer()
            .flag("--etcd-prefix", objects)
            .withAuthorityIn(folder.resolve("pki"))
            .start();
    become(administrator, before);
    String manifest =
        """
        kind: Pod
        spec:
          containers:
          - name: kube-apiserver
            image: registry.k8s.io/kube-apiserver:v1.%d.0
            command:
            - kube-apiserver
            - --authorization-mode=RBAC
            - --client-ca-file=%s/pki/ca.crt
        """
            .formatted(before.minorVersion(), folder);
    Path file =
        Files.writeString(
            Files.createDirectory(folder.resolve("manifests")).resolve("kube-apiserver.yaml"),
            manifest);
    String[] words = {
      "revocations",
      "setup",
      "--yes",
      "--manifest=" + file,
      "--dir=" + folder + "/made",
      "--ca=pki",
      "--kubeconfig=" + administrator
    };
    FutureTask<Outcome> setup = new FutureTask<>(() -> certwright(words));
    new Thread(setup).start();

    await(() -> read(file).contains("--authorization-config") || setup.isDone());
    before.close();
    try (ApiServer after =
        controlPlane
            .newApiServer()
            .flag("--etcd-prefix", objects)
            .flag("--authorization-config", folder.resolve("made/authorization.yaml"))
            .withAuthorityIn(folder.resolve("pki"))
            .start()) {
      become(administrator, after);

      Outcome outcome = setup.get().expect(0);

      assertThat(outcome.out())
          .contains("made the canary", "waiting for this-node", "this-node: in force");
      assertThat(certwright("revocations", "status").expect(0).out()).contains("in force");
    }

    certwright(
            "revocations",
            "setup",
            "--undo",
            "--yes",
            "--manifest=" + file,
            "--dir=" + folder + "/made")
        .expect(0);
    assertThat(file).hasContent(manifest);
  }
}
