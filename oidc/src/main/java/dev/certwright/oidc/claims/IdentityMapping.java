package dev.certwright.oidc.claims;

import dev.certwright.identity.CredentialId;
import dev.certwright.identity.Identity;
import dev.certwright.oidc.configuration.ClaimMapping;
import dev.certwright.oidc.configuration.ClaimValidationRule;
import dev.certwright.oidc.configuration.JwtConfiguration;
import dev.certwright.oidc.configuration.MappingExpressions;
import dev.certwright.oidc.expression.EvaluationException;
import dev.certwright.oidc.expression.Expression;
import dev.certwright.oidc.expression.Values;
import dev.certwright.oidc.token.GoJson;
import dev.certwright.oidc.token.TokenException;
import dev.certwright.rbac.GoText;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Claims to a user, as one issuer's configuration has it (rules J-03, J-04, J-07, J-08). */
final class IdentityMapping {
  private static final String EMAIL = "email";
  private static final String EMAIL_VERIFIED = "email_verified";

  private final JwtConfiguration configuration;
  private final MappingExpressions expressions;

  IdentityMapping(JwtConfiguration configuration, MappingExpressions expressions) {
    this.configuration = configuration;
    this.expressions = expressions;
  }

  /**
   * The user.
   *
   * @throws TokenException in upstream's words, if the claims make none
   */
  Identity map(YamlMapping claims) throws TokenException {
    Map<String, Object> values = expressions.lookAtClaims() ? Values.claims(claims) : Map.of();
    String name = name(claims, values);
    List<String> groups = groups(claims, values);
    String uid = uid(claims, values);
    Identity user = new Identity(name, uid, groups, extra(claims, values));
    checkClaims(claims, values);
    checkUser(user);
    return user;
  }

  private String name(YamlMapping claims, Map<String, Object> values) throws TokenException {
    Expression expression = expressions.username();
    if (expression != null) {
      String name = text(expression, values, "username", "username");
      if (name.isEmpty()) {
        throw new TokenException("oidc: empty username via CEL expression is not allowed");
      }
      return name;
    }
    ClaimMapping mapping = configuration.claimMappings().username();
    String name;
    try {
      name = GoJson.string(required(claims, mapping.claim()));
    } catch (TokenException wrong) {
      throw new TokenException(
          "oidc: parse username claims "
              + GoText.quote(mapping.claim())
              + ": "
              + wrong.getMessage());
    }
    if (mapping.claim().equals(EMAIL)) {
      checkVerified(claims.get(EMAIL_VERIFIED));
    }
    return prefixed(mapping, name);
  }

  private static void checkVerified(@Nullable YamlValue verified) throws TokenException {
    if (verified == null) {
      return;
    }
    boolean flag;
    try {
      flag = GoJson.flag(verified);
    } catch (TokenException wrong) {
      throw new TokenException("oidc: parse 'email_verified' claim: " + wrong.getMessage());
    }
    if (!flag) {
      throw new TokenException("oidc: email not verified");
    }
  }

  private static String prefixed(ClaimMapping mapping, String value) {
    String prefix = mapping.prefix();
    return prefix == null ? value : prefix + value;
  }

  private static YamlValue required(YamlMapping claims, String claim) throws TokenException {
    YamlValue value = claims.get(claim);
    if (value == null) {
      throw new TokenException("claim not present");
    }
    return value;
  }

  private static String text(
      Expression expression, Map<String, Object> values, String what, String name)
      throws TokenException {
    try {
      if (expression.evaluate(values) instanceof String text) {
        return text;
      }
      throw new EvaluationException(name + " claim expression must return a string");
    } catch (EvaluationException none) {
      throw new TokenException(
          "oidc: error evaluating " + what + " claim expression: " + none.getMessage());
    }
  }

  private List<String> groups(YamlMapping claims, Map<String, Object> values)
      throws TokenException {
    ClaimMapping mapping = configuration.claimMappings().groups();
    YamlValue claim = mapping.claim().isEmpty() ? null : claims.get(mapping.claim());
    if (claim != null) {
      List<String> groups = new ArrayList<>();
      try {
        for (String group : GoJson.stringOrStrings(claim)) {
          groups.add(prefixed(mapping, group));
        }
      } catch (TokenException wrong) {
        throw new TokenException(
            "oidc: parse groups claim "
                + GoText.quote(mapping.claim())
                + ": "
                + wrong.getMessage());
      }
      return groups;
    }
    Expression expression = expressions.groups();
    if (expression == null) {
      return List.of();
    }
    try {
      return Expression.strings(expression.evaluate(values));
    } catch (EvaluationException none) {
      throw new TokenException(
          "oidc: error evaluating group claim expression: " + none.getMessage());
    }
  }

  private String uid(YamlMapping claims, Map<String, Object> values) throws TokenException {
    ClaimMapping mapping = configuration.claimMappings().uid();
    if (!mapping.claim().isEmpty()) {
      try {
        return GoJson.string(required(claims, mapping.claim()));
      } catch (TokenException wrong) {
        throw new TokenException(
            "oidc: parse uid claim " + GoText.quote(mapping.claim()) + ": " + wrong.getMessage());
      }
    }
    Expression expression = expressions.uid();
    return expression == null ? "" : text(expression, values, "uid", "uid");
  }

  private Map<String, List<String>> extra(YamlMapping claims, Map<String, Object> values)
      throws TokenException {
    Map<String, List<String>> extra = new LinkedHashMap<>();
    if (claims.get("jti") instanceof YamlString id && !id.value().isEmpty()) {
      extra.put(CredentialId.EXTRA_KEY, List.of("JTI=" + id.value()));
    }
    List<Object> evaluated = new ArrayList<>();
    try {
      for (MappingExpressions.Extra mapping : expressions.extra()) {
        evaluated.add(mapping.value().evaluate(values));
      }
    } catch (EvaluationException none) {
      throw new TokenException(String.valueOf(none.getMessage()));
    }
    for (int i = 0; i < evaluated.size(); i++) {
      MappingExpressions.Extra mapping = expressions.extra().get(i);
      try {
        List<String> strings = Expression.strings(evaluated.get(i));
        if (!strings.isEmpty()) {
          extra.put(mapping.key(), strings);
        }
      } catch (EvaluationException none) {
        throw new TokenException(
            "oidc: error evaluating extra claim expression: "
                + mapping.value().text()
                + ": "
                + none.getMessage());
      }
    }
    return extra;
  }

  private void checkClaims(YamlMapping claims, Map<String, Object> values) throws TokenException {
    for (ClaimValidationRule rule : configuration.claimValidationRules()) {
      if (!rule.claim().isEmpty()) {
        checkClaim(claims, rule);
      }
    }
    check(expressions.claimRules(), values, "oidc: error evaluating claim validation expression: ");
  }

  private static void checkClaim(YamlMapping claims, ClaimValidationRule rule)
      throws TokenException {
    YamlValue value = claims.get(rule.claim());
    if (value == null) {
      throw new TokenException("oidc: required claim " + rule.claim() + " not present in ID token");
    }
    String text;
    try {
      text = GoJson.string(value);
    } catch (TokenException wrong) {
      throw new TokenException("oidc: parse claim " + rule.claim() + ": " + wrong.getMessage());
    }
    if (!text.equals(rule.requiredValue())) {
      throw new TokenException(
          "oidc: required claim "
              + rule.claim()
              + " value does not match. Got = "
              + text
              + ", want = "
              + rule.requiredValue());
    }
  }

  private void checkUser(Identity user) throws TokenException {
    if (!expressions.userRules().isEmpty()) {
      check(
          expressions.userRules(),
          Values.user(user),
          "oidc: error evaluating user info validation rule: ");
    }
  }

  // All are evaluated before any is judged, so that an error counts before a no.
  private static void check(
      List<MappingExpressions.Rule> rules, Map<String, Object> values, String failure)
      throws TokenException {
    List<Object> results = new ArrayList<>();
    try {
      for (MappingExpressions.Rule rule : rules) {
        results.add(rule.condition().evaluate(values));
      }
      for (int i = 0; i < results.size(); i++) {
        MappingExpressions.Rule rule = rules.get(i);
        if (!(results.get(i) instanceof Boolean holds)) {
          throw new EvaluationException("validation expression must return a boolean");
        } else if (!holds) {
          throw new EvaluationException(
              "validation expression '" + rule.condition().text() + "' failed: " + rule.message());
        }
      }
    } catch (EvaluationException failed) {
      throw new TokenException(failure + failed.getMessage());
    }
  }
}
