package dev.certwright.oidc.configuration;

/**
 * What the claims must be: one claim that equals a text, or an expression that is true.
 *
 * @param claim empty if there is an expression
 * @param requiredValue what it equals
 * @param expression CEL over the claims
 * @param message for the log, when the expression is false
 */
public record ClaimValidationRule(
    String claim, String requiredValue, String expression, String message) {}
