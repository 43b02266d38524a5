package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A kube-apiserver that asks {@code certwright serve --role authentication-webhook} whose a token
 * is.
 */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuthenticationWebhookIT {
  private final Path folder = Places.newFolder("authentication-webhook");
  private final ApiServer apiServer;
  private final Program stranger;
  private ServingProcess webhook;

  AuthenticationWebhookIT(ControlPlane controlPlane) {
    Certwright.in(folder).run("ca", "init").expectSuccess();
    write("tokens.csv", "token-of-jane,jane,7,\"devs,ops\"\ntoken-of-ann,ann,8\n");
    write("passwords.csv", "joes-password,joe,9,\"devs\"\n");
    webhook = startWebhook(0);
    Certwright.in(folder)
        .run("issue", "kube-apiserver", "--server", webhook.url() + "/authenticate")
        .expectSuccess();
    apiServer =
        controlPlane
            .newApiServer()
            .withOwnObjects()
            .withAuthorityIn(folder.resolve("pki"))
            .flag(
                "--authentication-token-webhook-config-file",
                folder.resolve("clients/kube-apiserver/kubeconfig").toAbsolutePath())
            .flag("--authentication-token-webhook-version", "v1")
            .flag("--authentication-token-webhook-cache-ttl", "0s")
            .start();
    stranger =
        apiServer.kubectlAs(
            write(
                "stranger.kubeconfig",
                """
                apiVersion: v1
                kind: Config
                current-context: x
                contexts: [{name: x, context: {cluster: c, user: u}}]
                clusters: [{name: c, cluster: {server: '%s', certificate-authority: '%s'}}]
                users: [{name: u, user: {}}]
                """
                    .formatted(apiServer.url(), folder.resolve("pki/ca.crt").toAbsolutePath())));
  }

  private Path write(String name, String text) {
    try {
      Path file = Files.writeString(folder.resolve(name), text);
      return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private ServingProcess startWebhook(int port, String... more) {
    List<String> words =
        new ArrayList<>(
            List.of(
                "--role",
                "authentication-webhook",
                "--token-auth-file",
                folder.resolve("tokens.csv").toString(),
                "--basic-auth-file",
                folder.resolve("passwords.csv").toString(),
                "--webhook-allowed-names",
                "kube-apiserver"));
    words.addAll(List.of(more));
    return ServingProcess.start(folder, port, words.toArray(new String[0]));
  }

  private Outcome whoAmI(String token) {
    return stranger.run("--token", token, "auth", "whoami", "-o", "jsonpath={.status.userInfo}");
  }

  @AfterAll
  void stop() {
    apiServer.close();
    webhook.close();
  }

  @Test
  void a_token_of_the_file_is_its_user_for_kubectl_and_another_one_is_nobody() {
    assertThat(whoAmI("token-of-jane").expectSuccess())
        .contains("\"username\":\"jane\"", "\"uid\":\"7\"")
        .contains("\"groups\":[\"devs\",\"ops\",\"system:authenticated\"]");
    assertThat(whoAmI("no-token").expect(1).err()).contains("Unauthorized");
  }

  @Test
  void a_password_of_the_file_is_its_user_for_kubectl_when_it_is_shown_as_a_token() {
    String joe = "joe:joes-password";
    String token = Base64.getEncoder().encodeToString(joe.getBytes(StandardCharsets.UTF_8));
    assertThat(whoAmI(token).expectSuccess())
        .contains("\"username\":\"joe\"", "\"uid\":\"9\"", "\"devs\"");
    for (String other : List.of("joes-password", joe, token.substring(4))) {
      assertThat(whoAmI(other).expect(1).err()).as(other).contains("Unauthorized");
    }
  }

  // kube-apiserver remembers whom it knew for ten seconds: so nobody has shown this token before.
  @Test
  void while_the_webhook_is_away_no_token_counts_and_afterwards_they_do_again() {
    int port = webhook.port();
    webhook.close();
    assertThat(whoAmI("token-of-ann").expect(1).err()).contains("Unauthorized");
    webhook = startWebhook(port);
    assertThat(whoAmI("token-of-ann").expectSuccess()).contains("\"username\":\"ann\"");
  }

  @Test
  void under_more_questions_than_it_takes_at_once_nobody_becomes_somebody_else()
      throws InterruptedException {
    int port = webhook.port();
    webhook.close();
    webhook = startWebhook(port, "--max-mutating-requests-inflight", "1");
    ExecutorService asking = Executors.newFixedThreadPool(8);
    List<Future<Outcome>> known = new ArrayList<>();
    List<Future<Outcome>> unknown = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      known.add(asking.submit(() -> whoAmI("token-of-jane")));
      unknown.add(asking.submit(() -> whoAmI("no-token")));
    }
    asking.shutdown();
    for (int i = 0; i < known.size(); i++) {
      Outcome one = result(known.get(i));
      assertThat(one.exitCode() == 0 ? one.out() : "\"username\":\"jane\"")
          .contains("\"username\":\"jane\"");
      assertThat(result(unknown.get(i)).exitCode()).isEqualTo(1);
    }
    assertThat(whoAmI("token-of-jane").exitCode()).isZero();
  }

  private static Outcome result(Future<Outcome> asked) throws InterruptedException {
    try {
      return asked.get();
    } catch (ExecutionException failed) {
      throw new AssertionError(failed);
    }
  }
}
