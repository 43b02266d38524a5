package dev.certwright.oidc.configuration;

import dev.certwright.oidc.expression.CompilationException;
import dev.certwright.oidc.expression.Expression;
import dev.certwright.oidc.expression.Expressions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What rules and mappings must be (rules J-03, J-04); compiles their expressions. */
final class MappingValidation {
  private static final String BOTH = "claim and expression can't both be set";
  private static final String NEITHER = "claim or expression is required";
  private static final String VERIFIED = "email_verified";

  private final FieldErrors errors;
  private final String path;
  private boolean usesEmail;
  private boolean usesVerified;

  MappingValidation(FieldErrors errors, String path) {
    this.errors = errors;
    this.path = path;
  }

  MappingExpressions validate(JwtConfiguration jwt) {
    List<MappingExpressions.Rule> claimRules = claimRules(jwt.claimValidationRules());
    ClaimMappings mappings = jwt.claimMappings();
    String field = path + ".claimMappings";
    Expression username = mapped(field + ".username", mappings.username(), true);
    if (username != null) {
      usesEmail = username.uses("email");
      usesVerified |= username.uses(VERIFIED);
    }
    Expression groups = mapped(field + ".groups", mappings.groups(), false);
    Expression uid = uid(field + ".uid", mappings.uid());
    List<MappingExpressions.Extra> extra = extra(field + ".extra", mappings.extra());
    if (usesEmail && !usesVerified) {
      errors.invalid(
          field + ".username.expression",
          mappings.username().expression(),
          "claims.email_verified must be used in claimMappings.username.expression or"
              + " claimMappings.extra[*].valueExpression or claimValidationRules[*].expression when"
              + " claims.email is used in claimMappings.username.expression");
    }
    return new MappingExpressions(
        username, groups, uid, extra, claimRules, userRules(jwt.userValidationRules()));
  }

  private List<MappingExpressions.Rule> claimRules(List<ClaimValidationRule> rules) {
    List<MappingExpressions.Rule> compiled = new ArrayList<>();
    Set<String> claims = new HashSet<>();
    Set<String> expressions = new HashSet<>();
    for (int i = 0; i < rules.size(); i++) {
      ClaimValidationRule rule = rules.get(i);
      String field = path + ".claimValidationRules[" + i + "]";
      boolean claim = !rule.claim().isEmpty();
      boolean expression = !rule.expression().isEmpty();
      if (claim && expression) {
        errors.invalid(field, rule.claim(), BOTH);
      } else if (claim) {
        if (!rule.message().isEmpty()) {
          errors.invalid(
              field + ".message", rule.message(), "may not be specified when claim is set");
        }
        if (!claims.add(rule.claim())) {
          errors.duplicate(field + ".claim", rule.claim());
        }
      } else if (expression) {
        if (!rule.requiredValue().isEmpty()) {
          errors.invalid(
              field + ".requiredValue",
              rule.requiredValue(),
              "may not be specified when expression is set");
        }
        if (!expressions.add(rule.expression())) {
          errors.duplicate(field + ".expression", rule.expression());
          continue;
        }
        Expression condition = condition(field + ".expression", rule.expression(), false);
        if (condition != null) {
          usesVerified |= condition.uses(VERIFIED);
          compiled.add(new MappingExpressions.Rule(condition, rule.message()));
        }
      } else {
        errors.required(field, NEITHER);
      }
    }
    return compiled;
  }

  private List<MappingExpressions.Rule> userRules(List<UserValidationRule> rules) {
    List<MappingExpressions.Rule> compiled = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < rules.size(); i++) {
      UserValidationRule rule = rules.get(i);
      String field = path + ".userValidationRules[" + i + "].expression";
      if (rule.expression().isEmpty()) {
        errors.required(field, "");
      } else if (!seen.add(rule.expression())) {
        errors.duplicate(field, rule.expression());
      } else {
        Expression condition = condition(field, rule.expression(), true);
        if (condition != null) {
          compiled.add(new MappingExpressions.Rule(condition, rule.message()));
        }
      }
    }
    return compiled;
  }

  private @Nullable Expression mapped(String field, ClaimMapping mapping, boolean required) {
    boolean claim = !mapping.claim().isEmpty();
    boolean expression = !mapping.expression().isEmpty();
    if (claim && expression) {
      errors.invalid(field, "", BOTH);
    } else if (!claim && !expression) {
      if (required) {
        errors.required(field, NEITHER);
      }
    } else if (claim) {
      if (mapping.prefix() == null) {
        errors.required(
            field + ".prefix",
            "prefix is required when claim is set. It can be set to an empty string to disable"
                + " prefixing");
      }
    } else {
      String prefix = mapping.prefix();
      if (prefix != null) {
        errors.invalid(field + ".prefix", prefix, "may not be specified when expression is set");
      }
      Expression compiled = overClaims(field + ".expression", mapping.expression());
      return prefix == null ? compiled : null;
    }
    return null;
  }

  private @Nullable Expression uid(String field, ClaimMapping uid) {
    if (!uid.claim().isEmpty() && !uid.expression().isEmpty()) {
      errors.invalid(field, "", BOTH);
      return null;
    }
    return uid.expression().isEmpty() ? null : overClaims(field + ".expression", uid.expression());
  }

  private List<MappingExpressions.Extra> extra(String list, List<ExtraMapping> mappings) {
    List<MappingExpressions.Extra> compiled = new ArrayList<>();
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < mappings.size(); i++) {
      ExtraMapping mapping = mappings.get(i);
      String field = list + "[" + i + "]";
      ExtraKeys.validate(errors, field + ".key", mapping.key());
      if (!keys.add(mapping.key())) {
        errors.duplicate(field + ".key", mapping.key());
      } else if (mapping.valueExpression().isEmpty()) {
        errors.required(field + ".valueExpression", "");
      } else {
        Expression value = overClaims(field + ".valueExpression", mapping.valueExpression());
        if (value != null) {
          usesVerified |= value.uses(VERIFIED);
          compiled.add(new MappingExpressions.Extra(mapping.key(), value));
        }
      }
    }
    return compiled;
  }

  private @Nullable Expression overClaims(String field, String text) {
    try {
      return Expressions.instance().overClaims(text);
    } catch (CompilationException wrong) {
      refused(field, text, wrong);
      return null;
    }
  }

  private @Nullable Expression condition(String field, String text, boolean overUser) {
    try {
      return overUser
          ? Expressions.instance().conditionOverUser(text)
          : Expressions.instance().conditionOverClaims(text);
    } catch (CompilationException wrong) {
      refused(field, text, wrong);
      return null;
    }
  }

  private void refused(String field, String text, CompilationException wrong) {
    String why = String.valueOf(wrong.getMessage());
    if (wrong.isOfProgram()) {
      errors.internal(field, why);
    } else {
      errors.invalid(field, text, why);
    }
  }
}
