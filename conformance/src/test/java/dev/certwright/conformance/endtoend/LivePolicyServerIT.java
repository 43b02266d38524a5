package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code certwright serve --kubeconfig}: the policy of a real API server, as it changes. */
@ExtendWith(ControlPlaneExtension.class)
class LivePolicyServerIT {
  private final Path folder = Places.newFolder("live-policy");
  private final ControlPlane controlPlane;

  LivePolicyServerIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
    Certwright.in(folder).run("ca", "init").expectSuccess();
  }

  private ApiServer startApiServer() {
    return controlPlane
        .newApiServer()
        .flag("--etcd-prefix", "/live-policy")
        .withAuthorityIn(folder.resolve("pki"))
        .start();
  }

  // With the same key pair for another server, as when a kubeconfig is rolled out anew.
  private Path kubeconfigFor(String server) {
    Certwright.in(folder)
        .run("issue", "policy-reader", "--server", server, "--force")
        .expectSuccess();
    Path kubeconfig = folder.resolve("reader.kubeconfig");
    try {
      Path next =
          Files.copy(
              folder.resolve("clients/policy-reader/kubeconfig"),
              folder.resolve("next"),
              StandardCopyOption.REPLACE_EXISTING);
      return Files.move(next, kubeconfig, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void awaitAnswer(Program jane, String answer) {
    long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (!answer.equals(ask(jane))) {
      assertThat(System.nanoTime() - end).as("waited for " + answer).isNegative();
      // Each answer costs a kubectl.
      LockSupport.parkNanos(200_000_000);
    }
  }

  private static String ask(Program jane) {
    return jane.run("auth", "can-i", "list", "pods", "-n", "dev").out().strip();
  }

  private static int ready(Program jane) {
    return jane.run("get", "--raw", "/readyz").exitCode();
  }

  @Test
  void bindings_of_the_cluster_count_until_they_are_deleted_also_across_its_restart() {
    ApiServer first = startApiServer();
    Path reader = kubeconfigFor(first.url());
    try (ServingProcess server =
        ServingProcess.start(folder, 0, "--role", "review", "--kubeconfig", reader.toString())) {
      Certwright.in(folder).run("issue", "jane", "--server", server.url()).expectSuccess();
      Program jane = first.kubectlAs(folder.resolve("clients/jane/kubeconfig"));

      // It may not read the policy yet: it is not ready, and nobody may do anything.
      assertThat(ready(jane)).isNotZero();
      assertThat(jane.run("auth", "can-i", "list", "pods", "-n", "dev").exitCode()).isNotZero();

      first
          .kubectl(
              "apply",
              "--validate=false",
              "-f",
              Places.root().resolve("deploy/policy-reader.yaml").toString())
          .expectSuccess();
      first
          .kubectl(
              "create",
              "clusterrolebinding",
              "reader",
              "--clusterrole=certwright-policy-reader",
              "--user=policy-reader")
          .expectSuccess();
      awaitAnswer(jane, "no");
      assertThat(ready(jane)).isZero();

      first.kubectl("create", "namespace", "dev").expectSuccess();
      first
          .kubectl("create", "clusterrole", "pod-lister", "--verb=list", "--resource=pods")
          .expectSuccess();
      bind(first);
      awaitAnswer(jane, "yes");
      unbind(first);
      awaitAnswer(jane, "no");

      // Away: what is known stays. Back, at another address: what happened meanwhile counts.
      bind(first);
      awaitAnswer(jane, "yes");
      first.close();
      assertThat(ask(jane)).isEqualTo("yes");
      assertThat(ready(jane)).isZero();
      try (ApiServer second = startApiServer()) {
        unbind(second);
        kubeconfigFor(second.url());
        awaitAnswer(jane, "no");
        bind(second);
        awaitAnswer(jane, "yes");
      }
    }
  }

  private static void bind(ApiServer server) {
    server
        .kubectl(
            "create", "rolebinding", "jane", "-n", "dev", "--clusterrole=pod-lister", "--user=jane")
        .expectSuccess();
  }

  private static void unbind(ApiServer server) {
    server.kubectl("delete", "rolebinding", "jane", "-n", "dev").expectSuccess();
  }
}
