package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RulesTest {
  @TempDir Path folder;
  private String policy;

  @BeforeEach
  void write() throws IOException {
    policy =
        Files.writeString(
                folder.resolve("policy.yaml"),
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: reader, namespace: dev}
                rules: [{apiGroups: ["", apps], resources: [pods], verbs: [get], resourceNames: [a]}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: reader, namespace: dev}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader}
                subjects: [{kind: User, name: jane}]
                ---
                apiVersion: rbac.authorization.k8s.io/v1
                kind: RoleBinding
                metadata: {name: lost, namespace: dev}
                roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: lost}
                subjects: [{kind: User, name: jane}]
                """)
            .toString();
  }

  @Test
  void rulesStandAsTheyAreAndMissingRolesAreSaid() {
    Run run = Run.certwright("rules", "-n", "dev", "-f", policy, "--as", "jane");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).containsPattern("\nget +\"\",apps +pods +a\n");
    assertThat(run.err()).contains("role.rbac.authorization.k8s.io \"lost\" not found");
  }

  @Test
  void jsonIsASelfSubjectRulesReview() {
    Run run = Run.certwright("rules", "-n", "dev", "-f", policy, "--as", "jane", "-o", "json");
    assertThat(run.out())
        .contains("\"kind\": \"SelfSubjectRulesReview\"", "\"incomplete\": false")
        .contains("\"evaluationError\"", "\"nonResourceRules\": []", "\"resourceNames\"");
  }

  @Test
  void linesAreAnsweredInOrder() {
    Run run =
        Run.withInput(
            "{\"id\":1,\"user\":\"jane\",\"groups\":[],\"namespace\":\"dev\"}\n{\"id\":2}\n",
            Map.of(),
            "rules",
            "--json-lines",
            "-f",
            policy);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out().lines())
        .satisfiesExactly(
            one -> assertThat(one).contains("\"id\":1", "\"verbs\":[\"get\"]"),
            two -> assertThat(two).isEqualTo("{\"id\":2,\"error\":\"no namespace on request\"}"));
  }

  @Test
  void requestsAreSaidAsTheServerTakesThem() {
    Run run =
        Run.certwright("request-info", "GET", "/apis/apps/v1/namespaces/n/deployments/d/scale");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .containsPattern("verb +get\n")
        .containsPattern("subresource +scale\n")
        .containsPattern("namespace +n\n");
    assertThat(Run.certwright("request-info", "GET", "/api/v1/pods", "-o", "json").out())
        .contains("\"verb\": \"list\"", "\"parts\": [");
    assertThat(Run.certwright("request-info", "GET", "/api/v1/watch").exitCode())
        .isEqualTo(ExitCode.NO);
    assertThat(Run.certwright("request-info", "G T", "/x").err()).contains("(400)");
    assertThat(Run.certwright("request-info", "GET").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void requestsAreAnsweredLineByLine() {
    Run run =
        Run.withInput(
            "{\"id\":1,\"method\":\"GET\",\"url\":\"/api/v1/nodes\"}\n"
                + "{\"id\":2,\"method\":\"GET\",\"url\":\"/api/v1/watch\"}\n"
                + "{\"id\":3,\"method\":\"GET\",\"url\":\"/%zz\"}\n",
            Map.of(), "request-info", "--json-lines");
    assertThat(run.out().lines())
        .satisfiesExactly(
            one -> assertThat(one).contains("\"verb\":\"list\"", "\"resource\":\"nodes\""),
            two -> assertThat(two).contains("\"error\":\"unable to determine"),
            three -> assertThat(three).contains("\"httpError\":\"parse "));
  }
}
