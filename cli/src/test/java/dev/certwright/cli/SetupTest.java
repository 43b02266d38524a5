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

  private void changeMode(String from, String to) throws IOException {
    Files.writeString(
        manifest,
        Files.readString(manifest)
            .replace("--authorization-mode=" + from, "--authorization-mode=" + to));
  }

  @Test
  void set_up_again_after_undo_the_manifest_says_who_decides_and_not_the_file_left_over()
      throws IOException {
    issue();
    changeMode("Node,RBAC", "AlwaysAllow");
    setUp();
    run("revoke", "jane", "--yes");
    setUp("--undo");
    assertThat(authorization()).endsWith("name: alwaysallow\n");
    changeMode("AlwaysAllow", "Node,RBAC");

    Run shown = setUp("--dry-run");
    Run again = setUp();

    assertThat(shown.out())
        .contains("-- type: AlwaysAllow\n", "+- type: Node\n", "+- type: RBAC\n");
    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(again.err()).contains("with other authorizers, AlwaysAllow; it has", "Node,RBAC");
    assertThat(authorization())
        .doesNotContain("AlwaysAllow")
        .contains("X509SHA256=")
        .endsWith("- type: Node\n  name: node\n- type: RBAC\n  name: rbac\n");
    assertThat(folder.resolve("made/authorization.yaml.previous"))
        .content()
        .contains("AlwaysAllow", "X509SHA256=");
    assertThat(setUp().out()).contains("nothing had to be done");
  }

  @Test
  void modes_that_are_named_take_the_place_of_those_in_a_file_left_over() throws IOException {
    String[] words = {"revocations", "setup", "--yes", "--dir=" + folder + "/made"};
    run(add(words, "--authorization-mode=AlwaysAllow"));

    assertThat(run(add(words, "--authorization-mode=Node,RBAC")).exitCode()).isZero();

    assertThat(authorization()).contains("name: rbac").doesNotContain("AlwaysAllow");
  }

  @Test
  void webhook_that_somebody_wrote_stays_where_the_modes_name_it() throws IOException {
    String[] words = {"revocations", "setup", "--yes", "--dir=" + folder + "/made"};
    run(add(words, "--authorization-mode=Node,RBAC"));
    Files.writeString(
        folder.resolve("made/authorization.yaml"),
        authorization()
            + """
            - type: Webhook
              name: own
              webhook:
                timeout: 3s
                unauthorizedTTL: 30s
                authorizedTTL: 30s
                subjectAccessReviewVersion: v1
                failurePolicy: NoOpinion
                connectionInfo:
                  type: KubeConfigFile
                  kubeConfigFile: /etc/webhook.kubeconfig
            """);

    assertThat(run(add(words, "--authorization-mode=Node,RBAC,Webhook")).exitCode()).isZero();
    assertThat(authorization()).contains("name: own");
    assertThat(run(add(words, "--authorization-mode=Webhook,Node")).exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(run(add(words, "--authorization-mode=Node,RBAC")).exitCode()).isZero();
    assertThat(authorization()).contains("name: rbac").doesNotContain("name: own");
  }

  @Test
  void list_is_published_also_where_the_canary_is_there_already() throws IOException {
    issue();
    assertThat(run("revocations", "canary", "--ca=" + folder + "/pki").exitCode()).isLessThan(2);
    run("revoke", "jane", "--yes");

    Run setup = setUp();

    assertThat(setup.exitCode()).as(setup.err()).isZero();
    assertThat(run("revocations", "status", "--allow-unverified").exitCode()).isZero();
    String id = run("list", "--state=revoked", "-o=json").out();
    String jane = id.substring(id.lastIndexOf("X509SHA256="));
    assertThat(authorization()).contains(jane.substring(0, jane.indexOf('"')));
  }

  @Test
  void file_that_no_outlet_writes_is_prepared_and_said_not_to_be_published() throws IOException {
    issue();
    setUp();
    run("revoke", "jane", "--yes");

    Run elsewhere =
        run(
            "revocations",
            "setup",
            "--yes",
            "--authorization-mode=Node,RBAC",
            "--dir=" + folder + "/elsewhere");

    assertThat(elsewhere.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(elsewhere.err())
        .contains("prepared, but the list is not published", folder + "/elsewhere");
  }

  @Test
  void setup_says_what_kubeadm_has_to_know_for_its_next_upgrade() {
    assertThat(setUp().err())
        .contains("kubeadm upgrade")
        .contains("name: authorization-config", "value: " + folder + "/made/authorization.yaml")
        .contains("mountPath: " + folder + "/made");
  }
}
