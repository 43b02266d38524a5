package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.revocation.authorization.ListMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An API server prepared, once. */
final class SetupTest {
  @TempDir Path folder;
  private Path home;
  private Path manifest;

  @BeforeEach
  void makeAuthorityAndManifest() throws IOException {
    home = folder.resolve("home");
    assertThat(run("ca", "init", "--ca", folder + "/pki").exitCode()).isZero();
    manifest =
        Files.writeString(
            Files.createDirectory(folder.resolve("manifests")).resolve("kube-apiserver.yaml"),
            """
            kind: Pod
            spec:
              containers:
              - name: kube-apiserver
                image: registry.k8s.io/kube-apiserver:v1.37.2
                command:
                - kube-apiserver
                - --advertise-address=10.0.0.11
                - --authorization-mode=Node,RBAC
                - --client-ca-file=%s/pki/ca.crt
                - --secure-port=6444
            """
                .formatted(folder));
  }

  private Run run(String... words) {
    return Run.withInput("", Map.of("CERTWRIGHT_HOME", home.toString()), words);
  }

  private void issue() {
    String[] words = {"issue", "jane", "--ca=" + folder + "/pki", "-s=https://h"};
    assertThat(run(add(words, "--out=" + folder + "/out")).exitCode()).isZero();
  }

  private String authorization() throws IOException {
    return Files.readString(folder.resolve("made/authorization.yaml"));
  }

  private Run setUp(String... more) {
    String[] words = {
      "revocations", "setup", "--yes", "--manifest=" + manifest, "--dir=" + folder + "/made"
    };
    return run(add(words, more));
  }

  private static String[] add(String[] words, String... more) {
    String[] all = Arrays.copyOf(words, words.length + more.length);
    System.arraycopy(more, 0, all, words.length, more.length);
    return all;
  }

  @Test
  void whereTheLedgerAndTheKeyOfTheCaAreAtHandTheCanaryIsMadeAndPublished() throws IOException {
    issue();

    Run setup = setUp();

    assertThat(setup.exitCode()).as(setup.err()).isZero();
    assertThat(setup.out()).contains("made the canary " + home.resolve("canary.kubeconfig"));
    assertThat(ListMark.in(authorization())).hasSize(32);
    String made = Files.readString(home.resolve("canary.kubeconfig"));

    Run again = setUp();

    assertThat(again.out()).contains("nothing had to be done").doesNotContain("canary");
    assertThat(home.resolve("canary.kubeconfig")).hasContent(made);
  }

  @Test
  void onANodeWithoutALedgerNoCanaryIsMadeUnlessTheCaIsNamed() throws IOException {
    setUp();

    assertThat(home.resolve("canary.kubeconfig")).doesNotExist();
    assertThat(home.resolve("ledger.jsonl")).doesNotExist();
    assertThat(authorization()).contains("# BEGIN certwright: written by");

    setUp("--ca=" + folder + "/pki");

    assertThat(ListMark.in(authorization())).hasSize(32);
  }

  @Test
  void dryRunWritesNothing() {
    Run setup = setUp("--dry-run");

    assertThat(setup.exitCode()).isZero();
    assertThat(folder.resolve("made")).doesNotExist();
    assertThat(home).doesNotExist();
  }

  @Test
  void preparedFileNamesTheLedgerSoThatAnotherDoesNotPublishToIt() throws IOException {
    issue();
    Files.delete(folder.resolve("pki/ca.key"));

    setUp();
    Run other = run("revocations", "publish", "--ledger", folder.resolve("other").toString());

    assertThat(authorization()).containsPattern("# BEGIN certwright: ledger [0-9a-f]{12}, ");
    assertThat(other.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(other.out()).contains("it is published from the ledger");
    assertThat(run("revocations", "publish").exitCode()).isZero();
  }

  @Test
  void thisNodesApiServerIsNamedToBeAsked() throws IOException {
    Run setup = setUp("--kubeconfig=/etc/kubernetes/admin.conf", "--no-wait");

    assertThat(setup.exitCode()).as(setup.err()).isZero();
    assertThat(Files.readString(home.resolve("outlets.yaml")))
        .endsWith(
            """
                apiServers:
                - name: "10.0.0.11"
                  server: https://10.0.0.11:6444
                  kubeconfig: /etc/kubernetes/admin.conf
            """);
  }
}
