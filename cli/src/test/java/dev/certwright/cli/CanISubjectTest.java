package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who asks, and with which groups. */
final class CanISubjectTest {
  @TempDir Path folder;
  private PolicyFile policy;

  @BeforeEach
  void write() throws IOException {
    policy = PolicyFile.in(folder);
  }

  @Test
  void serviceAccountHasItsGroupsAddedAndIsFoundByEitherName() {
    Run run = policy.canI("get pods -n dev --as-service-account dev:robot");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("system:serviceaccount:dev:robot")
        .contains("system:serviceaccounts:dev (added by the API server)");
    assertThat(policy.canI("get pods -n dev --as system:serviceaccount:dev:robot").out())
        .contains("system:serviceaccounts (added by the API server)");
    assertThat(
            policy.canI("get pods -n dev --as system:serviceaccount:dev:robot --as-group x").out())
        .doesNotContain("system:serviceaccounts");
  }

  @Test
  void anonymousIsInTheGroupOfTheUnauthenticated() {
    assertThat(policy.canI("get pods --as system:anonymous").out())
        .contains("system:unauthenticated (added")
        .doesNotContain("system:authenticated");
  }

  @Test
  void superuserIsAllowedWhateverTheRulesSay() {
    Run run = policy.canI("delete everything.anywhere --as x --as-group system:masters --explain");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("in system:masters, whom every authorizer allows all");
  }

  @Test
  void certificateRequestAndKubeconfigSayWhoAsks() {
    String ca = folder.resolve("pki").toString();
    String clients = folder.resolve("clients").toString();
    Run.certwright("ca", "init", "--ca", ca);
    Run.certwright("issue", "jane", "devs", "--ca", ca, "--out", clients, "-s", "https://x");
    for (String file : List.of("client.crt", "client.csr", "kubeconfig")) {
      Run run = policy.canI("get pods -n dev --as-cert " + clients + "/jane/" + file);
      assertThat(run.exitCode()).as(file + run.err()).isZero();
      assertThat(run.out())
          .containsPattern("\n  user +jane\n  groups +devs\n +system:authenticated \\(added");
    }
    assertThat(policy.canI("get pods --as-cert " + clients + "/jane/client.key").exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(policy.canI("get pods --as-cert " + ca + "/ca.crt").exitCode())
        .isEqualTo(ExitCode.NO);
  }

  @Test
  void kubeconfigWithoutCertificateIsRefusedWithWhatToDo() throws IOException {
    String file =
        policy.write(
            "token.yaml",
            "{current-context: c, contexts: [{name: c, context: {user: u}}],"
                + " users: [{name: u, user: {token: s3cret}}]}");
    Run run = policy.canI("get pods --as-cert " + file);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("has no client certificate", "ask with --as");
    assertThat(run.err() + run.out()).doesNotContain("s3cret");
  }
}
