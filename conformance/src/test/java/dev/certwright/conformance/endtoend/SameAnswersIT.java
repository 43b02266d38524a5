package dev.certwright.conformance.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Places;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Chosen requests to a real kube-apiserver and to {@code certwright serve}: what {@code
 * fieldValidation}, {@code dryRun} and their kin do, in which order headers, options and bodies are
 * looked at, and in which form refusals come. Status, media type, warnings and what the body says
 * are the same.
 */
@Tag("newest")
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameAnswersIT {
  private static final Path EXAMPLES = Places.root().resolve("examples");
  private static final String SELF = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
  private static final String OTHERS = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String YAML = "Content-Type: application/yaml\r\n";
  private static final String PROTOBUF_WANTED = "Accept: application/vnd.kubernetes.protobuf\r\n";
  private static final String GOOD = "{'spec':{'resourceAttributes':{'verb':'get'}}}";

  private final Path folder = Places.newFolder("same-answers");
  private final ApiServer real;
  private final ServingProcess sandbox;
  private final RawClient atReal;
  private final RawClient atSandbox;
  private final List<String> differences = new ArrayList<>();
  private int asked;

  SameAnswersIT(ControlPlane controlPlane) {
    Certwright.in(folder).run("ca", "init").expectSuccess();
    real =
        controlPlane.newApiServer().withOwnObjects().withAuthorityIn(folder.resolve("pki")).start();
    sandbox = ServingProcess.start(folder, 0, "-f", EXAMPLES.toString());
    Certwright.in(folder)
        .run(
            "issue",
            "root",
            "system:masters",
            "--allow-system-names",
            "--allow-system-masters",
            "--server",
            real.url())
        .expectSuccess();
    Path authority = folder.resolve("pki/ca.crt");
    Path client = folder.resolve("clients/root");
    atReal = new RawClient(real.url(), authority, client);
    atSandbox = new RawClient(sandbox.url(), authority, client);
  }

  @AfterAll
  void stop() {
    atReal.close();
    atSandbox.close();
    sandbox.close();
    real.close();
  }

  private void ask(String method, String target, String headers, String body) {
    String quoted = body.replace('\'', '"');
    RawClient.Answer expected = atReal.send(method, target, headers, quoted);
    RawClient.Answer actual = atSandbox.send(method, target, headers, quoted);
    asked++;
    if (!said(expected).equals(said(actual))) {
      differences.add(
          String.join(
              "\n  ",
              method + " " + target,
              headers + quoted,
              "expected " + said(expected),
              "actual   " + said(actual)));
    }
  }

  private void expectTheSame(int atLeast) {
    assertThat(differences).as("of %s requests", asked).isEmpty();
    assertThat(asked).isGreaterThanOrEqualTo(atLeast);
  }

  /** What an answer says, without what names objects, times, and who wrote which field. */
  private static String said(RawClient.Answer answer) {
    String type = String.join(",", answer.values("Content-Type"));
    String body = "";
    if (type.equals("application/json") || type.equals("application/yaml")) {
      YamlValue read = YamlReader.lenient().read("the answer", answer.body().getBytes(ISO_8859_1));
      boolean refusal = Json.text(read, "kind").equals("Status");
      for (String part :
          refusal
              ? List.of("message", "reason", "details", "code")
              : List.of("kind", "apiVersion", "spec", "status")) {
        YamlValue found = Json.at(read, part);
        body += "\n    " + part + ": " + (found == null ? "none" : text(found));
      }
    }
    return answer.status() + " " + type + " " + answer.values("Warning") + body;
  }

  // In YAML upstream sorts keys.
  private static String text(YamlValue value) {
    if (value instanceof YamlSequence list) {
      return list.values().stream().map(SameAnswersIT::text).toList().toString();
    }
    if (value instanceof YamlMapping mapping) {
      Map<String, String> sorted = new TreeMap<>();
      for (YamlMapping.Entry entry : mapping.entries()) {
        sorted.put(entry.key(), text(entry.value()));
      }
      return sorted.toString();
    }
    return JsonWriter.compact(value);
  }

  @BeforeEach
  void nothingYet() {
    differences.clear();
    asked = 0;
  }

  @Test
  void options_of_a_review_do_the_same() {
    String odd =
        "{'apiVersion':'authorization.k8s.io/v1','kind':'SelfSubjectAccessReview','spec':{"
            + "'resourceAttributes':{'verb':'list','resource':'pods','x':1,'x':2},'y':{'z':1},"
            + "'resourceAttributes':{'verb':'get'}},'spek':1}";
    for (String query :
        List.of(
            "",
            "?fieldValidation=",
            "?fieldValidation=Warn",
            "?fieldValidation=Strict",
            "?fieldValidation=Ignore",
            "?fieldValidation=strict",
            "?fieldValidation=x&dryRun=y",
            "?fieldValidation=Strict&fieldValidation=Ignore",
            "?dryRun=All",
            "?dryRun=",
            "?dryRun=x",
            "?dryRun=All&dryRun=All",
            "?dryRun=All&dryRun=x",
            "?fieldManager=%01",
            "?fieldManager=a%C3%BC%07%C2%AD",
            "?fieldManager=" + "a".repeat(129) + "&dryRun=x",
            "?fieldManager=" + "a".repeat(128),
            "?pretty=1&fieldValidation=Strict")) {
      ask("POST", SELF + query, JSON, odd);
    }
    expectTheSame(18);
  }

  @Test
  void unknown_and_repeated_fields_are_warned_of_and_refused_alike() {
    List<String> bodies =
        List.of(
            "{'spec':{'resourceAttributes':{'verb':'get','fieldSelector':{'requirements':["
                + "{'key':'a','operator':'In','values':['x'],'b':1},"
                + "{'key':'a','key':'c','operator':'In','values':['x']}]}}}}",
            "{'spec':{'nonResourceAttributes':{'verb':'get','path':'/','o\\u00fc\\n':1}}}",
            "{'spec':{'resourceAttributes':{'verb':1,'foo':2}}}",
            "{'kind':'a','kind':'SelfSubjectAccessReview','spec':null,"
                + "'status':{'allowed':true,'foo':1}}",
            "{'KIND':'SelfSubjectAccessReview','ApiVersion':'authorization.k8s.io/v1','spec':{"
                + "'resourceAttributes':{'verb':'get'}}}",
            "{'spec':{'resourceAttributes':{'verb':'get'}},'spec':null}",
            "{'spec':{'resourceAttributes':{'verb':'get'},'resourceAttributes':null}}",
            "{'metadata':{'uid':'x','selfLink':'y','creationTimestamp':'2020-01-01T00:00:00Z',"
                + "'foo':1,'managedFields':[{'manager':'x','bar':1,'fieldsV1':{'f:a':{}}}]},"
                + "'spec':{'resourceAttributes':{'verb':'get'}}}",
            "{'metadata':{'ownerReferences':[],'annotations':{},'creationTimestamp':null},"
                + "'spec':{'resourceAttributes':{'verb':'get'}}}");
    for (String query : List.of("", "?fieldValidation=Strict", "?fieldValidation=Ignore")) {
      for (String body : bodies) {
        ask("POST", SELF + query, JSON, body);
      }
      ask(
          "POST",
          SELF + query,
          YAML,
          """
          apiVersion: authorization.k8s.io/v1
          kind: SelfSubjectAccessReview
          spec:
            resourceAttributes:
              verb: list
              verb: get
              "a\\\\b": 1
              resource: pods
            q: 1
            q: 2
          """);
      ask(
          "POST",
          OTHERS + query,
          JSON,
          "{'spec':{'user':'x','user':'y','groups':['a'],'groups':['b'],'extra':{'a':['1'],"
              + "'a':['0']},'extra':{'b':['2']},'resourceAttributes':{'verb':'get'},"
              + "'group':['x']}}");
      ask(
          "POST",
          "/apis/authentication.k8s.io/v1/selfsubjectreviews" + query,
          JSON,
          "{'spec':{'foo':1}}");
      ask(
          "POST",
          "/apis/authorization.k8s.io/v1/namespaces/default/localsubjectaccessreviews" + query,
          JSON,
          "{'spec':{'user':'x','resourceAttributes':{'verb':'get','namespace':'default'},"
              + "'foo':1}}");
      // So many and so long that they are cut.
      StringBuilder many = new StringBuilder("{'spec':{'resourceAttributes':{'verb':'get'}");
      for (int i = 0; i < 60; i++) {
        many.append(",'").append("u".repeat(i * 10)).append(i).append("':1");
      }
      if (!query.contains("Strict")) {
        ask("POST", SELF + query, JSON, many + "}}");
      }
    }
    expectTheSame(41);
  }

  @Test
  void bodies_that_are_no_objects_are_refused_in_the_same_words() {
    for (String body :
        List.of(
            "",
            " ",
            "{",
            "nope",
            "true",
            "nul",
            "null",
            "[]",
            "[1 2]",
            "[1,]",
            "1",
            "01",
            "-x",
            "1.",
            "1.5e+",
            "'x'",
            "'x",
            "'\\q'",
            "'\\u12g4'",
            "'\t'",
            "{'a' 1}",
            "{'a':1,}",
            "{'a':1 'b':2}",
            "{a:1}",
            "{'spec':{'resourceAttributes':tru}}",
            "{'spec':{'resourceAttributes':{'verb':'get','resource':'pods'}}",
            "{} x",
            "{}'",
            "\\",
            "\u00e9")) {
      ask("POST", SELF, JSON, body);
    }
    for (String body : List.of("", "null", "k8", "k8s\0", "{}")) {
      ask("POST", SELF, "Content-Type: application/vnd.kubernetes.protobuf\r\n", body);
    }
    for (String body : List.of("", "null", "# nothing", "1", "[1]", "x")) {
      ask("POST", SELF, YAML, body);
    }
    expectTheSame(41);
  }

  @Test
  void selectors_that_cannot_be_used_are_said_alike() {
    for (String selector :
        List.of(
            "{'requirements':[{'key':'a','operator':'Foo','values':['x']}]}",
            "{'requirements':[{'key':'a','operator':'In','values':['x','y']}]}",
            "{'requirements':[{'key':'a','operator':'In','values':['x','y']},"
                + "{'key':'b','operator':'NotIn','values':['x']}]}",
            "{'requirements':[{'key':'a','operator':'Exists'}]}",
            "{'requirements':[{'key':'a','operator':'Exists','values':['x']}]}",
            "{'requirements':[{'key':'','operator':'In','values':['x']}]}",
            "{'requirements':[{'key':'a','operator':'','values':['x']}]}",
            "{'requirements':[{'key':'a','values':['x']},{'key':'b','operator':'Exists'}]}",
            "{'requirements':[{'key':'A/b','operator':'NotIn'}]}",
            "{'rawSelector':'a=b'}",
            "{'rawSelector':'a=b,,'}",
            "{}")) {
      for (String which : List.of("fieldSelector", "labelSelector")) {
        ask(
            "POST",
            SELF,
            JSON,
            "{'spec':{'resourceAttributes':{'verb':'get','" + which + "':" + selector + "}}}");
      }
    }
    expectTheSame(24);
  }

  @Test
  void what_is_wrong_first_is_told_first_and_in_the_form_that_is_wanted() {
    String html = "Accept: text/html\r\n";
    String text = "Content-Type: text/plain\r\n";
    for (String headers :
        List.of(
            html + text,
            html,
            text,
            "Accept: application/yaml\r\n" + text,
            PROTOBUF_WANTED + text,
            html + "Accept: application/json\r\n",
            "Accept: application/json\r\n" + html,
            "Accept:\r\n" + html,
            "Accept: application/json;as=Table;g=meta.k8s.io;v=v1\r\n",
            "Accept: application/json;as=Foo;g=meta.k8s.io;v=v1\r\n",
            "Accept: application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1\r\n",
            "Accept: application/yaml;as=PartialObjectMetadata;g=meta.k8s.io;v=v1beta1\r\n",
            "Accept: application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v2\r\n",
            "Accept: application/vnd.kubernetes.protobuf;as=PartialObjectMetadata;g=meta.k8s.io;v=v1\r\n",
            "Accept: application/json;v=v1\r\n",
            "Accept: application/json;q=0\r\n",
            "Accept: application/yaml;q=0.1, application/json;q=0.5\r\n",
            "Accept: application/yaml;q=x, application/json;q=0.5\r\n",
            "Accept: */*;q=0.9, application/yaml;q=0.1\r\n",
            "Accept: application/json;stream=foo\r\n",
            "Accept: application/json;stream=watch\r\n",
            "Accept: application/yaml;stream=watch\r\n",
            "Accept: application/json;sv=foo\r\n",
            "Accept: application/json;pretty=1\r\n",
            "Accept: Application/JSON\r\n",
            "Accept: application/*\r\n",
            "Accept: application/*, */*\r\n",
            "Accept: */json\r\n",
            "Accept: json\r\n",
            "Accept: *\r\n",
            "Content-Type: application/json; charset=utf-8\r\n",
            "Content-Type: application/json;\r\n",
            "Content-Type: application/json; x\r\n",
            "Content-Type: APPLICATION/json\r\n",
            JSON + text,
            text + JSON,
            "Content-Type:\r\n")) {
      for (String query : List.of("", "?dryRun=x")) {
        ask("POST", SELF + query, headers, GOOD);
      }
      ask("GET", SELF, headers, "");
    }
    for (String accept :
        List.of("Accept: application/yaml\r\n", PROTOBUF_WANTED, html, "Accept: */*\r\n", "")) {
      ask("POST", OTHERS + "?fieldValidation=Strict", JSON + accept, "{'spec':{'foo':1}}");
      ask("POST", OTHERS + "?dryRun=x", JSON + accept, "{'spec':{'user':'x'}}");
      ask("POST", OTHERS, JSON + accept, "{'spec':{'user':'x'}}");
      ask("GET", "/api/v1/foo", accept, "");
      if (!accept.equals(PROTOBUF_WANTED) && !accept.equals(html)) {
        ask("GET", "/api/v1/namespaces/default/pods/none", accept, "");
      }
      ask("GET", "/version", accept.equals("Accept: */*\r\n") ? html : accept, "");
    }
    expectTheSame(127);
  }

  @Test
  void what_a_list_is_asked_for_is_refused_alike() {
    String json = "Accept: application/json\r\n";
    for (String resource :
        List.of("/api/v1/namespaces/none/pods", "/apis/apps/v1/deployments", "/api/v1/nodes")) {
      for (String query :
          List.of(
              "limit=-1",
              "limit=x",
              "limit=",
              "limit=99999999999999999999",
              "limit=+1",
              "limit=1",
              "timeoutSeconds=x",
              "timeoutSeconds=-1",
              "limit=x&labelSelector=a+in+(",
              "resourceVersion=abc",
              "resourceVersion=0",
              "resourceVersion=-1",
              "resourceVersion=%2B1",
              "resourceVersion=99999999999999999999",
              "resourceVersionMatch=Exact",
              "resourceVersionMatch=x&resourceVersion=1",
              "resourceVersionMatch=Exact&resourceVersion=0",
              "resourceVersionMatch=NotOlderThan&continue=x",
              "sendInitialEvents=true",
              "sendInitialEvents=false&resourceVersionMatch=x",
              "fieldSelector=x%3Dy",
              "fieldSelector=a%3Db,c",
              "allowWatchBookmarks=x&limit=1",
              "watch=true&resourceVersion=abc",
              "watch=true&limit=x",
              "watch=true&resourceVersionMatch=Exact",
              "watch=true&resourceVersionMatch=NotOlderThan",
              "watch=true&sendInitialEvents=true",
              "watch=true&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&continue=x")) {
        if (query.equals("fieldSelector=x%3Dy") && !resource.endsWith("pods")) {
          continue;
        }
        ask("GET", resource + "?" + query, json, "");
      }
    }
    for (String object : List.of("/api/v1/namespaces/default", "/api/v1/namespaces/none/pods/x")) {
      for (String query : List.of("resourceVersion=abc", "resourceVersion=-1")) {
        ask("GET", object + "?" + query, json, "");
      }
    }
    expectTheSame(86);
  }

  @Test
  void versions_that_are_not_there_yet_are_refused_alike() {
    for (String target :
        List.of(
            "/api/v1/namespaces/none/pods?resourceVersion=999999",
            "/api/v1/namespaces/default?resourceVersion=999999")) {
      RawClient.Answer expected = atReal.send("GET", target, "");
      RawClient.Answer actual = atSandbox.send("GET", target, "");
      assertThat(said(actual).replaceAll("current: \\d+", ""))
          .isEqualTo(said(expected).replaceAll("current: \\d+", ""))
          .contains("504");
    }
  }

  @Test
  void whole_objects_are_never_protobuf_and_what_there_is_instead_is_said() {
    for (String target :
        List.of("/api/v1/namespaces", "/api/v1/namespaces/default", "/api/v1", "/apis")) {
      RawClient.Answer refused =
          atSandbox.send("GET", target, PROTOBUF_WANTED.replace("\r\n", ";q=1, text/html\r\n"));
      assertThat(refused.status()).as(target).isEqualTo(406);
      assertThat(refused.body())
          .as(target)
          .contains(
              "only the following media types are accepted: application/json, application/yaml")
          .doesNotContain("yaml, application/vnd");
      assertThat(
              atSandbox
                  .send("GET", target, PROTOBUF_WANTED.replace("\r\n", ", application/json\r\n"))
                  .status())
          .as(target)
          .isEqualTo(200);
    }
  }
}
