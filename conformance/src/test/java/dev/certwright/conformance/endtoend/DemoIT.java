package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code certwright demo} where there is a kubectl, and what it says can be tried is tried. */
@ExtendWith(ControlPlaneExtension.class)
class DemoIT {
  private final Path folder = Places.newFolder("demo");
  private final Program certwright;
  private final Program kubectl;

  DemoIT(ControlPlane controlPlane) {
    certwright =
        Certwright.in(folder).with("PATH", controlPlane.programs() + ":" + System.getenv("PATH"));
    kubectl =
        Program.of(folder, controlPlane.programs().resolve("kubectl").toString())
            .with("HOME", folder);
  }

  @Test
  void kubectl_is_used_where_it_is_there_and_said_to_be() {
    assertThat(certwright.run("demo").expectSuccess())
        .contains("by kubectl")
        .containsSubsequence(
            "$ kubectl --kubeconfig clients/brancz/kubeconfig auth whoami",
            "Username",
            "$ kubectl --kubeconfig clients/brancz/kubeconfig get pods -A",
            "db-0",
            "$ kubectl --kubeconfig clients/brancz/kubeconfig delete pod web",
            "Error from server (Forbidden)",
            "$ kubectl --kubeconfig clients/jane/kubeconfig get pods -A",
            "User \"jane\" cannot list resource \"pods\"",
            "$ kubectl --kubeconfig other/brancz/kubeconfig get pods -A",
            "You must be logged in to the server",
            "$ kubectl --kubeconfig clients/expired/kubeconfig get pods -A",
            "You must be logged in to the server")
        .doesNotContain("a client of its own");
  }

  @Test
  void what_a_demo_that_is_kept_says_can_be_tried_works_until_it_is_interrupted()
      throws IOException, InterruptedException {
    Process demo = certwright.start("demo", "--keep");
    List<String> said = new ArrayList<>();
    Path policy;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(demo.getInputStream(), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      while (line != null && !line.contains("change what is read again")) {
        said.add(line.strip());
        line = lines.readLine();
      }
      policy = Path.of(String.valueOf(lines.readLine()).strip());
      Path pods = Path.of(String.valueOf(lines.readLine()).strip());
      tryIt(said, pods);
      demo.destroy();
      assertThat(demo.waitFor()).isNotZero();
    } finally {
      demo.destroyForcibly();
    }
    assertThat(policy.getParent()).doesNotExist();
  }

  private void tryIt(List<String> said, Path pods) throws IOException {
    String export = said.stream().filter(line -> line.startsWith("export ")).findFirst().get();
    Program user = kubectl.with("KUBECONFIG", Path.of(export.substring(export.indexOf('=') + 1)));
    assertThat(said).contains("kubectl auth can-i --list", "kubectl delete pod web");
    assertThat(user.run("get", "pods", "-A", "-o", "name").expectSuccess())
        .isEqualTo("pod/db-0\npod/web\n");
    assertThat(user.run("auth", "can-i", "--list").expectSuccess()).contains("pods");
    assertThat(user.run("delete", "pod", "web").expect(1).err()).contains("Forbidden");
    Files.writeString(pods, Files.readString(pods).replace("name: web", "name: renamed"));
    String names = "";
    for (int i = 0; i < 600 && !names.contains("pod/renamed"); i++) {
      LockSupport.parkNanos(100_000_000);
      names = user.run("get", "pods", "-A", "-o", "name").expectSuccess();
    }
    assertThat(names).contains("pod/renamed").doesNotContain("pod/web");
  }
}
