package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ServeTest {
  @TempDir Path folder;

  private String ca() {
    String ca = folder.resolve("pki").toString();
    assertThat(Run.certwright("ca", "init", "--ca", ca).exitCode()).isZero();
    return ca;
  }

  @Test
  void serves_on_the_address_that_it_prints_until_it_is_interrupted() throws Exception {
    Path manifest = Files.writeString(folder.resolve("pods.yaml"), "");
    String ca = ca();
    PipedInputStream reading = new PipedInputStream();
    PrintStream out =
        new PrintStream(new PipedOutputStream(reading), false, StandardCharsets.UTF_8);
    Console console =
        new Console(new ByteArrayInputStream(new byte[0]), out, out, Map.of(), false, false);
    Callable<Integer> serve =
        () ->
            Main.run(
                List.of("serve", "--ca", ca, "-f", manifest.toString(), "--secure-port", "0"),
                console);
    FutureTask<Integer> serving = new FutureTask<>(serve);
    Thread thread = new Thread(serving);
    thread.start();
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(reading, StandardCharsets.UTF_8));
    String line = lines.readLine();
    while (line != null && !line.startsWith("serving on https://127.0.0.1:")) {
      line = lines.readLine();
    }
    assertThat(line).isNotNull();
    thread.interrupt();
    assertThat(serving.get()).isZero();
  }

  @Test
  void what_cannot_be_used_is_said_and_nothing_is_served() throws IOException {
    String ca = ca();
    Path broken = Files.writeString(folder.resolve("broken.yaml"), "kind: [");
    Run run = Run.certwright("serve", "--ca", ca, "-f", broken.toString(), "--secure-port", "0");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("broken.yaml:1");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void options_that_make_no_sense_are_refused() {
    String ca = ca();
    for (String[] words :
        new String[][] {
          {"--tls-cert-file", "x"},
          {"--secure-port", "70000"},
          {"--bind-address", "localhost"},
          {"--max-connections", "-1"},
          {"--tls-sni-cert-key", "one"},
          {"--authorization-always-allow-paths", "/a*b"},
        }) {
      Run run = Run.certwright("serve", "--ca", ca, words[0], words[1]);
      assertThat(run.exitCode()).as(String.join(" ", words)).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).contains(words[0], "hint: ");
    }
  }

  @Test
  void one_policy_is_named_and_kubeconfigs_are_looked_at_before_anything_is_served()
      throws IOException {
    String ca = ca();
    String cluster =
        Files.writeString(
                folder.resolve("cluster.conf"),
                """
                current-context: x
                contexts: [{name: x, context: {cluster: c, user: u}}]
                clusters: [{name: c, cluster: {server: 'https://127.0.0.1:1'}}]
                users: [{name: u, user: {token: t}}]
                """)
            .toString();
    for (List<String> words :
        List.of(
            List.of("--context", "x"),
            List.of("--kubeconfig", cluster, "-f", "manifests"),
            List.of("--kubeconfig", cluster, "--with-defaults", "true"),
            List.of("--kubeconfig", cluster, "--role", "sandbox"),
            List.of("--kubeconfig", cluster, "--context", "none"),
            List.of("--kubeconfig", folder.resolve("none").toString()),
            List.of("--audit-webhook-config-file", folder.resolve("none").toString()),
            List.of(
                "--audit-webhook-config-file", cluster, "--audit-webhook-batch-max-wait", "soon"),
            List.of(
                "--audit-webhook-config-file", cluster, "--audit-webhook-batch-max-size", "0"))) {
      List<String> all = new java.util.ArrayList<>(List.of("serve", "--ca", ca));
      all.addAll(words);
      Run run = Run.certwright(all.toArray(new String[0]));
      assertThat(run.exitCode()).as(String.join(" ", words)).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).as(String.join(" ", words)).startsWith("error: ");
      assertThat(run.out()).isEmpty();
    }
  }
}
