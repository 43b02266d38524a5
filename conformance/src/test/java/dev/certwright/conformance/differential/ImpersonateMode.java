package dev.certwright.conformance.differential;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Impersonation headers, the checks that they cause, and verdicts on these. */
final class ImpersonateMode implements Mode {
  private static final String[] NAMES = {
    "Impersonate-User", "impersonate-user", "Impersonate-Group", "IMPERSONATE-GROUP",
    "Impersonate-Uid", "Impersonate-Extra-Scopes", "Impersonate-Extra-a%2Fb", "Impersonate-Extra-",
    "Impersonate-Extra-%zz", "Authorization"
  };
  private static final String[] VALUES = {
    "jane", "", "devs", "system:masters", "system:serviceaccount:ns:sa", "system:serviceaccount:ns",
    "system:node:n1", "system:anonymous", "system:authenticated", "system:unauthenticated", "é", "1"
  };

  @Override
  public String name() {
    return "impersonate";
  }

  @Override
  public boolean isCompared() {
    return false;
  }

  @Override
  public YamlMapping question(Random random) {
    Choices choices = new Choices(random);
    Headers headers = new Headers();
    if (!choices.once(5)) {
      headers.add("Impersonate-User", choices.of(VALUES));
    }
    for (int count = random.nextInt(4); count > 0; count--) {
      headers.add(choices.of(NAMES), choices.of(VALUES));
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
        verdict.put("decision", choices.of("allow", "allow", "deny", "noOpinion"));
        if (choices.once(5)) {
          verdict.put("reason", "because");
        }
        verdicts.add(verdict.build());
      }
      verdicts.add(
          YamlMapping.builder().put("decision", choices.of("allow", "allow", "deny")).build());
    }
    YamlMapping.Builder question =
        YamlMapping.builder()
            .put(
                "user", choices.of("root", "jane", "system:node:n1", "system:serviceaccount:ns:sa"))
            .put("groups", YamlSequence.ofStrings(choices.some(2, "system:masters", "devs")))
            .put("headers", headers.build())
            .put("verdicts", YamlSequence.of(verdicts));
    if (choices.once(3)) {
      question.put("constrained", true);
    }
    return question.build();
  }
}
