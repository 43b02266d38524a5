package dev.certwright.conformance.differential;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** AuthorizationConfigurations, and whom the conditions of their webhooks match. */
final class AuthorizationConfigMode implements Mode {
  private static final String KUBECONFIG =
      "apiVersion: v1\nkind: Config\nclusters: [{name: c, cluster: {server: 'https://127.0.0.1:1/'}}]\n"
          + "contexts: [{name: x, context: {cluster: c, user: u}}]\nusers: [{name: u}]\n"
          + "current-context: x\n";

  @Override
  public String name() {
    return "authorization-config";
  }

  @Override
  public boolean isCompared() {
    return false;
  }

  @Override
  public YamlMapping question(Random random) {
    Choices choices = new Choices(random);
    StringBuilder yaml = new StringBuilder("apiVersion: apiserver.config.k8s.io/");
    yaml.append(choices.of("v1", "v1", "v1beta1", "v1alpha1", "v2")).append('\n');
    yaml.append("kind: ").append(choices.once(15) ? "Authorization" : "AuthorizationConfiguration");
    yaml.append("\nauthorizers:").append(choices.once(15) ? " []\n" : "\n");
    for (int count = random.nextInt(3); count > 0; count--) {
      webhook(choices, yaml);
    }
    yaml.append(
        choices.of(
            "- {type: Node, name: node}\n- {type: RBAC, name: rbac}\n",
            "- {type: RBAC, name: rbac}\n",
            "- {type: RBAC, name: x}\n",
            "- {type: RBAC, name: rbac}\n- {type: RBAC, name: rbac}\n",
            "- {type: AlwaysAllow, name: alwaysallow}\n",
            "- {type: Unknown, name: u}\n",
            ""));
    YamlMapping.Builder question = YamlMapping.builder().put("config", yaml.toString());
    question.put("files", YamlMapping.builder().put("w.kubeconfig", KUBECONFIG).build());
    return question.put("reviews", reviews(choices)).build();
  }

  private static void webhook(Choices choices, StringBuilder yaml) {
    yaml.append("- type: Webhook\n  name: ").append(choices.of("w", "w2", "w", "", "W!"));
    yaml.append("\n  webhook:\n");
    if (!choices.once(10)) {
      yaml.append("    timeout: ").append(choices.of("1s", "3s", "31s", "0s", "-1s")).append('\n');
    }
    yaml.append("    authorizedTTL: ").append(choices.of("1s", "5m", "0s")).append('\n');
    yaml.append("    unauthorizedTTL: ").append(choices.of("1s", "30s")).append('\n');
    yaml.append("    subjectAccessReviewVersion: ").append(choices.of("v1", "v1", "v1beta1", "v2"));
    yaml.append("\n    matchConditionSubjectAccessReviewVersion: ")
        .append(choices.of("v1", "v1", "v2"));
    yaml.append("\n    failurePolicy: ").append(choices.of("Deny", "NoOpinion", "Deny", "Maybe"));
    yaml.append("\n    connectionInfo: ")
        .append(
            choices.of(
                "{type: KubeConfigFile, kubeConfigFile: $ROOT/w.kubeconfig}",
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
