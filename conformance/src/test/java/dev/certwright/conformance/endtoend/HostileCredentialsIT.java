package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Tokens and impersonation to a real kube-apiserver and to the sandbox with the same token file and
 * the same policy: hostile headers get the same status, and refusals the same words. {@code
 * -Drequests=N} sends more.
 */
@Tag("newest")
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileCredentialsIT {
  private static final String TOKENS =
      """
      robot-token,robot,7,"bots,devs"
      " padded",padded,8
      """;
  private static final String POLICY =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: become-others}
      rules:
      - {apiGroups: [''], resources: [users], resourceNames: [jane, 'system:anonymous'], verbs: [impersonate]}
      - {apiGroups: [''], resources: [groups], resourceNames: [devs, 'system:authenticated'], verbs: [impersonate]}
      - {apiGroups: [''], resources: [serviceaccounts], verbs: [impersonate]}
      - {apiGroups: [authentication.k8s.io], resources: [userextras/scopes, uids], verbs: [impersonate]}
      - {apiGroups: [authentication.k8s.io], resources: [users], resourceNames: [joe], verbs: ['impersonate:user-info']}
      - {apiGroups: [authentication.k8s.io], resources: [nodes], verbs: ['impersonate:arbitrary-node']}
      - {apiGroups: [''], resources: [pods, secrets], verbs: ['impersonate-on:user-info:list', 'impersonate-on:arbitrary-node:list']}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: become-others}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: become-others}
      subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: robot}]
      """;
  private static final List<String> AUTHORIZATION =
      List.of(
          "Bearer robot-token",
          "Bearer robot-token",
          "Bearer robot-token",
          "bearer robot-token x",
          "BEARER  robot-token",
          "Bearer robot-toke",
          "Bearer robot-token,",
          "Bearer\trobot-token",
          "Bearer",
          // Neither of the two has a password file, so that nobody looks at it (PW-03).
          "Basic cm9ib3Q6cm9ib3Q=",
          "Digest x",
          "\"Bearer\" robot-token",
          "Bearer \" padded\"",
          "");
  private static final List<String> NAMES =
      List.of(
          "Impersonate-User",
          "impersonate-user",
          "Impersonate-Group",
          "IMPERSONATE-GROUP",
          "Impersonate-Uid",
          "Impersonate-Extra-Scopes",
          "Impersonate-Extra-acme.io%2fscopes",
          "X-Remote-User",
          "X-Remote-Group",
          "Impersonate_User");
  private static final List<String> VALUES =
      List.of(
          "jane",
          "joe",
          "devs",
          "",
          "root",
          "system:masters",
          "system:authenticated",
          "system:anonymous",
          "system:node:n1",
          "system:serviceaccount:default:robot",
          "a<&>\"b",
          "\u00C3\u00BC");
  private static final List<String> TARGETS =
      List.of(
          "/api/v1/pods",
          "/api/v1/namespaces/default/secrets",
          "/api/v1/namespaces/default/pods/web",
          "/version",
          "/metrics");

  private final Path folder = Places.newFolder("hostile-credentials");
  private final ApiServer real;
  private final ServingProcess sandbox;
  private final RawClient atReal;
  private final RawClient atSandbox;

  HostileCredentialsIT(ControlPlane controlPlane) throws IOException {
    Certwright.in(folder).run("ca", "init").expectSuccess();
    Path tokens = Files.writeString(folder.resolve("tokens.csv"), TOKENS);
    Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-------"));
    Path policy = Files.writeString(folder.resolve("policy.yaml"), POLICY);
    real =
        controlPlane
            .newApiServer()
            .withOwnObjects()
            .withAuthorityIn(folder.resolve("pki"))
            .flag("--token-auth-file", tokens)
            .start();
    real.kubectl("apply", "-f", policy.toString()).expectSuccess();
    sandbox =
        ServingProcess.start(
            folder, 0, "-f", policy.toString(), "--token-auth-file", tokens.toString());
    Path authority = folder.resolve("pki/ca.crt");
    atReal = RawClient.withoutCertificate(real.url(), authority);
    atSandbox = RawClient.withoutCertificate(sandbox.url(), authority);
  }

  @AfterAll
  void stop() {
    atReal.close();
    atSandbox.close();
    sandbox.close();
    real.close();
  }

  @Test
  void hostile_headers_are_answered_alike() {
    Random random = new Random(Integer.getInteger("seed", 43));
    int count = Integer.getInteger("requests", 600);
    int let = 0;
    int refused = 0;
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String headers = headers(random);
      String target = one(random, TARGETS);
      RawClient.Answer expected = atReal.send("GET", target, headers);
      RawClient.Answer actual = atSandbox.send("GET", target, headers);
      boolean refusal =
          expected.status() == 400 || expected.status() == 401 || expected.status() == 403;
      let += refusal ? 0 : 1;
      refused += refusal ? 1 : 0;
      boolean same =
          refusal
              ? expected.status() == actual.status()
                  && expected.body().strip().equals(actual.body().strip())
              : actual.status() / 100 == expected.status() / 100;
      if (!same) {
        differences.add(
            target + "\n" + headers + "  expected " + expected + "\n  actual   " + actual);
      }
    }
    assertThat(differences).as("of %s requests", count).isEmpty();
    assertThat(refused).isGreaterThan(count / 4);
    assertThat(let).isGreaterThan(count / 30);
  }

  @Test
  void whoami_says_by_certificate_and_by_token_whom_the_server_sees() throws IOException {
    Certwright.in(folder).run("issue", "jane", "devs", "--server", real.url()).expectSuccess();
    assertThat(
            Certwright.in(folder)
                .run("whoami", "--kubeconfig", "clients/jane/kubeconfig")
                .expectSuccess())
        .contains("a client certificate", "jane", "devs", "by the server " + real.url());
    for (String url : List.of(real.url(), sandbox.url())) {
      Path kubeconfig = tokenKubeconfig(url, "robot-token");
      String said =
          Certwright.in(folder)
              .run("whoami", "--kubeconfig", kubeconfig.toString())
              .expectSuccess();
      assertThat(said)
          .contains("a token", "only the server knows", "robot", "bots")
          .doesNotContain("robot-token");
      assertThat(real.kubectlAs(kubeconfig).run("auth", "whoami", "-o", "json").expectSuccess())
          .contains("\"robot\"", "\"bots\"", "\"devs\"");
      assertThat(
              Certwright.in(folder)
                  .run("whoami", "--kubeconfig", tokenKubeconfig(url, "wrong").toString())
                  .exitCode())
          .isEqualTo(3);
    }
  }

  private Path tokenKubeconfig(String url, String token) throws IOException {
    String text =
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: c, cluster: {server: '%s', certificate-authority: pki/ca.crt}}]
        users: [{name: u, user: {token: '%s'}}]
        contexts: [{name: x, context: {cluster: c, user: u}}]
        current-context: x
        """;
    return Files.writeString(folder.resolve("token.kubeconfig"), text.formatted(url, token));
  }

  private static String headers(Random random) {
    StringBuilder headers = new StringBuilder();
    String authorization = one(random, AUTHORIZATION);
    if (!authorization.isEmpty()) {
      headers.append("Authorization: ").append(authorization).append("\r\n");
    }
    if (random.nextInt(3) > 0) {
      headers.append("Impersonate-User: ").append(one(random, VALUES)).append("\r\n");
    }
    for (int more = random.nextInt(3); more > 0; more--) {
      headers.append(one(random, NAMES)).append(": ").append(one(random, VALUES)).append("\r\n");
    }
    return headers.toString();
  }

  private static String one(Random random, List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
