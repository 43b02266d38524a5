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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({
    "client CA bundle, --client-ca-file",
    "token file, --token-auth-file",
    "password file, --basic-auth-file",
    "AuthenticationConfiguration, --authentication-config",
    "CA bundle of proxies, --requestheader-client-ca-file"
  })
  void file_that_cannot_be_read_is_named_with_its_option_and_what_to_do(
      String what, String option) {
    for (String[] each :
        new String[][] {
          {folder.resolve("none").toString(), "does not exist"},
          {folder.toString(), "is a folder, where a file is expected"}
        }) {
      List<String> words = new ArrayList<>(List.of(option, each[0]));
      if (option.startsWith("--requestheader")) {
        words.addAll(List.of("--requestheader-username-headers", "X-Remote-User"));
      }
      assertRefused(
          words,
          "error: the " + what + " " + each[0] + " " + each[1] + "\n",
          "hint: name a file that can be read with " + option + "\n");
    }
  }

  @Test
  void serving_certificate_that_cannot_be_read_is_named() {
    ca();
    String certificate = folder.resolve("pki/ca.crt").toString();
    String none = folder.resolve("none").toString();
    assertRefused(
        List.of("--tls-cert-file", none, "--tls-private-key-file", none),
        "error: the serving certificate " + none + " does not exist\n",
        "hint: name a file that can be read with --tls-cert-file");
    assertRefused(
        List.of("--tls-sni-cert-key", certificate + "," + none),
        "error: the key of the serving certificate " + none + " does not exist\n",
        "--tls-sni-cert-key");
  }

  @Test
  void secrets_in_no_csv_are_told_with_the_file_and_what_a_row_is() throws IOException {
    Path file = Files.writeString(folder.resolve("secrets.csv"), "\"s3cret,a,b\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    assertRefused(
        List.of("--token-auth-file", file.toString()),
        "error: the token file " + file + " cannot be used: parse error on line 1, column ",
        "hint: its rows are CSV: token,name,uid or ");
    assertRefused(
        List.of("--basic-auth-file", file.toString()),
        "error: the password file " + file + " cannot be used: parse error on line 1, column ",
        "hint: its rows are CSV: password,name,uid or ");
    Files.writeString(file, "s3cret,a\n");
    assertRefused(
        List.of("--token-auth-file", file.toString()),
        "error: token file '" + file + "' must have at least 3 columns (token, user name, user");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw--w----"));
    assertRefused(
        List.of("--token-auth-file", file.toString()),
        "error: " + file + " can be written by its group",
        "chmod 600 " + file);
  }

  @Test
  void audit_log_that_cannot_be_written_is_named() {
    Path file = folder.resolve("none/audit.log");
    Run run = serve(List.of("--audit-log-path", file.toString()));
    assertThat(run.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(run.err())
        .contains("error: the folder of the audit log " + file + " does not exist\n");
    assertThat(serve(List.of("--audit-log-path", folder.toString())).err())
        .contains("error: the audit log " + folder + " is a folder, where a file is expected\n");
  }

  private void assertRefused(List<String> options, String... texts) {
    Run run = serve(options);
    assertThat(run.exitCode()).as(String.join(" ", options)).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(texts).doesNotContain("s3cret", "Exception");
    assertThat(run.out()).isEmpty();
  }

  private Run serve(List<String> options) {
    Path pki = folder.resolve("pki");
    List<String> words =
        new ArrayList<>(
            List.of(
                "serve",
                "--ca",
                Files.exists(pki) ? pki.toString() : ca(),
                "--no-ledger",
                "--secure-port",
                "0"));
    words.addAll(options);
    return Run.certwright(words.toArray(new String[0]));
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
      List<String> all = new ArrayList<>(List.of("serve", "--ca", ca));
      all.addAll(words);
      Run run = Run.certwright(all.toArray(new String[0]));
      assertThat(run.exitCode()).as(String.join(" ", words)).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).as(String.join(" ", words)).startsWith("error: ");
      assertThat(run.out()).isEmpty();
    }
  }
}
