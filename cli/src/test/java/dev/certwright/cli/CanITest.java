package dev.certwright.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CanITest {
  private static final String POLICY =
      """
      apiVersion: rbac.authorization.k8s.io/v1beta1
      kind: ClusterRole
      metadata: {name: reader}
      rules:
      - {apiGroups: [""], resources: [pods, pods/log], verbs: [get, list]}
      - {apiGroups: [apps], resources: ["*/scale"], verbs: [patch]}
      - {apiGroups: [kubeflow.org], resources: [notebooks], verbs: [get]}
      - {apiGroups: [""], resources: [secrets], resourceNames: [token], verbs: [get, create]}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: devs, namespace: dev}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
      subjects: [{kind: Group, name: devs}, {kind: ServiceAccount, name: robot}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: nodes}
      rules:
      - {apiGroups: [""], resources: [nodes, namespaces], verbs: [get]}
      - {nonResourceURLs: ["/logs/*"], verbs: [get]}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: nodes}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: nodes}
      subjects: [{kind: User, name: ann}]
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: other}
      """;

  @TempDir Path folder;
  private String policy;

  @BeforeEach
  void write() throws IOException {
    policy = write("policy.yaml", POLICY);
  }

  private String write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }

  private Run canI(String words) {
    return canI(words.split(" ", -1));
  }

  private Run canI(String... words) {
    List<String> all = new ArrayList<>(List.of("can-i", "-f", policy));
    all.addAll(Arrays.asList(words));
    return Run.certwright(all.toArray(new String[0]));
  }

  @Test
  void explanationNamesRuleRoleBindingFileAndLine() {
    Run run = canI("get pods -n dev --as jane --as-group devs --explain");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .startsWith("yes\n")
        .contains("system:authenticated (added by the API server)")
        .contains("RBAC: allowed by RoleBinding \"devs/dev\" of ClusterRole \"reader\" to Group")
        .contains("rule 1 of ClusterRole \"reader\" (" + policy + ":1)")
        .contains("get, list of pods, pods/log in API group \"\"")
        .contains("RoleBinding \"devs/dev\" to Group \"devs\" (" + policy + ":10)")
        .contains("2 roles and 2 bindings (1 object of other kinds left aside)");
    assertThat(run.err()).isEmpty();
  }

  @Test
  void noSaysUpstreamsMessageAndWhatComesNearest() {
    Run run = canI("delete pods -n dev --as jane --as-group devs --explain");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out())
        .startsWith("no\n")
        .contains("pods is forbidden: User \"jane\" cannot delete resource \"pods\" in API group")
        .contains("but for the verb: rule 1 of ClusterRole \"reader\"");
  }

  @Test
  void questionAboutAllNamespacesTellsInWhichOnesItWouldBeAllowed() {
    Run run = canI("list pods -A --as jane --as-group devs --explain");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out()).contains("at the cluster scope", "but for the namespace: rule 1");
  }

  @ParameterizedTest
  @CsvSource({
    "get po, get pods in API group \"\"",
    "get pod, get pods in API group \"\"",
    "get Pods, get pods in API group \"\"",
    "get pods.v1., get pods in API group \"\"",
    "get deploy, get deployments in API group \"apps\"",
    "get deployments.apps, get deployments in API group \"apps\"",
    "get deploy.v1.apps, get deployments in API group \"apps\"",
    "get deployments.extensions, get deployments in API group \"extensions\"",
    "patch deployments/scale, patch deployments/scale in API group \"apps\"",
    "get pods/log web, get pods/log \"web\" in API group \"\"",
    "get pods web --subresource log, get pods/log \"web\" in API group \"\"",
    "get pods/web --subresource log, get pods/log \"web\" in API group \"\"",
    "get notebooks, get notebooks in API group \"kubeflow.org\"",
    "'* *', * * in API group \"*\"",
    "'* *.apps', * * in API group \"apps\"",
    "sign signers.certificates.k8s.io x, sign signers \"x\" in API group \"certificates.k8s.io\"",
    "impersonate users ann, impersonate users \"ann\" in API group \"\"",
  })
  void resourcesAreTakenAsKubectlTakesThem(String typed, String asked) {
    assertThat(canI(typed + " --as jane").out())
        .containsPattern("\n  asked +" + Pattern.quote(asked));
  }

  @Test
  void patchOfDeploymentsScaleIsAboutTheSubresourceKubectl1797() {
    assertThat(canI("patch deployments/scale -n dev --as jane --as-group devs").exitCode())
        .isZero();
    Run object = canI("patch deployments/web -n dev --as jane --as-group devs");
    assertThat(object.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(object.err())
        .contains("deployments has no subresource \"web\"")
        .contains("for the object of that name say: deployments web");
  }

  @Test
  void objectsOfTheClusterHaveNoNamespace() {
    assertThat(canI("get nodes --as ann").out()).contains("nodes in API group \"\" at the cluster");
    Run run = canI("get nodes -n dev --as ann");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("nodes belong to no namespace; -n is left out");
    assertThat(canI("get ns dev --as ann").out()).contains("in the namespace \"dev\"");
  }

  @Test
  void createNamesNoObjectSoThatRulesLimitedToNamesDoNotCount() {
    Run run = canI("create secrets token -n dev --as jane --as-group devs");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.err()).contains("a request to create names no object");
    assertThat(canI("get secrets token -n dev --as jane --as-group devs").exitCode()).isZero();
  }

  @Test
  void pathsAreAskedAboutAsTheyStand() {
    Run run = canI("get /logs/kubelet.log --as ann --explain");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("asked       get path \"/logs/kubelet.log\"");
    assertThat(canI("get /metrics --as ann").exitCode()).isEqualTo(ExitCode.NO);
  }

  @Test
  void requestGoesThroughTheRequestInfoOfTheServer() {
    Run run =
        canI(
            "--request",
            "GET /api/v1/namespaces/dev/pods?watch=1",
            "--as",
            "jane",
            "--as-group",
            "devs");
    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out()).contains("watch pods in API group \"\" in the namespace \"dev\"");
    assertThat(canI("--request", "GET /api/v1/watch", "--as", "jane").exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(canI("--request", "GET /%zz", "--as", "jane").err()).contains("(400)", "%zz");
  }

  @Test
  void listPutsTogetherWhatMayBeDoneToEachResource() {
    Run run = canI("--list -n dev --as jane --as-group devs");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("RESOURCES", "PATHS", "RESOURCE NAMES", "VERBS")
        .containsPattern("\n\\*\\.apps/scale +patch\n")
        .containsPattern("\npods +get,list\n")
        .containsPattern("\nsecrets +token +get,create\n");
    assertThat(canI("--list -n dev --as jane --as-group devs --explain").out())
        .contains("RoleBinding \"devs/dev\" to Group \"devs\"");
  }

  @Test
  void jsonIsASubjectAccessReview() {
    Run run = canI("get deploy/scale web -n dev --as jane --as-group devs --as-uid 7 -o json");

    assertThat(run.out())
        .contains("\"kind\": \"SubjectAccessReview\"", "\"subresource\": \"scale\"")
        .contains("\"name\": \"web\"", "\"uid\": \"7\"", "\"allowed\": false");
    assertThat(canI("get pods -n dev --as jane --as-group devs -o yaml --explain").out())
        .contains("allowed: true", "allowedBy:", "line: 10", "- system:authenticated");
  }

  @Test
  void serviceAccountHasItsGroupsAddedAndIsFoundByEitherName() {
    Run run = canI("get pods -n dev --as-service-account dev:robot");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("system:serviceaccount:dev:robot")
        .contains("system:serviceaccounts:dev (added by the API server)");
    assertThat(canI("get pods -n dev --as system:serviceaccount:dev:robot").out())
        .contains("system:serviceaccounts (added by the API server)");
    assertThat(canI("get pods -n dev --as system:serviceaccount:dev:robot --as-group x").out())
        .doesNotContain("system:serviceaccounts");
  }

  @Test
  void anonymousIsInTheGroupOfTheUnauthenticated() {
    assertThat(canI("get pods --as system:anonymous").out())
        .contains("system:unauthenticated (added")
        .doesNotContain("system:authenticated");
  }

  @Test
  void superuserIsAllowedWhateverTheRulesSay() {
    Run run = canI("delete everything.anywhere --as x --as-group system:masters --explain");
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
      Run run = canI("get pods -n dev --as-cert " + clients + "/jane/" + file);
      assertThat(run.exitCode()).as(file + run.err()).isZero();
      assertThat(run.out())
          .containsPattern("\n  user +jane\n  groups +devs\n +system:authenticated \\(added");
    }
    assertThat(canI("get pods --as-cert " + clients + "/jane/client.key").exitCode())
        .isEqualTo(ExitCode.USAGE);
    assertThat(canI("get pods --as-cert " + ca + "/ca.crt").exitCode()).isEqualTo(ExitCode.NO);
  }

  @Test
  void kubeconfigWithoutCertificateIsRefusedWithWhatToDo() throws IOException {
    String file =
        write(
            "token.yaml",
            "{current-context: c, contexts: [{name: c, context: {user: u}}],"
                + " users: [{name: u, user: {token: s3cret}}]}");
    Run run = canI("get pods --as-cert " + file);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("has no client certificate", "ask with --as");
    assertThat(run.err() + run.out()).doesNotContain("s3cret");
  }

  @Test
  void linesAreAnsweredInOrderWithNothingAdded() {
    Run run =
        Run.withInput(
            """
            {"id":1,"user":"jane","groups":["devs"],"verb":"get","namespace":"dev","resource":"pods"}
            {"id":"two","user":"jane","verb":"get","namespace":"dev","resource":"pods"}
            {"id":3,"user":"ann","verb":"get","path":"/logs/x"}
            """,
            Map.of(),
            "can-i",
            "-f",
            policy,
            "--json-lines");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines())
        .satisfiesExactly(
            one -> assertThat(one).startsWith("{\"id\":1,\"decision\":\"allow\""),
            two -> assertThat(two).startsWith("{\"id\":\"two\",\"decision\":\"noOpinion\""),
            three -> assertThat(three).startsWith("{\"id\":3,\"decision\":\"allow\""));
    Run bad = Run.withInput("{\"user\":1}\n", Map.of(), "can-i", "-f", policy, "--json-lines");
    assertThat(bad.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(bad.out()).contains("\"error\"");
  }

  @Test
  void linesWithoutEndEndWhenNobodyTakesTheAnswers() {
    byte[] line = "{\"user\":\"ann\",\"verb\":\"get\",\"path\":\"/x\"}\n".getBytes(UTF_8);
    InputStream endless =
        new InputStream() {
          private int at;

          @Override
          public int read() {
            at = (at + 1) % line.length;
            return line[(at + line.length - 1) % line.length];
          }

          @Override
          public int read(byte[] into, int from, int length) {
            for (int i = 0; i < length; i++) {
              into[from + i] = (byte) read();
            }
            return length;
          }
        };
    OutputStream closed =
        new OutputStream() {
          @Override
          public void write(int octet) throws IOException {
            throw new IOException("closed");
          }
        };
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            endless,
            new PrintStream(closed, false, UTF_8),
            new PrintStream(err, false, UTF_8),
            Map.of(),
            false,
            false);

    int exitCode = Main.run(List.of("can-i", "--json-lines", "-f", policy), console);

    assertThat(exitCode).isEqualTo(ExitCode.OUTSIDE);
    assertThat(err.toString(UTF_8)).contains("standard output is closed");
  }

  @Test
  void policyComesFromFoldersPatternsAndStandardInput() throws IOException {
    write("folder/a.yaml", POLICY);
    write("folder/deeper/b.yml", POLICY.replace("name: ", "name: other-"));
    write("folder/c.txt", "not: read");
    String question = "get pods -n dev --as jane --as-group devs --explain";
    Run run = Run.certwright(("can-i -f " + folder + "/folder -R " + question).split(" "));
    assertThat(run.out()).contains("4 roles and 4 bindings");
    run = Run.certwright(("can-i -f " + folder + "/folder/*.yaml " + question).split(" "));
    assertThat(run.out()).contains("2 roles and 2 bindings");
    run = Run.withInput(POLICY, Map.of(), ("can-i -f - " + question).split(" "));
    assertThat(run.out()).contains("(standard input:10)");
  }

  @Test
  void objectThatStandsTwiceNamesBothPlacesUnlessReplacingIsAskedFor() throws IOException {
    String again = write("again.yaml", POLICY);
    Run run = canI("get pods --as jane -f " + again);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(again + ":1", "stands twice, the other is at " + policy + ":1");
    assertThat(canI("get pods --as jane --replace -f " + again).exitCode()).isEqualTo(ExitCode.NO);
  }

  @Test
  void whatAnApiServerRefusesIsRefusedUnlessLenient() throws IOException {
    String bad =
        write(
            "bad.yaml",
            "apiVersion: rbac.authorization.k8s.io/v1\nkind: ClusterRole\n"
                + "metadata: {name: bad}\nrules: [{apiGroups: [''], resources: [pods]}]\n");
    Run run = canI("get pods --as jane -f " + bad);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(bad + ":4", "rules[0].verbs: Required value", "--lenient");
    run = canI("get pods --as jane --lenient -f " + bad);
    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.err()).startsWith("warning: ").contains("rules[0].verbs");
  }

  @Test
  void staleRulesOfAnAggregatedRoleAreReportedAndEitherReadingMayBeTaken() throws IOException {
    String stale =
        write(
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
    assertThat(canI("get configmaps" + more).exitCode()).isZero();
    assertThat(canI("get secrets" + more).exitCode()).isEqualTo(ExitCode.NO);
    assertThat(canI("get secrets --as-written" + more).exitCode()).isZero();
    assertThat(canI("get secrets" + more).err())
        .contains("ClusterRole \"all\" has 1 rules in the file and 1 by aggregation");
  }

  @Test
  void defaultsOfAVersionAreAddedOnRequest() {
    assertThat(canI("get /healthz --as jane").exitCode()).isEqualTo(ExitCode.NO);
    Run run = canI("get /healthz --as jane --with-defaults --explain");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("default roles of Kubernetes 1.37");
    assertThat(canI("get /healthz --as jane --with-defaults --kubernetes-version 1.32").exitCode())
        .isZero();
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
    Run run = canI(words);
    assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("error: ").contains("hint: ").doesNotContain("bug");
    assertThat(run.out()).isEmpty();
  }

  @Test
  void fileThatIsNotThereIsSaid() {
    Run run = canI("get pods --as jane -f nowhere.yaml");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).isEqualTo("error: nowhere.yaml: no such file or folder\n");
  }

  @Test
  void quietOnlyEndsWithTheExitCode() {
    Run run = canI("get nodes --as ann -q");
    assertThat(run).isEqualTo(new Run(ExitCode.OK, "", ""));
    assertThat(canI("delete nodes --as ann -q")).isEqualTo(new Run(ExitCode.NO, "", ""));
  }

  @Test
  void resourceNobodyKnowsIsSaidAndAskedAboutInTheCoreGroup() {
    Run run = canI("get widgets --as jane");
    assertThat(run.out()).contains("get widgets in API group \"\"");
    assertThat(run.err()).contains("in no rule: \"widgets\"", "say RESOURCE.GROUP");
    assertThat(canI("get podz --as jane").err()).contains("did you mean pods?");
    assertThat(canI("GET pods --as jane").err()).contains("did you mean get?");
  }

  @Test
  void controlCharactersInNamesDoNotReachTheTerminal() {
    Run run = canI("get", "pods", "\u001b[2Jx", "--as", "ja\u001b[1mne", "--explain");
    assertThat(run.out() + run.err()).doesNotContain("\u001b");
  }
}
