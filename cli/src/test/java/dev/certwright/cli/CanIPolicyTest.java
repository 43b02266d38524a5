package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By which policy: where it is read from, and what is made of what is odd in it. */
final class CanIPolicyTest {
  @TempDir Path folder;
  private PolicyFile policy;

  @BeforeEach
  void write() throws IOException {
    policy = PolicyFile.in(folder);
  }

  @Test
  void policyComesFromFoldersPatternsAndStandardInput() throws IOException {
    policy.write("folder/a.yaml", PolicyFile.POLICY);
    policy.write("folder/deeper/b.yml", PolicyFile.POLICY.replace("name: ", "name: other-"));
    policy.write("folder/c.txt", "not: read");
    String question = "get pods -n dev --as jane --as-group devs --explain";
    Run run = Run.certwright(("can-i -f " + folder + "/folder -R " + question).split(" "));
    assertThat(run.out()).contains("4 roles and 4 bindings");
    run = Run.certwright(("can-i -f " + folder + "/folder/*.yaml " + question).split(" "));
    assertThat(run.out()).contains("2 roles and 2 bindings");
    run = Run.withInput(PolicyFile.POLICY, Map.of(), ("can-i -f - " + question).split(" "));
    assertThat(run.out()).contains("(standard input:10)");
  }

  @Test
  void objectThatStandsTwiceNamesBothPlacesUnlessReplacingIsAskedFor() throws IOException {
    String again = policy.write("again.yaml", PolicyFile.POLICY);
    Run run = policy.canI("get pods --as jane -f " + again);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .contains(again + ":1", "stands twice, the other is at " + policy.path() + ":1");
    assertThat(policy.canI("get pods --as jane --replace -f " + again).exitCode())
        .isEqualTo(ExitCode.NO);
  }

  @Test
  void whatAnApiServerRefusesIsRefusedUnlessLenient() throws IOException {
    String bad =
        policy.write(
            "bad.yaml",
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\n"
                + "metadata: {name: bad}\nrules: [{apiGroups: [''], resources: [pods]}]\n");
    Run run = policy.canI("get pods --as jane -f " + bad);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(bad + ":4", "rules[0].verbs: Required value", "--lenient");
    run = policy.canI("get pods --as jane --lenient -f " + bad);
    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.err()).startsWith("warning: ").contains("rules[0].verbs");
  }

  @Test
  void staleRulesOfAnAggregatedRoleAreReportedAndEitherReadingMayBeTaken() throws IOException {
    String stale =
        policy.write(
            "stale.yaml",
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: all}
            aggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}
            rules: [{apiGroups: [""], resources: [secrets], verbs: [get]}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: part, labels: {a: b}}
            rules: [{apiGroups: [""], resources: [configmaps], verbs: [get]}]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: all}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: all}
            subjects: [{kind: User, name: jane}]
            """);
    String more = " --as jane -f " + stale;
    assertThat(policy.canI("get configmaps" + more).exitCode()).isZero();
    assertThat(policy.canI("get secrets" + more).exitCode()).isEqualTo(ExitCode.NO);
    assertThat(policy.canI("get secrets --as-written" + more).exitCode()).isZero();
    assertThat(policy.canI("get secrets" + more).err())
        .contains("ClusterRole \"all\" has 1 rules in the file and 1 by aggregation");
  }

  @Test
  void defaultsOfAVersionAreAddedOnRequest() {
    assertThat(policy.canI("get /healthz --as jane").exitCode()).isEqualTo(ExitCode.NO);
    Run run = policy.canI("get /healthz --as jane --with-defaults --explain");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("default roles of Kubernetes 1.37");
    assertThat(
            policy
                .canI("get /healthz --as jane --with-defaults --kubernetes-version 1.32")
                .exitCode())
        .isZero();
  }

  @Test
  void fileThatIsNotThereIsSaid() {
    Run run = policy.canI("get pods --as jane -f nowhere.yaml");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).isEqualTo("error: nowhere.yaml: no such file or folder\n");
  }
}
