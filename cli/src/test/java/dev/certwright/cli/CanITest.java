package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The answer to one question, and how it is told. */
final class CanITest {
  @TempDir Path folder;
  private PolicyFile policy;

  @BeforeEach
  void write() throws IOException {
    policy = PolicyFile.in(folder);
  }

  @Test
  void explanationNamesRuleRoleBindingFileAndLine() {
    Run run = policy.canI("get pods -n dev --as jane --as-group devs --explain");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("yes\n")
        .contains("system:authenticated (added by the API server)")
        .contains("RBAC: allowed by RoleBinding \"devs/dev\" of ClusterRole \"reader\" to Group")
        .contains("rule 1 of ClusterRole \"reader\" (" + policy.path() + ":1)")
        .contains("get, list of pods, pods/log in API group \"\"")
        .contains("RoleBinding \"devs/dev\" to Group \"devs\" (" + policy.path() + ":10)")
        .contains("2 roles and 2 bindings (1 object of other kinds left aside)");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void noSaysUpstreamsMessageAndWhatComesNearest() {
    Run run = policy.canI("delete pods -n dev --as jane --as-group devs --explain");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out())
        .startsWith("no\n")
        .contains("pods is forbidden: User \"jane\" cannot delete resource \"pods\" in API group")
        .contains("but for the verb: rule 1 of ClusterRole \"reader\"");
  }

  @Test
  void questionAboutAllNamespacesTellsInWhichOnesItWouldBeAllowed() {
    Run run = policy.canI("list pods -A --as jane --as-group devs --explain");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out()).contains("at the cluster scope", "but for the namespace: rule 1");
  }

  @Test
  void listPutsTogetherWhatMayBeDoneToEachResource() {
    Run run = policy.canI("--list -n dev --as jane --as-group devs");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("RESOURCES", "PATHS", "RESOURCE NAMES", "VERBS")
        .containsPattern("\n\\*\\.apps/scale +patch\n")
        .containsPattern("\npods +get,list\n")
        .containsPattern("\nsecrets +token +get,create\n");
    assertThat(policy.canI("--list -n dev --as jane --as-group devs --explain").out())
        .contains("RoleBinding \"devs/dev\" to Group \"devs\"");
  }

  @Test
  void jsonIsASubjectAccessReview() {
    Run run =
        policy.canI("get deploy/scale web -n dev --as jane --as-group devs --as-uid 7 -o json");

    assertThat(run.out())
        .contains("\"kind\": \"SubjectAccessReview\"", "\"subresource\": \"scale\"")
        .contains("\"name\": \"web\"", "\"uid\": \"7\"", "\"allowed\": false");
    assertThat(policy.canI("get pods -n dev --as jane --as-group devs -o yaml --explain").out())
        .contains("allowed: true", "allowedBy:", "line: 10", "- system:authenticated");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "get",
        "get pods",
        "--as jane",
        "get pods --as jane --list",
        "get pods --as jane --as-service-account a:b",
        "get pods --as-group devs",
        "get pods --as-service-account nobody",
        "get pods --as jane -n a -A",
        "get /x name --as jane",
        "get pods/a b --subresource log --as jane",
        "--request GET --as jane",
        "--json-lines --as jane",
        "get pods --as jane --kubernetes-version 1.37",
        "get pods --as jane --kubeconfig x"
      })
  void whatIsAskedWronglyIsRefusedAsWrongUsage(String words) {
    Run run = policy.canI(words);
    assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("error: ").contains("hint: ").doesNotContain("bug");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void quietOnlyEndsWithTheExitCode() {
    Run run = policy.canI("get nodes --as ann -q");
    assertThat(run).isEqualTo(new Run(ExitCode.OK, "", ""));
    assertThat(policy.canI("delete nodes --as ann -q")).isEqualTo(new Run(ExitCode.NO, "", ""));
  }

  @Test
  void controlCharactersInNamesDoNotReachTheTerminal() {
    Run run = policy.canI("get", "pods", "\u001b[2Jx", "--as", "ja\u001b[1mne", "--explain");
    assertThat(run.out() + run.err()).doesNotContain("\u001b");
  }
}
