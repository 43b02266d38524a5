package dev.certwright.oidc.configuration;

/**
 * One key of a user's extra.
 *
 * @param key a path in a domain that is not of Kubernetes
 * @param valueExpression CEL over the claims
 */
public record ExtraMapping(String key, String valueExpression) {}
