package dev.certwright.conformance.differential;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Impersonation headers, the checks that they cause, and verdicts on these. */
final class ImpersonateMode implements Mode {
  private static final String[] NAMES = {
    "Impersonate-User",
    "impersonate-user",
    "Impersonate-Group",
    "IMPERSONATE-GROUP",
    "Impersonate-Group",
    "Impersonate-Uid",
    "Impersonate-Userx",
    "Authorization"
  };
  private static final String[] EXTRA = {
    "Scopes", "a%2Fb", "acme.io%2Fscopes", "acme.io%2fS%41", "-x.io%2F%20", "", "%zz", "%ff"
  };
  private static final String[] VALUES = {
    "jane",
    "",
    "devs",
    "system:masters",
    "system:serviceaccount:ns:sa",
    "system:serviceaccount:ns",
    "system:serviceaccount:ns:a:b",
    "system:serviceaccount:NS:sa",
    "system:node:n1",
    "system:node:n2",
    "system:node:",
    "system:node:N",
    "system:anonymous",
    "system:authenticated",
    "system:unauthenticated",
    "é",
    "1",
    "*",
    "a\"b<&>"
  };
  private static final String[] VERBS = {
    "impersonate",
    "impersonate:user-info",
    "impersonate:serviceaccount",
    "impersonate:arbitrary-node",
    "impersonate:associated-node",
    "impersonate-on:user-info:get",
    "impersonate-on:user-info:list",
    "impersonate-on:arbitrary-node:get",
    "impersonate-on:associated-node:list"
  };
  private static final String NODE_NAME = "authentication.kubernetes.io/node-name";

  @Override
  public String name() {
    return "impersonate";
  }

  @Override
  public YamlMapping question(Random random) {
    Choices choices = new Choices(random);
    Headers headers = new Headers();
    // Two keys at most: Go does not walk a map of three in every order, so not in that of its keys.
    String[] names = Arrays.copyOf(NAMES, NAMES.length + 2);
    names[NAMES.length] = "Impersonate-Extra-" + choices.of(EXTRA);
    names[NAMES.length + 1] = "impersonate-extra-" + choices.of(EXTRA);
    if (!choices.once(5)) {
      headers.add("Impersonate-User", choices.of(VALUES));
    }
    for (int count = choices.once(4) ? random.nextInt(9) : random.nextInt(3); count > 0; count--) {
      headers.add(choices.of(names), choices.of(VALUES));
    }
    List<YamlValue> verdicts = new ArrayList<>();
    if (!choices.once(4)) {
      for (int count = random.nextInt(3); count > 0; count--) {
        YamlMapping.Builder verdict = YamlMapping.builder();
        verdict.put(
            "resource",
            choices.of("users", "groups", "uids", "userextras", "serviceaccounts", "nodes"));
        if (choices.once(2)) {
          verdict.put("name", choices.of(VALUES));
        }
        if (choices.once(3)) {
          verdict.put("verb", choices.of(VERBS));
        }
        if (choices.once(8)) {
          verdict.put("error", "no roles");
        }
        verdict.put("decision", choices.of("allow", "allow", "deny", "noOpinion"));
        if (choices.once(5)) {
          verdict.put("reason", "because");
        }
        verdicts.add(verdict.build());
      }
      YamlMapping.Builder rest = YamlMapping.builder();
      if (choices.once(3)) {
        rest.put("verb", choices.of(VERBS));
      }
      verdicts.add(rest.put("decision", choices.of("allow", "allow", "deny")).build());
    }
    YamlMapping.Builder question =
        YamlMapping.builder()
            .put(
                "user", choices.of("root", "jane", "system:node:n1", "system:serviceaccount:ns:sa"))
            .put("groups", YamlSequence.ofStrings(choices.some(2, "system:masters", "devs")))
            .put("headers", headers.build())
            .put("verdicts", YamlSequence.of(verdicts));
    if (choices.once(2)) {
      question.put("constrained", true);
    }
    if (choices.once(3)) {
      question.put(
          "extra",
          YamlMapping.builder()
              .put(NODE_NAME, YamlSequence.ofStrings(choices.some(2, "n1", "n1", "n2")))
              .put(
                  "authentication.kubernetes.io/credential-id",
                  YamlSequence.ofStrings(List.of("X")))
              .build());
    }
    if (choices.once(2)) {
      question.put("request", request(choices));
    }
    return question.build();
  }

  private static YamlMapping request(Choices choices) {
    YamlMapping.Builder request = YamlMapping.builder();
    request.put("verb", choices.of("get", "list", "create", ""));
    if (choices.once(4)) {
      return request.put("path", choices.of("/healthz", "/a b")).build();
    }
    request.put("resource", choices.of("pods", "nodes"));
    if (choices.once(2)) {
      request.put("namespace", "ns").put("name", choices.of("p", "system:masters"));
    }
    if (choices.once(3)) {
      request.put("apiGroup", "apps").put("apiVersion", "v1").put("subresource", "log");
    }
    return request.build();
  }

  @Override
  public List<Difference> differences(YamlMapping question, YamlMapping answer) {
    return new ImpersonateComparison(question, answer).differences();
  }
}
