package dev.certwright.oidc.configuration;

import org.jspecify.annotations.Nullable;

/**
 * A claim, or an expression over all claims; upstream's {@code PrefixedClaimOrExpression}.
 *
 * @param claim empty if none
 * @param prefix put before the claim's value; null if the file does not say
 * @param expression CEL; empty if none
 */
public record ClaimMapping(String claim, @Nullable String prefix, String expression) {
  /** Neither. */
  public static final ClaimMapping NONE = new ClaimMapping("", null, "");
}
