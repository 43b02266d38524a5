package dev.certwright.conformance.differential;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.certwright.oidc.configuration.AuthenticationConfiguration;
import dev.certwright.oidc.configuration.ConfigurationException;
import dev.certwright.oidc.configuration.ConfigurationReader;
import dev.certwright.oidc.configuration.ConfigurationValidation;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** AuthenticationConfigurations: taken and how they are read, or refused with which words. */
final class AuthenticationConfigMode implements Mode {
  private static final String INVALID = "invalid authentication configuration: ";
  private static final String EGRESS = "oidc: egress lookup required";

  private static final String AUTHORITY =
      "-----BEGIN CERTIFICATE-----\n"
          + "MIIBgDCCASWgAwIBAgIUaDL+/7ynyDuGi7ILlQKbIwtYQPwwCgYIKoZIzj0EAwIw\n"
          + "FDESMBAGA1UEAwwJcHJvdmlkZXJzMCAXDTI2MTEzMDA4NTY1NloYDzIxMjYxMTA2\n"
          + "MDg1NjU2WjAUMRIwEAYDVQQDDAlwcm92aWRlcnMwWTATBgcqhkjOPQIBBggqhkjO\n"
          + "PQMBBwNCAATRr2V7o8yvGo+UXoGM8IhqJhiondDPmi9Tm9f+D8+Zu4eDPHLeXrmR\n"
          + "lPLFtVmUBe3pr7c5qSKQ2pKIQ1GSJ0B2o1MwUTAdBgNVHQ4EFgQUiJVKylsyW/UY\n"
          + "597nCkeAdgWPg9swHwYDVR0jBBgwFoAUiJVKylsyW/UY597nCkeAdgWPg9swDwYD\n"
          + "VR0TAQH/BAUwAwEB/zAKBggqhkjOPQQDAgNJADBGAiEAhsWqvieaosbcHzXyjVrW\n"
          + "GXKUOFILkghTBjaNUNgYrBsCIQCSq4ATN8svJYpkbTDOGtqANuIv+SF3HzqDhaVG\n"
          + "DFE1zQ==\n"
          + "-----END CERTIFICATE-----\n";

  private static final String[] URLS = {
    "https://id.example/realms/x",
    "https://other.example",
    "http://id.example",
    "HTTPS://id.example",
    "https://",
    "https:id.example",
    "https://u:p@id.example",
    "https://u@id.example",
    "https://@id.example",
    "https://id.example?",
    "https://id.example?x=y",
    "https://id.example#",
    "https://id.example#f",
    "https://id.example/%zz",
    "https://id.example/%41",
    "https://[::1",
    "https://[::1]:8443",
    "https://[fe80::1%25en0]",
    "https://id.example:port",
    "https://id.example:",
    "//id.example",
    "id.example",
    " https://id.example",
    "https://id.example ",
    "https://id.example/\u00e9",
    "https://%41.example",
    "https://a b.example",
    "https://id.example/a b",
    "https://id.example\\x",
    ":",
    "",
    "mailto:a@b",
    "https://id.example/",
    "https://id.example//",
    "1https://x",
    "https://id.example/\u0007"
  };
  private static final String[] KEYS = {
    "example.com/k",
    "example.com/l",
    "example.com/a/b",
    "example.com/K",
    "k",
    "/k",
    "a/",
    "kubernetes.io/k",
    "x.k8s.io/k",
    "k8s.io/a",
    "xk8s.io/a",
    "Kubernetes.io/a",
    "example.com/\u00e9",
    "Example.com/k",
    "-a.com/k",
    "a..b/k",
    "example.com/k k",
    "kubernetes.io",
    ".kubernetes.io/x",
    "example.com/%zz?",
    "",
    "a_b.com/k",
    "example.com/~!$&'()*+,;=:",
    "a".repeat(254) + "/k",
    "example.com/\u0130"
  };
  private static final String[] MARKS = {
    "x", "claim", "expression", "prefix", "url", "jwt", "message", "Enabled", "path", "extra"
  };
  private static final String[] ODD = {
    "null",
    "''",
    "~",
    "[]",
    "{}",
    "[null]",
    "[[]]",
    "[{}]",
    "{a: b}",
    "1",
    "1.5",
    "true",
    "no",
    "'true'",
    "x",
    "\"a\\nb\"",
    "v1",
    "/x",
    "\u00e9",
    "!!str 1",
    "!!binary eA==",
    "&a x",
    "*a",
    "|",
    "0x1f",
    "2026-01-01",
    "- a"
  };

  @Override
  public String name() {
    return "authentication-config";
  }

  @Override
  public List<Difference> differences(YamlMapping question, YamlMapping answer) {
    String base64 = Choices.text(question, "configBase64");
    byte[] text =
        base64.isEmpty()
            ? Choices.text(question, "config").getBytes(UTF_8)
            : Base64.getDecoder().decode(base64);
    String theirs = Choices.text(answer, "refusal");
    boolean accepted = YamlBoolean.of(true).equals(answer.get("accepted"));
    AuthenticationConfiguration read;
    try {
      read = ConfigurationReader.read("config", text);
      ConfigurationValidation.validate(read);
    } catch (ConfigurationException wrong) {
      String ours = String.valueOf(wrong.getMessage());
      if (accepted) {
        return difference(ours.startsWith(EGRESS) ? "stricter-egress" : "stricter", ours, theirs);
      }
      boolean same =
          theirs.startsWith(INVALID)
              ? ClaimsComparison.shortened(ours).equals(ClaimsComparison.shortened(theirs))
              : !ours.startsWith(INVALID);
      return same ? List.of() : difference("refusal", ours, theirs);
    }
    if (!accepted) {
      return difference("laxer", "accepted", theirs);
    }
    String ours = EffectiveConfiguration.of(read);
    String effective = EffectiveConfiguration.of(Choices.mapping(answer, "effective"));
    return ours.equals(effective) ? List.of() : difference("effective", ours, effective);
  }

  private static List<Difference> difference(String kind, String ours, String theirs) {
    return List.of(new Difference(kind, "ours:     " + ours + "\nupstream: " + theirs));
  }

  @Override
  public YamlMapping question(Random random) {
    Choices choices = new Choices(random);
    StringBuilder yaml = new StringBuilder("apiVersion: apiserver.config.k8s.io/");
    yaml.append(choices.mostly("v1", "v1beta1", "v1alpha1", "v2", "V1")).append('\n');
    yaml.append("kind: ")
        .append(choices.once(20) ? "AuthorizationConfiguration" : "AuthenticationConfiguration")
        .append('\n');
    int issuers = choices.once(100) ? 64 + choices.below(3) : choices.below(3);
    if (issuers > 0 || choices.once(2)) {
      yaml.append("jwt:").append(issuers > 0 ? "\n" : choices.of(" []\n", "\n", " null\n"));
    }
    for (int i = 0; i < issuers; i++) {
      issuer(choices, yaml, i, issuers > 3);
    }
    anonymous(choices, yaml);
    String config = yaml.toString();
    if (choices.once(3)) {
      config = OddYaml.changed(choices, config, ODD, MARKS);
    }
    YamlMapping.Builder question = YamlMapping.builder();
    return choices.once(20)
        ? question
            .put("configBase64", Base64.getEncoder().encodeToString(bytes(choices, config)))
            .build()
        : question.put("config", config).build();
  }

  /** Not UTF-8, not alone, or with marks before it. */
  private static byte[] bytes(Choices choices, String config) {
    return switch (choices.below(8)) {
      case 0 -> ("\uFEFF" + config).getBytes(UTF_8);
      case 1 -> ("\uFEFF" + config).getBytes(UTF_16LE);
      case 2 -> config.replaceFirst("sub", "s\u00fcb").getBytes(ISO_8859_1);
      case 3 -> ("---\n" + config + "\n...\n").getBytes(UTF_8);
      case 4 -> (config + "\n---\na: 1\n").getBytes(UTF_8);
      case 5 -> config.replaceFirst("\n", "\0\n").getBytes(UTF_8);
      case 6 -> config.replace("\n", "\r\n").getBytes(UTF_8);
      default -> ("# " + choices.of("a", "\u00e9") + "\n%YAML 1.1\n---\n" + config).getBytes(UTF_8);
    };
  }

  private static void issuer(Choices choices, StringBuilder yaml, int number, boolean many) {
    String usual = "https://id" + (many ? number : choices.below(2)) + ".example";
    yaml.append("- issuer:\n    url: ").append(quoted(choices.mostly(usual, URLS))).append('\n');
    if (choices.once(5)) {
      yaml.append("    discoveryURL: ")
          .append(quoted(choices.of(usual + "/", usual + "/d", choices.of(URLS))))
          .append('\n');
    }
    if (choices.once(5)) {
      certificateAuthority(choices, yaml);
    }
    yaml.append("    audiences: ")
        .append(
            choices.mostly(
                "[kube]", "[]", "['']", "[kube, kube]", "[a, b]", "kube", "[1]", "[null]"))
        .append('\n');
    if (choices.once(6)) {
      yaml.append("    audienceMatchPolicy: ")
          .append(choices.of("MatchAny", "''", "matchany", "x"))
          .append('\n');
    }
    if (choices.once(20)) {
      yaml.append("    egressSelectorType: ")
          .append(choices.of("controlplane", "cluster", "etcd", "''", "Cluster"))
          .append('\n');
    }
    if (many) {
      yaml.append("  claimMappings: {username: {claim: sub, prefix: ''}}\n");
      return;
    }
    claimRules(choices, yaml);
    mappings(choices, yaml);
    userRules(choices, yaml);
  }

  private static void certificateAuthority(Choices choices, StringBuilder yaml) {
    String pem =
        choices.of(
            AUTHORITY,
            AUTHORITY + AUTHORITY,
            "text before\n" + AUTHORITY,
            "x",
            AUTHORITY.replace("MIIB", "MIIC"),
            AUTHORITY.replace("CERTIFICATE", "TRUSTED CERTIFICATE"),
            AUTHORITY.replace("ATE-----\nMII", "ATE-----\na: b\n\nMII"),
            AUTHORITY + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            AUTHORITY.replace("\n", " "));
    yaml.append("    certificateAuthority: |\n");
    for (String line : pem.split("\n", -1)) {
      yaml.append("      ").append(line).append('\n');
    }
  }

  private static void claimRules(Choices choices, StringBuilder yaml) {
    if (!choices.once(3)) {
      return;
    }
    yaml.append("  claimValidationRules:\n");
    for (int count = 1 + choices.below(3); count > 0; count--) {
      List<String> fields = new ArrayList<>();
      boolean claim = choices.once(2);
      if (claim || choices.once(12)) {
        fields.add("claim: " + choices.of("hd", "hd", "sub", "''", "\u00e9"));
        fields.add("requiredValue: " + choices.of("x", "''", "example"));
      }
      if (!claim || choices.once(12)) {
        fields.add("expression: " + expression(CelExpressions.condition(choices, false)));
        fields.add("message: " + choices.of("no", "''", "\u00e9"));
      }
      entry(choices, yaml, "  ", fields);
    }
  }

  private static void userRules(Choices choices, StringBuilder yaml) {
    if (!choices.once(3)) {
      return;
    }
    yaml.append("  userValidationRules:\n");
    for (int count = 1 + choices.below(2); count > 0; count--) {
      entry(
          choices,
          yaml,
          "  ",
          List.of(
              "expression: " + expression(CelExpressions.condition(choices, !choices.once(10))),
              "message: no"));
    }
  }

  private static void mappings(Choices choices, StringBuilder yaml) {
    yaml.append("  claimMappings:\n    username: ")
        .append(mapping(choices, CelExpressions.text(choices), true))
        .append('\n');
    if (choices.once(2)) {
      yaml.append("    groups: ")
          .append(mapping(choices, CelExpressions.textOrTexts(choices), true))
          .append('\n');
    }
    if (choices.once(3)) {
      yaml.append("    uid: ")
          .append(mapping(choices, CelExpressions.text(choices), choices.once(12)))
          .append('\n');
    }
    if (choices.once(3)) {
      yaml.append("    extra:\n");
      for (int count = 1 + choices.below(3); count > 0; count--) {
        entry(
            choices,
            yaml,
            "    ",
            List.of(
                "key: "
                    + quoted(
                        choices.once(2)
                            ? "example.com/" + "kl".charAt(choices.below(2))
                            : choices.of(KEYS)),
                "valueExpression: " + expression(CelExpressions.textOrTexts(choices))));
      }
    }
  }

  private static String mapping(Choices choices, String expression, boolean prefixed) {
    List<String> fields = new ArrayList<>();
    boolean claim = choices.once(2);
    if (claim || choices.once(12)) {
      fields.add("claim: " + choices.mostly("sub", "email", "''", "a.b"));
    }
    if (!claim || choices.once(12)) {
      fields.add(
          "expression: "
              + expression(
                  choices.mostly(
                      expression,
                      "claims.email",
                      "claims.?email.orValue('x')",
                      "claims.email_verified ? claims.email : claims.sub",
                      "[claims.email][0]",
                      "has(claims.email) ? 'a' : 'b'",
                      "{'a': claims.email}.a",
                      "claims.x.email",
                      "claims['email']",
                      "claims.sub.replace('a', claims.email)",
                      "['a'].map(e, claims.email)[0]",
                      "claims[?'email'].orValue('')")));
    }
    if (prefixed && (claim != choices.once(12))) {
      fields.add("prefix: " + choices.of("''", "'p:'", "'-'"));
    }
    return "{" + String.join(", ", fields) + "}";
  }

  private static void entry(
      Choices choices, StringBuilder yaml, String indent, List<String> fields) {
    String sign = indent + "- ";
    for (String field : fields) {
      if (!choices.once(12)) {
        yaml.append(sign).append(field).append('\n');
        sign = indent + "  ";
      }
    }
    if (sign.endsWith("- ")) {
      yaml.append(sign).append("{}\n");
    }
  }

  private static void anonymous(Choices choices, StringBuilder yaml) {
    if (choices.once(3)) {
      yaml.append("anonymous:\n  enabled: ")
          .append(choices.mostly("true", "false", "null", "'true'"))
          .append('\n');
      if (choices.once(2)) {
        yaml.append("  conditions: ")
            .append(
                choices.of(
                    "[{path: /healthz}]",
                    "[]",
                    "[{path: /a}, {path: /a}]",
                    "[{path: ''}]",
                    "[{}]",
                    "[null]",
                    "[{path: '/<&>\"'}]",
                    "[/a]",
                    "[{path: 1}]"))
            .append('\n');
      }
    }
  }

  private static String expression(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String quoted(String text) {
    return JsonWriter.compact(dev.certwright.yaml.YamlString.of(text));
  }
}
