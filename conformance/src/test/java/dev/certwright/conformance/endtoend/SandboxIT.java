package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** kubectl against a real API server and against {@code certwright serve} with the same policy. */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxIT {
  private static final Path EXAMPLES = Places.root().resolve("examples");

  private final Path folder = Places.newFolder("sandbox");
  private final ApiServer real;
  private final ServingProcess sandbox;
  private final Program atReal;
  private final Program atSandbox;

  SandboxIT(ControlPlane controlPlane) {
    Certwright.in(folder).run("ca", "init").expectSuccess();
    real =
        controlPlane.newApiServer().withOwnObjects().withAuthorityIn(folder.resolve("pki")).start();
    for (String file : List.of("read-only-user.yaml", "read-only-users.yaml")) {
      real.kubectl("apply", "-f", EXAMPLES.resolve(file).toString()).expectSuccess();
    }
    sandbox = ServingProcess.start(folder, 0, "-f", EXAMPLES.toString());
    Certwright.in(folder)
        .run("issue", "brancz", "read-only-users", "--server", real.url())
        .expectSuccess();
    Program kubectl =
        real.kubectlProgram().with("KUBECONFIG", folder.resolve("clients/brancz/kubeconfig"));
    atReal = kubectl;
    atSandbox = kubectl;
  }

  @AfterAll
  void stop() {
    sandbox.close();
    real.close();
  }

  private Outcome sandbox(String... words) {
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--server";
    all[words.length + 1] = sandbox.url();
    return atSandbox.run(all);
  }

  @Test
  void whoami_and_can_i_print_the_same() {
    for (String line :
        List.of(
            "auth whoami -o json",
            "auth can-i list pods",
            "auth can-i delete pods",
            "auth can-i get /version",
            "auth can-i get pods/log -n other",
            "auth can-i --list --no-headers")) {
      Outcome expected = atReal.run(line.split(" ", -1));
      Outcome actual = sandbox(line.split(" ", -1));
      assertThat(comparable(actual.out())).as(line).isEqualTo(comparable(expected.out()));
      assertThat(actual.err()).as(line).isEqualTo(expected.err());
      assertThat(actual.exitCode()).as(line).isEqualTo(expected.exitCode());
    }
  }

  // Rules come in the order of a Go map; times differ.
  private static List<String> comparable(String output) {
    return output
        .lines()
        .filter(line -> !line.contains("creationTimestamp"))
        .map(line -> line.strip().replaceAll(" +", " "))
        .sorted()
        .toList();
  }

  @Test
  void what_is_forbidden_is_told_in_the_same_words() {
    for (String line :
        List.of(
            "delete pod web",
            "get secrets -n data",
            "get deployments -A",
            "create configmap x --from-literal=a=b",
            "label namespace default a=b")) {
      Outcome expected = atReal.run(line.split(" ", -1));
      Outcome actual = sandbox(line.split(" ", -1));
      assertThat(actual.err()).as(line).isEqualTo(expected.err());
      assertThat(actual.exitCode()).as(line).isEqualTo(expected.exitCode()).isNotZero();
    }
  }

  @Test
  void pods_are_listed_and_a_write_is_not_done() {
    assertThat(sandbox("get", "pods", "-A", "-o", "name").expectSuccess())
        .isEqualTo("pod/db-0\npod/web\n");
    assertThat(sandbox("get", "pods", "-n", "data").expectSuccess())
        .containsPattern("NAME +READY +STATUS +RESTARTS +AGE")
        .containsPattern("db-0 +1/1 +Running +2 ");
    Certwright.in(folder)
        .run(
            "issue",
            "root",
            "system:masters",
            "--allow-system-names",
            "--allow-system-masters",
            "--server",
            sandbox.url())
        .expectSuccess();
    Program root =
        real.kubectlProgram().with("KUBECONFIG", folder.resolve("clients/root/kubeconfig"));
    for (String line :
        List.of(
            "delete pod web",
            "apply -f " + EXAMPLES.resolve("sandbox-pods.yaml"),
            "create namespace x")) {
      assertThat(root.run(line.split(" ", -1)).expect(1).err())
          .as(line)
          .contains("what was asked is authorized, and was not done");
    }
  }
}
