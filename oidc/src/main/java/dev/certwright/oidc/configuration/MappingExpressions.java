package dev.certwright.oidc.configuration;

import dev.certwright.oidc.expression.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The expressions of one issuer, compiled.
 *
 * @param username null if a claim is the name
 * @param groups null if a claim is, or nothing
 * @param uid null if a claim is, or nothing
 * @param extra in their order
 * @param claimRules what must be true of the claims
 * @param userRules what must be true of the user
 */
public record MappingExpressions(
    @Nullable Expression username,
    @Nullable Expression groups,
    @Nullable Expression uid,
    List<Extra> extra,
    List<Rule> claimRules,
    List<Rule> userRules) {

  /**
   * The value of a key of extra.
   *
   * @param key of extra
   * @param value a string or strings
   */
  public record Extra(String key, Expression value) {}

  /**
   * What must be true.
   *
   * @param condition true or false
   * @param message when it is false
   */
  public record Rule(Expression condition, String message) {}

  /** Copies the lists. */
  public MappingExpressions {
    extra = List.copyOf(extra);
    claimRules = List.copyOf(claimRules);
    userRules = List.copyOf(userRules);
  }

  /** Whether any of them looks at claims. */
  public boolean lookAtClaims() {
    return username != null
        || groups != null
        || uid != null
        || !extra.isEmpty()
        || !claimRules.isEmpty();
  }
}
