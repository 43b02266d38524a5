package dev.certwright.conformance.differential;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlNumber;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** OIDC: flags and configurations, and what they make of claims. Times are far from now. */
final class ClaimsMode implements Mode {
  private static final long LONG_AGO = 946_684_800;
  private static final long FAR_AWAY = 4_102_444_800L;

  @Override
  public String name() {
    return "claims";
  }

  @Override
  public List<Difference> differences(YamlMapping question, YamlMapping answer) {
    return new ClaimsComparison(question, answer).differences();
  }

  @Override
  public YamlMapping question(Random random) {
    Choices choices = new Choices(random);
    YamlMapping.Builder question = YamlMapping.builder();
    if (choices.once(2)) {
      question.put("flags", YamlSequence.ofStrings(flags(choices)));
    } else {
      question.put("config", config(choices));
    }
    List<YamlValue> tokens = new ArrayList<>();
    for (int count = 1 + random.nextInt(3); count > 0; count--) {
      tokens.add(YamlMapping.builder().put("claims", claims(choices)).build());
    }
    return question.put("tokens", YamlSequence.of(tokens)).build();
  }

  private static List<String> flags(Choices choices) {
    List<String> flags = new ArrayList<>();
    flags.add(
        "--oidc-issuer-url="
            + choices.of("https://id.example", "https://id.example", "http://id.example", "", "x"));
    flags.add("--oidc-client-id=" + choices.of("kube", "kube", "kube", ""));
    if (choices.once(2)) {
      flags.add("--oidc-username-claim=" + choices.of("email", "sub", "name", "preferred", ""));
    }
    if (choices.once(3)) {
      flags.add("--oidc-username-prefix=" + choices.of("-", "p:", ""));
    }
    if (choices.once(2)) {
      flags.add("--oidc-groups-claim=" + choices.of("roles", "groups", "a.b", ""));
    }
    if (choices.once(3)) {
      flags.add("--oidc-groups-prefix=" + choices.of("g:", ""));
    }
    if (choices.once(4)) {
      flags.add(
          "--oidc-required-claim=" + choices.of("hd=example", "hd=other", "hd", "=x", "sub=jane"));
    }
    return flags;
  }

  private static String config(Choices choices) {
    return choices.once(2) ? expressions(choices) : usual(choices);
  }

  /** All that may be an expression is one. */
  private static String expressions(Choices choices) {
    StringBuilder yaml =
        new StringBuilder(
                "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\n")
            .append("jwt:\n- issuer: {url: 'https://id.example', audiences: [kube]}\n")
            .append("  claimMappings:\n    username: {expression: ")
            .append(quoted(choices.once(2) ? "claims.sub" : CelExpressions.text(choices)))
            .append("}\n");
    if (choices.once(2)) {
      yaml.append("    groups: {expression: ")
          .append(quoted(CelExpressions.textOrTexts(choices)))
          .append("}\n");
    }
    if (choices.once(4)) {
      yaml.append("    uid: {expression: ")
          .append(quoted(CelExpressions.text(choices)))
          .append("}\n");
    }
    if (choices.once(3)) {
      yaml.append("    extra: [{key: example.com/k, valueExpression: ")
          .append(quoted(CelExpressions.textOrTexts(choices)))
          .append("}]\n");
    }
    if (choices.once(2)) {
      yaml.append("  claimValidationRules: [{expression: ")
          .append(quoted(CelExpressions.condition(choices, false)))
          .append(choices.of("}]\n", ", message: no}]\n"));
    }
    if (choices.once(2)) {
      yaml.append("  userValidationRules: [{expression: ")
          .append(quoted(CelExpressions.condition(choices, true)))
          .append(choices.of("}]\n", ", message: no}]\n"));
    }
    return yaml.toString();
  }

  private static String quoted(String expression) {
    return "'" + expression.replace("'", "''") + "'";
  }

  private static String usual(Choices choices) {
    StringBuilder yaml =
        new StringBuilder("apiVersion: apiserver.config.k8s.io/")
            .append(choices.of("v1", "v1beta1", "v1alpha1", "v1"))
            .append("\nkind: AuthenticationConfiguration\njwt:\n- issuer:\n    url: ")
            .append(choices.of("https://id.example", "https://id.example", "http://id.example"))
            .append("\n    audiences: ")
            .append(choices.of("[kube]", "[kube]", "[kube, other]", "[]", "['']"))
            .append("\n  claimMappings:\n    username: ")
            .append(
                choices.of(
                    "{claim: sub, prefix: ''}",
                    "{claim: email, prefix: 'p:'}",
                    "{claim: sub}",
                    "{expression: 'claims.sub'}",
                    "{expression: 'claims.email'}",
                    "{expression: 'claims.sub + \":\" + claims.missing'}",
                    "{expression: '1'}",
                    "{expression: 'claims.'}",
                    "{}"))
            .append('\n');
    if (choices.once(2)) {
      yaml.append("    groups: ")
          .append(
              choices.of(
                  "{claim: roles, prefix: 'g:'}",
                  "{expression: 'claims.roles'}",
                  "{expression: 'claims.roles.map(r, \"g:\" + r)'}",
                  "{claim: roles}"))
          .append('\n');
    }
    if (choices.once(3)) {
      yaml.append("    uid: ")
          .append(choices.of("{claim: uid}", "{expression: 'claims.uid'}", "{expression: '2'}"))
          .append('\n');
    }
    if (choices.once(3)) {
      yaml.append("    extra: ")
          .append(
              choices.of(
                  "[{key: example.com/k, valueExpression: 'claims.hd'}]",
                  "[{key: K, valueExpression: 'claims.hd'}]",
                  "[{key: example.com/k, valueExpression: '[\"a\", \"b\"]'}]"))
          .append('\n');
    }
    if (choices.once(3)) {
      yaml.append("  claimValidationRules: ")
          .append(
              choices.of(
                  "[{claim: hd, requiredValue: example}]",
                  "[{expression: 'claims.hd == \"example\"', message: not here}]",
                  "[{expression: 'claims.hd'}]"))
          .append('\n');
    }
    if (choices.once(3)) {
      yaml.append("  userValidationRules: ")
          .append(
              choices.of(
                  "[{expression: '!user.username.startsWith(\"system:\")', message: reserved}]",
                  "[{expression: 'user.groups.all(g, g != \"x\")'}]"))
          .append('\n');
    }
    return yaml.toString();
  }

  private static YamlMapping claims(Choices choices) {
    YamlMapping.Builder claims = YamlMapping.builder();
    claims.put(
        "iss", choices.of("https://id.example", "https://id.example", "https://other.example", ""));
    if (!choices.once(8)) {
      claims.put("aud", value(choices, "kube", "kube", "kube", "other"));
    }
    if (!choices.once(8)) {
      claims.put("exp", choices.once(8) ? LONG_AGO : FAR_AWAY);
    }
    if (choices.once(6)) {
      claims.put("nbf", choices.once(2) ? LONG_AGO : FAR_AWAY);
    }
    if (!choices.once(10)) {
      claims.put("sub", value(choices, "jane", "jane", "system:x", "", "é"));
    }
    if (choices.once(2)) {
      claims.put("email", value(choices, "jane@example.com", ""));
      if (choices.once(2)) {
        claims.put("email_verified", choices.once(2));
      }
    }
    if (!choices.once(3)) {
      claims.put("roles", value(choices, "devs", "ops", "", "x"));
    }
    if (choices.once(2)) {
      claims.put("hd", value(choices, "example", "other"));
    }
    if (choices.once(3)) {
      claims.put("uid", value(choices, "4711", ""));
    }
    if (choices.once(2)) {
      claims.put("level", choices.once(3) ? value(choices, "7") : level(choices));
      claims.put("nested", nested(choices));
      claims.put("tags", tags(choices));
      claims.put("a.b", choices.of("dot", ""));
      claims.put("if", choices.of("word", ""));
    }
    if (choices.once(12)) {
      claims.put(
          choices.of("ISS", "Iss", "AUD", "Exp", "SUB", "NBF"),
          value(choices, "https://id.example", "kube"));
    }
    return claims.build();
  }

  private static YamlValue level(Choices choices) {
    return choices.once(2)
        ? YamlNumber.of(choices.below(10))
        : YamlNumber.of(choices.below(100) / 4.0);
  }

  private static YamlValue nested(Choices choices) {
    YamlMapping.Builder nested = YamlMapping.builder().put("team", choices.of("a", "b"));
    if (choices.once(2)) {
      nested.put("deep", YamlMapping.builder().put("x", choices.of("1", "")).build());
    }
    return choices.once(8) ? YamlString.of("flat") : nested.build();
  }

  private static YamlValue tags(Choices choices) {
    return YamlSequence.of(
        List.of(
            YamlString.of("t"),
            YamlNumber.of(7),
            YamlNull.of(),
            YamlString.of(choices.of("devs", "u"))));
  }

  private static YamlValue value(Choices choices, String... texts) {
    return switch (choices.below(10)) {
      case 0 -> YamlSequence.ofStrings(choices.some(3, texts));
      case 1 -> YamlSequence.ofStrings(List.of(texts[0]));
      case 2 -> choices.once(2) ? YamlNull.of() : YamlMapping.EMPTY;
      default -> YamlString.of(choices.of(texts));
    };
  }
}
