package dev.certwright.conformance.differential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.Upstream;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import dev.certwright.revocation.Denylist;
import dev.certwright.revocation.UnacceptableConfigurationException;
import dev.certwright.revocation.authorization.AuthorizationConfiguration;
import dev.certwright.revocation.authorization.NeverCalledKubeconfig;
import dev.certwright.revocation.authorization.Origin;
import dev.certwright.revocation.authorization.SourceLedger;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Our reading and writing of authorization files, judged by kube-apiserver's own loading. */
class AuthorizationConfigurationIT {
  private static final String KEY = "authentication.kubernetes.io/credential-id";
  private static final String BASE =
      """
      apiVersion: apiserver.config.k8s.io/v1
      kind: AuthorizationConfiguration
      authorizers:
      - type: Webhook
        name: hook
        webhook:
          timeout: 3s
          authorizedTTL: 5m0s
          unauthorizedTTL: 30s
          subjectAccessReviewVersion: v1
          matchConditionSubjectAccessReviewVersion: v1
          failurePolicy: NoOpinion
          connectionInfo:
            type: KubeConfigFile
            kubeConfigFile: $ROOT/never.kubeconfig
          matchConditions:
          - expression: request.user == 'x'
          - expression: request.uid == ''
      - type: Node
        name: node
      - type: RBAC
        name: rbac
      """;

  /** What is replaced, by what: each alone, and some in pairs. */
  private static final String[][] CHANGES = {
    {"v1\nkind", "v1beta1\nkind"},
    {"v1\nkind", "v1alpha1\nkind"},
    {"v1\nkind", "v2\nkind"},
    {"kind: AuthorizationConfiguration", "kind: AuthenticationConfiguration"},
    {"apiVersion: apiserver.config.k8s.io/v1\n", ""},
    {"name: node", "name: nodes"},
    {"name: node", "name: 'null'"},
    {"name: node", "name: null"},
    {"name: node", "name: 1"},
    {"name: node", "name: node\n  name: node"},
    {"name: node", "name: node\n  webhook: null"},
    {"name: node", "name: node\n  webhook: {}"},
    {"name: node", "name: node\n  Webhook: null"},
    {"type: Node\n  name: node", "type: RBAC\n  name: rbac"},
    {"type: Node\n  name: node", "type: ABAC\n  name: abac"},
    {"type: Node\n  name: node", "type: AlwaysAllow\n  name: alwaysallow"},
    {"type: Node", "type: node"},
    {"type: Node", "type: \"\""},
    {"- type: Node\n  name: node\n", "- null\n"},
    {"- type: Node\n  name: node\n", "- {}\n"},
    {"- type: Node\n  name: node\n", "- text\n"},
    {"name: hook", "name: Hook"},
    {"name: hook", "name: a.b-c.d"},
    {"name: hook", "name: -a"},
    {"name: hook", "name: a-"},
    {"name: hook", "name: a..b"},
    {"name: hook", "name: a.-b"},
    {"name: hook", "name: rbac"},
    {"name: hook", "name: " + "a".repeat(253)},
    {"name: hook", "name: " + "a".repeat(254)},
    {"timeout: 3s", "timeout: 30s"},
    {"timeout: 3s", "timeout: 30.000000001s"},
    {"timeout: 3s", "timeout: 0s"},
    {"timeout: 3s", "timeout: -1s"},
    {"timeout: 3s", "timeout: 3"},
    {"timeout: 3s", "timeout: '3'"},
    {"timeout: 3s", "timeout: null"},
    {"timeout: 3s", "timeout: 1h-1h"},
    {"timeout: 3s", "timeout: .5s"},
    {"timeout: 3s", "timeout: 5.s"},
    {"timeout: 3s", "timeout: .s"},
    {"timeout: 3s", "timeout: 1ms1us1ns1\u00B5s"},
    {"timeout: 3s", "timeout: +1s"},
    {"timeout: 3s", "timeout: ''"},
    {"    timeout: 3s\n", ""},
    {"authorizedTTL: 5m0s", "authorizedTTL: 0"},
    {"authorizedTTL: 5m0s", "authorizedTTL: 0s"},
    {"authorizedTTL: 5m0s", "authorizedTTL: -1s"},
    {"    authorizedTTL: 5m0s\n", ""},
    {"authorizedTTL: 5m0s", "authorizedTTL: 5m0s\n    cacheAuthorizedRequests: false"},
    {"authorizedTTL: 5m0s", "authorizedTTL: 5m0s\n    cacheAuthorizedRequests: 'false'"},
    {"authorizedTTL: 5m0s", "authorizedTTL: 5m0s\n    cacheUnauthorizedRequests: null"},
    {"subjectAccessReviewVersion: v1\n    m", "subjectAccessReviewVersion: v1beta1\n    m"},
    {"subjectAccessReviewVersion: v1\n    m", "subjectAccessReviewVersion: v2\n    m"},
    {"    matchConditionSubjectAccessReviewVersion: v1\n", ""},
    {
      "matchConditionSubjectAccessReviewVersion: v1",
      "matchConditionSubjectAccessReviewVersion: v1beta1"
    },
    {"failurePolicy: NoOpinion", "failurePolicy: Deny"},
    {"failurePolicy: NoOpinion", "failurePolicy: Allow"},
    {"    failurePolicy: NoOpinion\n", ""},
    {"kubeConfigFile: $ROOT/", "kubeConfigFile: relative/"},
    {"type: KubeConfigFile", "type: Kubeconfig"},
    {"type: KubeConfigFile", "type: InClusterConfig"},
    {"    - expression: request.uid == ''\n", "    - expression: request.user == 'x'\n"},
    {"    - expression: request.uid == ''\n", "    - expression: ' '\n"},
    {"    - expression: request.uid == ''\n", "    - {}\n"},
    {"    - expression: request.uid == ''\n", "    - expression: 'true'\n      reason: x\n"},
    {"expression: request.uid == ''", "expression: " + "'' == ' ' || ".repeat(7_000) + "true"},
    {"expression: request.uid == ''", "expression: " + "'' == ' ' || ".repeat(9_000) + "true"},
    {"authorizers:", "extra: 1\nauthorizers:"},
    {"authorizers:", "metadata: {}\nauthorizers:"},
    {"authorizers:", "authorizers: []\nothers:"},
    {"- type: Webhook", "- &a\n  type: Webhook"},
    {"\n- type: Node", "\n- type: Webhook\n- type: Node"},
  };

  private static Program oracle() {
    return Program.of(
        Places.newFolder("oracle"), Upstream.built().oracle().toString(), "authorization-config");
  }

  private static YamlMapping question(String config, YamlValue reviews) {
    return YamlMapping.builder()
        .put("config", config)
        .put(
            "files",
            YamlMapping.builder()
                .put("never.kubeconfig", YamlString.of(NeverCalledKubeconfig.TEXT))
                .build())
        .put("reviews", reviews)
        .build();
  }

  private static List<YamlMapping> ask(List<YamlMapping> questions) {
    StringBuilder lines = new StringBuilder();
    for (YamlMapping question : questions) {
      lines.append(JsonWriter.compact(question)).append('\n');
    }
    List<YamlMapping> answers = new ArrayList<>();
    for (String line : oracle().runWith(lines.toString()).expectSuccess().split("\n", -1)) {
      if (!line.isEmpty()) {
        answers.add((YamlMapping) YamlReader.strict().readJson("answer", line.getBytes(UTF_8)));
      }
    }
    assertThat(answers).hasSameSizeAs(questions);
    return answers;
  }

  private static boolean accepted(YamlMapping answer) {
    return YamlBoolean.of(true).equals(answer.get("accepted"));
  }

  private static String ours(String config) {
    try {
      AuthorizationConfiguration.read("config", config.replace("$ROOT", "/root").getBytes(UTF_8));
      return "";
    } catch (UnacceptableConfigurationException refused) {
      return String.join("; ", refused.problems());
    }
  }

  @Test
  void a_file_is_refused_exactly_when_kube_apiserver_would_refuse_it() {
    List<String> configs = new ArrayList<>(List.of(BASE, "", "[]", "a: [", "null"));
    for (int i = 0; i < CHANGES.length; i++) {
      String changed = BASE.replace(CHANGES[i][0], CHANGES[i][1]);
      assertThat(changed).as(CHANGES[i][0]).isNotEqualTo(BASE);
      configs.add(changed);
      String[] next = CHANGES[(i * 7 + 3) % CHANGES.length];
      configs.add(changed.replace(next[0], next[1]));
    }
    List<YamlMapping> questions = new ArrayList<>();
    for (String config : configs) {
      questions.add(question(config, YamlSequence.of(List.of())));
    }
    List<YamlMapping> answers = ask(questions);
    for (int i = 0; i < configs.size(); i++) {
      String config = configs.get(i);
      boolean upstream = accepted(answers.get(i));
      if (config.contains("InClusterConfig")) {
        // Passes here, and then kube-apiserver fails: AC-03.
        assertThat(ours(config)).isNotEmpty();
      } else {
        assertThat(ours(config).isEmpty())
            .as(
                "ours: %s%nupstream: %s%n%.2000s",
                ours(config), JsonWriter.compact(answers.get(i)), config)
            .isEqualTo(upstream);
      }
    }
  }

  private static List<String> ids(int count) {
    Random random = new Random(count);
    TreeSet<String> ids = new TreeSet<>();
    byte[] digest = new byte[32];
    while (ids.size() < count) {
      random.nextBytes(digest);
      ids.add("X509SHA256=" + HexFormat.of().formatHex(digest));
    }
    return new ArrayList<>(ids);
  }

  private static YamlMapping review(String user, String id) {
    YamlMapping.Builder review = YamlMapping.builder().put("user", user);
    if (!id.isEmpty()) {
      review.put(
          "extra", YamlMapping.builder().put(KEY, YamlSequence.ofStrings(List.of(id))).build());
    }
    return review.build();
  }

  @Test
  void lists_of_every_length_are_taken_and_refuse_whom_they_name_and_nobody_else() {
    List<YamlMapping> questions = new ArrayList<>();
    List<Integer> counts = List.of(0, 1, 1_250, 1_251, 2_701, 27_000, 27_001, 50_000);
    String evil = "x'] || true || '\n\u0007\\ j\u00F6rg \uD83D\uDE00";
    for (int count : counts) {
      List<String> all = ids(count + 1);
      List<String> listed = all.subList(0, count);
      Denylist denylist =
          new Denylist(
              new Denylist.Names(listed, List.of(evil, "zoe"), List.of()),
              Denylist.EMPTY.suspended());
      String config =
          AuthorizationConfiguration.read("base", BASE.replace("$ROOT", "/r").getBytes(UTF_8))
              .withDenylist(
                  denylist,
                  "/r/never.kubeconfig",
                  Origin.carried(new SourceLedger("0123456789ab", 0, "")))
              .text()
              .replace("/r/", "$ROOT/");
      questions.add(
          question(
              config,
              YamlSequence.of(
                  List.of(
                      review("jane", count == 0 ? "" : listed.get(0)),
                      review("jane", count == 0 ? "" : listed.get(count - 1)),
                      review(evil, ""),
                      review("jane", all.get(count)),
                      review("jane", "X509SHA256=short"),
                      review("jane", "other"),
                      review("jane", "")))));
    }
    List<YamlMapping> answers = ask(questions);
    for (int i = 0; i < counts.size(); i++) {
      int count = counts.get(i);
      assertThat(accepted(answers.get(i))).as("%d: %.500s", count, answers.get(i)).isTrue();
      assertThat(refused(answers.get(i)))
          .as("%d ids", count)
          .containsExactly(count > 0, count > 0, true, false, false, false, false);
    }
  }

  /** Of each review, whether some authorizer fails with the text that users read. */
  private static List<Boolean> refused(YamlMapping answer) {
    List<Boolean> refused = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      boolean any = false;
      for (YamlValue webhook : ((YamlSequence) at(answer, "matches")).values()) {
        YamlValue outcome = ((YamlSequence) at(webhook, "reviews")).values().get(i);
        if (outcome instanceof YamlMapping one && one.get("error") instanceof YamlString error) {
          assertThat(error.value())
              .containsAnyOf(
                  "no such key: this client certificate has been revoked",
                  "no such key: the access of this user has been revoked")
              .hasSizeLessThan(400);
          any = true;
        }
      }
      refused.add(any);
    }
    return refused;
  }

  private static YamlValue at(YamlValue value, String key) {
    YamlValue found = value instanceof YamlMapping mapping ? mapping.get(key) : null;
    if (found == null) {
      throw new AssertionError("the answer has no " + key);
    }
    return found;
  }
}
