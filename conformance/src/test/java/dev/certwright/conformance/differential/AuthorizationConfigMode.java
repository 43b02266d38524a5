package dev.certwright.conformance.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.certwright.revocation.UnacceptableConfigurationException;
import dev.certwright.revocation.authorization.AuthorizationConfiguration;
import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * AuthorizationConfigurations: taken or refused. Whom the conditions of their webhooks match, only
 * kube-apiserver decides; those answers are what {@code AuthorizationConfigurationIT} looks at.
 */
final class AuthorizationConfigMode implements Mode {
  private static final String KUBECONFIG =
      "apiVersion: v1\nkind: Config\nclusters: [{name: c, cluster: {server: 'https://127.0.0.1:1/'}}]\n"
          + "contexts: [{name: x, context: {cluster: c, user: u}}]\nusers: [{name: u}]\n"
          + "current-context: x\n";

  private static final Pattern EXPRESSION =
      Pattern.compile(
          "Invalid value: \".*?\": (compilation failed:|must evaluate to bool)", Pattern.DOTALL);

  private static final String[] ODD = {
    "null",
    "''",
    "~",
    "[]",
    "{}",
    "[null]",
    "1",
    "1.5",
    "true",
    "'true'",
    "x",
    "X",
    "a.b",
    "-a",
    "1s1ms",
    "'1'",
    "30s",
    "30.1s",
    "2562048h",
    "1h-1s",
    ".5s",
    "rbac",
    "node",
    "RBAC",
    "Webhook",
    "\"a\\nb\"",
    "v1",
    "v1beta1",
    "Deny",
    "AlwaysDeny",
    "ABAC",
    "/x",
    "é"
  };

  @Override
  public String name() {
    return "authorization-config";
  }

  /** An error in upstream's list, up to its value. */
  private static final Pattern ERROR = Pattern.compile("authorizers\\[\\d+\\][^:]*: ");

  @Override
  public List<Difference> differences(YamlMapping question, YamlMapping answer) {
    String config = Choices.text(question, "config").replace("$ROOT", "/root");
    String ours = "";
    try {
      AuthorizationConfiguration.read("config", config.getBytes(UTF_8));
    } catch (UnacceptableConfigurationException refused) {
      ours = String.join("; ", refused.problems());
    }
    String theirs = Choices.text(answer, "refusal");
    boolean accepted = YamlBoolean.of(true).equals(answer.get("accepted"));
    if (ours.isEmpty() == accepted) {
      return List.of();
    }
    String kind = accepted ? stricter(ours) : laxer(theirs);
    return List.of(new Difference(kind, "ours: " + ours + "\nupstream: " + theirs));
  }

  private static String stricter(String ours) {
    boolean inClusterOnly =
        List.of(ours.split("; ", -1)).stream()
            .allMatch(problem -> problem.endsWith("connectionInfo.type must be KubeConfigFile"));
    return inClusterOnly ? "stricter-in-cluster" : "stricter";
  }

  /** What all errors are about, if it is one of the two things that need kube-apiserver's place. */
  private static String laxer(String theirs) {
    Set<String> kinds = new TreeSet<>();
    for (Matcher error = ERROR.matcher(theirs); error.find(); ) {
      String rest = theirs.substring(error.end());
      kinds.add(
          error.group().endsWith(".expression: ") && EXPRESSION.matcher(rest).lookingAt()
              ? "laxer-expression"
              : error.group().endsWith(".kubeConfigFile: ")
                      && rest.startsWith("Invalid value: \"$ROOT")
                  ? "laxer-file"
                  : "laxer");
    }
    return kinds.isEmpty() ? "laxer" : String.join("-and-", kinds);
  }

  @Override
  public YamlMapping question(Random random) {
    Choices choices = new Choices(random);
    StringBuilder yaml = new StringBuilder("apiVersion: apiserver.config.k8s.io/");
    yaml.append(choices.mostly("v1", "v1beta1", "v1alpha1", "v2")).append('\n');
    yaml.append("kind: ").append(choices.once(15) ? "Authorization" : "AuthorizationConfiguration");
    yaml.append("\nauthorizers:").append(choices.once(15) ? " []\n" : "\n");
    for (int count = random.nextInt(3); count > 0; count--) {
      webhook(choices, yaml, count);
    }
    yaml.append(
        choices.mostly(
            "- {type: Node, name: node}\n- {type: RBAC, name: rbac}\n",
            "- {type: RBAC, name: rbac}\n",
            "- {type: RBAC, name: x}\n",
            "- {type: RBAC, name: rbac}\n- {type: RBAC, name: rbac}\n",
            "- {type: AlwaysAllow, name: alwaysallow}\n",
            "- {type: Unknown, name: u}\n",
            ""));
    String config =
        choices.once(2)
            ? yaml.toString()
            : OddYaml.changed(choices, yaml.toString(), ODD, "x", "Name", "webhook");
    YamlMapping.Builder question = YamlMapping.builder().put("config", config);
    question.put("files", YamlMapping.builder().put("w.kubeconfig", KUBECONFIG).build());
    return question.put("reviews", reviews(choices)).build();
  }

  private static void webhook(Choices choices, StringBuilder yaml, int count) {
    yaml.append("- type: Webhook\n  name: ")
        .append(choices.of("w" + count, "w" + count, "w" + count, "w1", "", "W!"));
    yaml.append("\n  webhook:\n");
    if (!choices.once(10)) {
      yaml.append("    timeout: ")
          .append(choices.mostly("3s", "1s", "31s", "0s", "-1s"))
          .append('\n');
    }
    yaml.append("    authorizedTTL: ").append(choices.of("1s", "5m", "0s")).append('\n');
    yaml.append("    unauthorizedTTL: ").append(choices.of("1s", "30s")).append('\n');
    yaml.append("    subjectAccessReviewVersion: ").append(choices.mostly("v1", "v1beta1", "v2"));
    yaml.append("\n    matchConditionSubjectAccessReviewVersion: ")
        .append(choices.mostly("v1", "v2"));
    yaml.append("\n    failurePolicy: ").append(choices.mostly("Deny", "NoOpinion", "Maybe"));
    yaml.append("\n    connectionInfo: ")
        .append(
            choices.mostly(
                "{type: KubeConfigFile, kubeConfigFile: $ROOT/w.kubeconfig}",
                "{type: KubeConfigFile, kubeConfigFile: $ROOT/missing}",
                "{type: KubeConfigFile, kubeConfigFile: relative}",
                "{type: InClusterConfig}",
                "{type: Other}"))
        .append("\n    matchConditions:\n");
    String[] conditions = {
      "request.user == 'jane'",
      "'devs' in request.groups",
      "has(request.resourceAttributes) && request.resourceAttributes.verb == 'get'",
      "'k' in request.extra && request.extra['k'].exists(v, v in ['a', 'b'])",
      "{'': true}['revoked']",
      "request.uid.startsWith('4')",
      "request.user",
      "request.",
      "has(request.nonResourceAttributes)"
    };
    for (String condition : choices.some(3, conditions)) {
      yaml.append("    - expression: \"").append(condition).append("\"\n");
    }
  }

  private static YamlValue reviews(Choices choices) {
    List<YamlValue> reviews = new ArrayList<>();
    for (int count = 1 + choices.below(3); count > 0; count--) {
      YamlMapping.Builder review = YamlMapping.builder();
      review.put("user", choices.of("jane", "joe", ""));
      review.put("uid", choices.of("4711", ""));
      review.put("groups", YamlSequence.ofStrings(choices.some(2, "devs", "ops")));
      if (choices.once(2)) {
        review.put(
            "extra",
            YamlMapping.builder()
                .put(choices.of("k", "l"), YamlSequence.ofStrings(choices.some(2, "a", "c")))
                .build());
      }
      if (choices.once(2)) {
        review.put(
            "resourceAttributes",
            YamlMapping.builder()
                .put("verb", choices.of("get", "list"))
                .put("resource", "pods")
                .build());
      } else if (choices.once(2)) {
        review.put(
            "nonResourceAttributes",
            YamlMapping.builder().put("verb", "get").put("path", "/metrics").build());
      }
      reviews.add(review.build());
    }
    return YamlSequence.of(reviews);
  }
}
