package dev.certwright.oidc.configuration;

/**
 * What the user must be, once mapped (rule J-08).
 *
 * @param expression CEL over the user
 * @param message for the log, when it is false
 */
public record UserValidationRule(String expression, String message) {}
