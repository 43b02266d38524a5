package dev.certwright.oidc.configuration;

import java.util.List;

/**
 * One issuer and what is made of its tokens; upstream's {@code JWTAuthenticator}.
 *
 * @param issuer who signs
 * @param claimValidationRules what the claims must be
 * @param claimMappings how the claims become a user
 * @param userValidationRules what the user must be
 */
public record JwtConfiguration(
    Issuer issuer,
    List<ClaimValidationRule> claimValidationRules,
    ClaimMappings claimMappings,
    List<UserValidationRule> userValidationRules) {

  /** Copies the lists. */
  public JwtConfiguration {
    claimValidationRules = List.copyOf(claimValidationRules);
    userValidationRules = List.copyOf(userValidationRules);
  }
}
