package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read locally; whether servers say the same is for the conformance tests. */
final class WhoAmITest {
  @TempDir Path folder;

  private Path kubeconfig(String user) throws IOException {
    return Files.writeString(
        folder.resolve("config"),
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: 'https://127.0.0.1:1'}}]
        users: [{name: u, user: %s}]
        contexts: [{name: x, context: {cluster: c, user: u}}]
        current-context: x
        """
            .formatted(user));
  }

  @Test
  void token_and_password_are_named_and_never_printed() throws IOException {
    Run token =
        Run.certwright(
            "whoami", "--local", "--kubeconfig", kubeconfig("{token: s3cret}").toString());
    assertThat(token.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(token.out()).contains("a token", "only the server knows").doesNotContain("s3cret");
    Run password =
        Run.certwright(
            "whoami",
            "--local",
            "-o",
            "json",
            "--kubeconfig",
            kubeconfig("{username: jane, password: s3cret}").toString());
    assertThat(password.out())
        .contains("\"credential\": \"the password of jane\"", "\"local\": null")
        .doesNotContain("s3cret");
  }

  @Test
  void impersonation_is_told() throws IOException {
    assertThat(
            Run.certwright(
                    "whoami",
                    "--local",
                    "--kubeconfig",
                    kubeconfig("{token: t, as: jane}").toString())
                .out())
        .contains("to act as jane");
  }

  @Test
  void server_that_cannot_be_asked_is_an_error_after_what_is_known() throws IOException {
    Run run = Run.certwright("whoami", "--kubeconfig", kubeconfig("{token: s3cret}").toString());
    assertThat(run.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(run.out()).contains("a token");
    assertThat(run.err()).contains("error: ").doesNotContain("s3cret");
  }
}
