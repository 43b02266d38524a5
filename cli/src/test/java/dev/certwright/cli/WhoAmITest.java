package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What is read locally, and what is said of each answer of a server; whether real servers say the
 * same as the kubeconfig is for the conformance tests.
 */
final class WhoAmITest {
  @TempDir Path folder;

  private String certificate = "";
  private String credentialId = "";

  @BeforeEach
  void issueJane() throws IOException {
    String pki = folder.resolve("pki").toString();
    Path jane = folder.resolve("jane");
    assertThat(Run.certwright("ca", "init", "--ca", pki).exitCode()).isZero();
    Run issued =
        Run.certwright(
            "issue", "jane", "devs", "--uid", "u-1", "--ca", pki, "--out", jane.toString());
    assertThat(issued.exitCode()).as(issued.err()).isZero();
    Path folderOfJane = jane.resolve("jane");
    certificate =
        "client-certificate: '%s', client-key: '%s'"
            .formatted(folderOfJane.resolve("client.crt"), folderOfJane.resolve("client.key"));
    credentialId =
        issued.out().lines().filter(line -> line.contains("X509SHA256=")).findFirst().orElseThrow();
    credentialId = credentialId.substring(credentialId.indexOf("X509SHA256="));
  }

  private String kubeconfig(String server, String user) throws IOException {
    return Files.writeString(
            folder.resolve("config"),
            """
            apiVersion: v1
            kind: Config
            clusters: [{name: c, cluster: {server: '%s'}}]
            users: [{name: u, user: {%s}}]
            contexts: [{name: x, context: {cluster: c, user: u}}]
            current-context: x
            """
                .formatted(server, user))
        .toString();
  }

  private Run local(String user) throws IOException {
    return Run.certwright(
        "whoami", "--local", "--kubeconfig", kubeconfig("https://127.0.0.1:1", user));
  }

  private Run answered(int status, String body, String user, String... options) throws IOException {
    try (AnsweringServer server = AnsweringServer.with(status, body)) {
      String[] words = new String[options.length + 3];
      words[0] = "whoami";
      words[1] = "--kubeconfig";
      words[2] = kubeconfig(server.url(), user);
      System.arraycopy(options, 0, words, 3, options.length);
      return Run.certwright(words);
    }
  }

  private static String review(String userInfo) {
    return "{\"kind\":\"SelfSubjectReview\",\"status\":{\"userInfo\":{" + userInfo + "}}}";
  }

  private String seen(String name, String uid, String groups, String extra) {
    return review(
        "\"username\":\"%s\",\"uid\":\"%s\",\"groups\":[%s],\"extra\":{%s}"
            .formatted(name, uid, groups, extra));
  }

  private String ownExtra() {
    return "\"authentication.kubernetes.io/credential-id\":[\"" + credentialId + "\"]";
  }

  private static final String OWN_GROUPS = "\"devs\",\"system:authenticated\"";

  @Test
  void token_and_password_are_named_and_never_printed() throws IOException {
    Run token = local("token: s3cret");
    assertThat(token.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(token.out()).contains("a token", "only the server knows").doesNotContain("s3cret");
    Run password =
        Run.certwright(
            "whoami",
            "--local",
            "-o",
            "json",
            "--kubeconfig",
            kubeconfig("https://127.0.0.1:1", "username: jane, password: s3cret"));
    assertThat(password.out())
        .contains("\"credential\": \"the password of jane\"", "\"local\": null")
        .doesNotContain("s3cret");
  }

  @Test
  void impersonation_is_told_and_hides_not_whose_certificate_it_is() throws IOException {
    assertThat(local("token: t, as: zed").out()).contains("to act as zed", "only the server knows");
    Run run = local(certificate + ", as: zed");
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.out())
        .contains("a client certificate, to act as zed", "jane", "devs", credentialId)
        .doesNotContain("only the server knows");
  }

  @Test
  void server_that_cannot_be_reached_is_an_error_after_what_is_known() throws IOException {
    Run run =
        Run.certwright(
            "whoami", "--kubeconfig", kubeconfig("https://127.0.0.1:1", "token: s3cret"));
    assertThat(run.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(run.out()).contains("a token");
    assertThat(run.err())
        .contains("error: https://127.0.0.1:1 cannot be reached: ")
        .doesNotContain("s3cret");
  }

  @Test
  void the_same_user_is_said_to_be_the_same() throws IOException {
    Run run = answered(201, seen("jane", "u-1", OWN_GROUPS, ownExtra()), certificate);
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.out()).contains("both say the same\n").doesNotContain("differs");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void another_group_uid_or_extra_is_explained_and_no_failure() throws IOException {
    Run groups =
        answered(
            201, seen("jane", "u-1", "\"ops\",\"system:authenticated\"", ownExtra()), certificate);
    assertThat(groups.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(groups.out())
        .contains(
            "differs: the server adds the group ops\n",
            "differs: the server does not see the group devs\n")
        .doesNotContain("both say the same");
    assertThat(answered(201, seen("jane", "", OWN_GROUPS, ownExtra()), certificate).out())
        .contains("differs: the server does not see the uid u-1: before 1.33 none is read\n");
    assertThat(answered(201, seen("jane", "u-2", OWN_GROUPS, ownExtra()), certificate).out())
        .contains("differs: the server sees the uid u-2, not u-1: another credential of this user");
    assertThat(answered(201, seen("jane", "u-1", OWN_GROUPS, ""), certificate).out())
        .contains(
            "differs: the server does not know authentication.kubernetes.io/credential-id: before"
                + " 1.32 there is none, and none if something in between says who you are\n");
    assertThat(
            answered(
                    201,
                    seen(
                        "jane",
                        "u-1",
                        OWN_GROUPS,
                        ownExtra().replace(credentialId, "JTI=x") + ",\"k\":[\"v\"]"),
                    certificate)
                .out())
        .contains(
            "differs: the server sees authentication.kubernetes.io/credential-id [JTI=x]: another"
                + " credential reached it\n",
            "differs: the server adds k\n");
  }

  @Test
  void anonymous_or_another_user_is_the_only_difference_told_and_ends_with_1() throws IOException {
    Run anonymous =
        answered(201, seen("system:anonymous", "", "\"system:unauthenticated\"", ""), certificate);
    assertThat(anonymous.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(anonymous.out())
        .contains(
            "differs: the server takes its caller for anonymous: the credential did not reach it,")
        .containsOnlyOnce("differs")
        .doesNotContain("1.32", "1.33");
    Run another =
        answered(
            201, seen("robot", "5", "\"system:authenticated\"", ""), certificate, "-o", "json");
    assertThat(another.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(another.out())
        .contains("the server sees the user robot: another credential on the way counts before")
        .doesNotContain("1.32", "1.33");
  }

  @Test
  void impersonation_that_the_server_does_not_see_is_a_difference() throws IOException {
    Run seen =
        answered(201, seen("zed", "", "\"system:authenticated\"", ""), certificate + ", as: zed");
    assertThat(seen.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(seen.out()).doesNotContain("differs", "both say the same");
    Run lost =
        answered(201, seen("jane", "u-1", OWN_GROUPS, ownExtra()), certificate + ", as: zed");
    assertThat(lost.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(lost.out())
        .contains("differs: the server sees the user jane, not zed: the Impersonate-User header");
    Run document =
        answered(
            201,
            seen("zed", "", "\"system:authenticated\"", ""),
            certificate + ", as: zed",
            "-o",
            "json");
    assertThat(document.out()).contains("\"actsAs\": \"zed\"", "\"user\": \"jane\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          401 | Unauthorized | token: t | has it expired, or is it for another server?
          403 | is forbidden | token: t | ClusterRoleBinding system:basic-user
          403 | cannot impersonate | token: t, as: zed | the verb impersonate
          404 | not found | token: t | servers before 1.28 cannot say
          502 | bad gateway | token: t | is it a Kubernetes API server?
          """)
  void refusal_is_told_after_what_is_known_with_a_hint_that_whoami_can_follow(
      int status, String message, String user, String hint) throws IOException {
    Run run = answered(status, "{\"message\":\"" + message + "\"}", user);
    assertThat(run.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(run.out()).contains("a token");
    assertThat(run.err())
        .contains("does not say whom it takes its caller for: " + status + " " + message, hint)
        .doesNotContain("--as", "-f");
  }

  @ParameterizedTest
  @CsvSource({"'<html>\u001b[2J'", "'{\"status\":{\"userInfo\":5}}'", "'[]'", "''"})
  void answer_that_is_no_review_is_told_after_what_is_known(String body) throws IOException {
    Run run = answered(201, body, "token: t");
    assertThat(run.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(run.out()).contains("a token");
    assertThat(run.err())
        .contains("answered with something that is no SelfSubjectReview", "is it a Kubernetes API")
        .doesNotContain("\u001b");
  }

  @Test
  void names_of_a_hostile_server_cannot_move_the_cursor() throws IOException {
    Run run = answered(201, seen("jane\\u001b[2J", "", "\"g\\nroot\"", ""), certificate);
    assertThat(run.out()).doesNotContain("\u001b").contains("\\u001b[2J", "g\\u000aroot");
    Run refused = answered(502, "<html>\u001b[2J", "token: t");
    assertThat(refused.err()).contains("502 <html>").doesNotContain("\u001b");
  }

  @Test
  void credential_of_another_program_is_left_to_kubectl() throws IOException {
    Run run =
        answered(
            201,
            seen("jane", "", "", ""),
            "exec: {apiVersion: client.authentication.k8s.io/v1, command: login,"
                + " interactiveMode: Never}");
    assertThat(run.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(run.out()).contains("what another program gives (exec)");
    assertThat(run.err())
        .contains("not run from here", "kubectl auth whoami runs the program")
        .doesNotContain("-f");
  }
}
