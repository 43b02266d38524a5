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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** kubectl against a real API server and against {@code certwright serve} with the same policy. */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxIT {
  private static final Path EXAMPLES = Places.root().resolve("examples");

  private static final String DEFINITIONS =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: widgets.example.com}
      spec:
        group: example.com
        scope: Namespaced
        names: {plural: widgets, singular: widget, kind: Widget, shortNames: [wd], categories: [all]}
        versions:
        - name: v1
          served: true
          storage: true
          schema:
            openAPIV3Schema:
              type: object
              description: A widget is a thing.
              required: [spec]
              properties:
                spec:
                  type: object
                  description: What it should be.
                  x-kubernetes-preserve-unknown-fields: true
                  properties:
                    size: {type: integer, description: How large.}
                    parts:
                      type: array
                      items:
                        type: object
                        properties:
                          name: {type: string, description: Of a part.}
                          count: {type: integer}
                          odd: {type: boolean}
                status: {type: object, x-kubernetes-preserve-unknown-fields: true}
          additionalPrinterColumns:
          - {name: Size, type: integer, jsonPath: .spec.size}
          - {name: Ratio, type: number, jsonPath: .spec.ratio}
          - {name: Enabled, type: boolean, jsonPath: .spec.enabled}
          - {name: Colour, type: string, jsonPath: .spec.colour, description: "Its colour.", priority: 1}
          - {name: When, type: date, jsonPath: .spec.when}
          - {name: First, type: string, jsonPath: '.spec.parts[0].name'}
          - {name: Third, type: string, jsonPath: '.spec.parts[2].name'}
          - {name: Last, type: string, jsonPath: '.spec.parts[-1].name'}
          - {name: Back, type: string, jsonPath: '.spec.parts[-2].name'}
          - {name: Cut, type: string, jsonPath: '.spec.parts[1:].name'}
          - {name: Beyond, type: string, jsonPath: '.spec.parts[7].name'}
          - {name: Names, type: string, jsonPath: '.spec.parts[*].name'}
          - {name: Big, type: string, jsonPath: '.spec.parts[?(@.count>1)].name'}
          - {name: Exactly, type: string, jsonPath: '.spec.parts[?(@.count == 3)].name'}
          - {name: Having, type: string, jsonPath: '.spec.parts[?(@.odd)].name'}
          - {name: Tail, type: string, jsonPath: '.spec.tags[-1:]'}
          - {name: Tags, type: string, jsonPath: .spec.tags}
          - {name: Object, type: string, jsonPath: .spec.any}
          - {name: Ready, type: string, jsonPath: '.status.conditions[?(@.type=="Ready")].status'}
          - {name: Unready, type: string, jsonPath: ".status.conditions[?(@.type!='Ready')].type"}
          - {name: Label, type: string, jsonPath: '.metadata.labels.app\\.kubernetes\\.io/name'}
          - {name: Other, type: string, jsonPath: ".metadata.labels['app']"}
          - {name: Deep, type: string, jsonPath: ..count}
          - {name: Text, type: integer, jsonPath: .spec.colour}
          - {name: Number, type: string, jsonPath: .spec.size}
          - {name: Fraction, type: string, jsonPath: .spec.ratio}
          - {name: Whole, type: integer, jsonPath: .spec.ratio}
          - {name: Truth, type: string, jsonPath: .spec.enabled}
          - {name: No date, type: date, jsonPath: .spec.colour}
          - {name: Name, type: string, jsonPath: .metadata.name}
          - {name: Age, type: date, jsonPath: .metadata.creationTimestamp}
        - name: v1alpha1
          served: true
          storage: false
          schema: {openAPIV3Schema: {type: object, x-kubernetes-preserve-unknown-fields: true}}
      """;
  private static final String WIDGETS =
      """
      apiVersion: example.com/v1
      kind: Widget
      metadata: {name: full, namespace: default, labels: {app: a, app.kubernetes.io/name: web}}
      spec:
        size: 3
        ratio: 1.5
        enabled: true
        colour: red
        when: "2020-01-01T00:00:00Z"
        parts: [{name: "x", count: 1}, {name: "y", count: 2, odd: true}, {name: "z", count: 3}]
        tags: [t1, t2]
        any: {b: 1, a: ["x", {c: "<d>"}]}
      status: {conditions: [{type: Ready, status: "True"}, {type: Other, status: "False"}]}
      ---
      apiVersion: example.com/v1
      kind: Widget
      metadata: {name: empty, namespace: default}
      spec: {}
      ---
      apiVersion: example.com/v1
      kind: Widget
      metadata: {name: future, namespace: default}
      spec: {when: "2099-01-01T00:00:00Z", enabled: false, size: 0, ratio: 2, tags: [], parts: []}
      """;

  private final Path folder = Places.newFolder("sandbox");
  private final ApiServer real;
  private final ServingProcess sandbox;
  private final Program atReal;
  private final Program atSandbox;
  private final Program root;

  SandboxIT(ControlPlane controlPlane) throws IOException {
    Certwright.in(folder).run("ca", "init").expectSuccess();
    real =
        controlPlane.newApiServer().withOwnObjects().withAuthorityIn(folder.resolve("pki")).start();
    for (String file : List.of("read-only-user.yaml", "read-only-users.yaml")) {
      real.kubectl("apply", "-f", EXAMPLES.resolve(file).toString()).expectSuccess();
    }
    Path definitions = Files.writeString(folder.resolve("definitions.yaml"), DEFINITIONS);
    Path widgets = Files.writeString(folder.resolve("widgets.yaml"), WIDGETS);
    real.kubectl("apply", "-f", definitions.toString()).expectSuccess();
    real.kubectl("wait", "--for=condition=Established", "crd/widgets.example.com").expectSuccess();
    real.kubectl("apply", "-f", widgets.toString()).expectSuccess();
    sandbox =
        ServingProcess.start(
            folder,
            0,
            "-f",
            EXAMPLES.toString(),
            "-f",
            definitions.toString(),
            "-f",
            widgets.toString());
    Certwright.in(folder)
        .run("issue", "brancz", "read-only-users", "--server", real.url())
        .expectSuccess();
    Certwright.in(folder)
        .run(
            "issue",
            "root",
            "system:masters",
            "--allow-system-names",
            "--allow-system-masters",
            "--server",
            sandbox.url())
        .expectSuccess();
    root = real.kubectlProgram().with("KUBECONFIG", folder.resolve("clients/root/kubeconfig"));
    Program kubectl =
        real.kubectlProgram().with("KUBECONFIG", folder.resolve("clients/brancz/kubeconfig"));
    atReal = kubectl;
    atSandbox = kubectl;
  }

  @AfterAll
  void stop() {
    sandbox.close();
    real.close();
  }

  private Outcome sandbox(String... words) {
    String[] all = Arrays.copyOf(words, words.length + 2);
    all[words.length] = "--server";
    all[words.length + 1] = sandbox.url();
    return atSandbox.run(all);
  }

  @Test
  void whoami_and_can_i_print_the_same() {
    for (String line :
        List.of(
            "auth whoami -o json",
            "auth can-i list pods",
            "auth can-i delete pods",
            "auth can-i get /version",
            "auth can-i get pods/log -n other",
            "auth can-i --list --no-headers")) {
      Outcome expected = atReal.run(line.split(" ", -1));
      Outcome actual = sandbox(line.split(" ", -1));
      assertThat(comparable(actual.out())).as(line).isEqualTo(comparable(expected.out()));
      assertThat(actual.err()).as(line).isEqualTo(expected.err());
      assertThat(actual.exitCode()).as(line).isEqualTo(expected.exitCode());
    }
  }

  // Rules come in the order of a Go map; times differ.
  private static List<String> comparable(String output) {
    return output
        .lines()
        .filter(line -> !line.contains("creationTimestamp"))
        .map(line -> line.strip().replaceAll(" +", " "))
        .sorted()
        .toList();
  }

  @Test
  void what_is_forbidden_is_told_in_the_same_words() {
    for (String line :
        List.of(
            "delete pod web",
            "get secrets -n data",
            "get deployments -A",
            "create configmap x --from-literal=a=b",
            "label namespace default a=b")) {
      Outcome expected = atReal.run(line.split(" ", -1));
      Outcome actual = sandbox(line.split(" ", -1));
      assertThat(actual.err()).as(line).isEqualTo(expected.err());
      assertThat(actual.exitCode()).as(line).isEqualTo(expected.exitCode()).isNotZero();
    }
  }

  @Test
  void pods_are_listed_and_a_write_is_not_done() {
    assertThat(sandbox("get", "pods", "-A", "-o", "name").expectSuccess())
        .isEqualTo("pod/db-0\npod/web\n");
    assertThat(sandbox("get", "pods", "-n", "data").expectSuccess())
        .containsPattern("NAME +READY +STATUS +RESTARTS +AGE")
        .containsPattern("db-0 +1/1 +Running +2 ");
    for (String line :
        List.of(
            "delete pod web",
            "apply -f " + EXAMPLES.resolve("sandbox-pods.yaml"),
            "create namespace x")) {
      assertThat(root.run(line.split(" ", -1)).expect(1).err())
          .as(line)
          .contains("what was asked is authorized, and was not done");
    }
  }

  // What is old is so by seconds, and differs by some.
  private static List<String> lines(Outcome outcome) {
    return outcome
        .expectSuccess()
        .lines()
        .map(line -> line.replaceAll(" +", " ").replaceAll("\\b\\d+s\\b", "AGE").strip())
        .toList();
  }

  @Test
  void custom_resources_have_the_columns_of_their_definition() {
    for (String line :
        List.of(
            "get widgets",
            "get widgets -o wide",
            "get wd full",
            "get widgets.v1alpha1.example.com",
            "get widgets -A",
            "get widgets --show-labels --no-headers",
            "get widgets -o custom-columns=N:.metadata.name,S:.spec.size")) {
      assertThat(lines(root.run(line.split(" ", -1))))
          .as(line)
          .isEqualTo(lines(real.kubectl(line.split(" ", -1))));
    }
    assertThat(root.run("get", "crd", "--no-headers").expectSuccess())
        .containsPattern("widgets.example.com +Namespaced +v1\\(storage\\),v1alpha1 +20");
  }

  @Test
  void explain_shows_what_definitions_say_and_says_of_what_it_knows_nothing() {
    for (String line :
        List.of(
            "explain widgets.spec",
            "explain widgets.spec.parts",
            "explain wd.spec.size",
            "explain widgets.spec --output plaintext-openapiv2")) {
      assertThat(root.run(line.split(" ", -1)).expectSuccess())
          .as(line)
          .isEqualTo(real.kubectl(line.split(" ", -1)).expectSuccess());
    }
    for (String line : List.of("explain widgets --recursive", "explain crd.metadata --recursive")) {
      assertThat(root.run(line.split(" ", -1)).expectSuccess())
          .as(line)
          .contains("<ObjectMeta>", "  labels\t<map[string]string>");
    }
    assertThat(root.run("explain", "pods").expectSuccess())
        .contains("KIND:       Pod", "does not know the fields of this kind", "metadata");
    assertThat(root.run("explain", "pods.spec").expect(1).err())
        .contains("field \"spec\" does not exist");
    assertThat(
            root.run("explain", "selfsubjectaccessreviews.spec.resourceAttributes").expectSuccess())
        .contains("resourceAttributes <ResourceAttributes>", "verb\t<string>");
    assertThat(root.run("explain", "nosuch").expect(1).err())
        .isEqualTo(real.kubectl("explain", "nosuch").expect(1).err());
  }

  @Test
  void audit_events_go_to_standard_output_when_that_is_asked_for() {
    try (ServingProcess auditing =
        ServingProcess.start(folder, 0, "-f", EXAMPLES.toString(), "--audit-log-path", "-")) {
      assertThat(
              atSandbox
                  .run("get", "pods", "-n", "data", "-o", "name", "--server", auditing.url())
                  .expectSuccess())
          .isEqualTo("pod/db-0\n");
      String event = auditing.nextLine();
      while (!event.contains("\"requestURI\":\"/api/v1/namespaces/data/pods?limit=500\"")) {
        assertThat(event).startsWith("{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",");
        event = auditing.nextLine();
      }
      assertThat(Json.text(Json.parse(event), "user", "username")).isEqualTo("brancz");
      assertThat(event)
          .contains("\"certwright.dev/binding\":\"ClusterRoleBinding \\\"read-only-users\\\"\"");
    }
  }
}
