package dev.certwright.oidc.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * kube-apiserver's {@code --oidc-*} flags, which describe one issuer (rule J-05).
 *
 * @param issuerUrl {@code --oidc-issuer-url}
 * @param clientId {@code --oidc-client-id}
 * @param certificateAuthority PEM, the content of {@code --oidc-ca-file}
 * @param usernameClaim {@code --oidc-username-claim}
 * @param usernamePrefix {@code --oidc-username-prefix}
 * @param groupsClaim {@code --oidc-groups-claim}
 * @param groupsPrefix {@code --oidc-groups-prefix}
 * @param signingAlgorithms {@code --oidc-signing-algs}
 * @param requiredClaims {@code --oidc-required-claim}
 */
public record OidcFlags(
    String issuerUrl,
    String clientId,
    String certificateAuthority,
    String usernameClaim,
    String usernamePrefix,
    String groupsClaim,
    String groupsPrefix,
    List<String> signingAlgorithms,
    Map<String, String> requiredClaims) {

  /** What {@code --oidc-username-claim} is unless given. */
  public static final String DEFAULT_USERNAME_CLAIM = "sub";

  /** What {@code --oidc-signing-algs} is unless given. */
  public static final List<String> DEFAULT_ALGORITHMS = List.of("RS256");

  private static final String EMAIL = "email";
  private static final String NO_PREFIX = "-";

  /** Copies the collections. */
  public OidcFlags {
    signingAlgorithms = List.copyOf(signingAlgorithms);
    requiredClaims = Map.copyOf(requiredClaims);
  }

  /**
   * The configuration that they stand for.
   *
   * @throws ConfigurationException if the issuer or the client id is missing
   */
  public AuthenticationConfiguration configuration() {
    if (issuerUrl.isEmpty() || clientId.isEmpty()) {
      throw new ConfigurationException(
          "oidc-issuer-url and oidc-client-id must be specified together when any oidc-* flags are"
              + " set");
    }
    List<ClaimValidationRule> rules = new ArrayList<>();
    for (Map.Entry<String, String> claim : new TreeMap<>(requiredClaims).entrySet()) {
      rules.add(new ClaimValidationRule(claim.getKey(), claim.getValue(), "", ""));
    }
    ClaimMapping groups =
        groupsClaim.isEmpty() ? ClaimMapping.NONE : new ClaimMapping(groupsClaim, groupsPrefix, "");
    return new AuthenticationConfiguration(
        List.of(
            new JwtConfiguration(
                new Issuer(issuerUrl, "", certificateAuthority, List.of(clientId), "", ""),
                rules,
                new ClaimMappings(
                    new ClaimMapping(usernameClaim, prefix(), ""),
                    groups,
                    ClaimMapping.NONE,
                    List.of()),
                List.of())),
        null);
  }

  private String prefix() {
    if (usernamePrefix.equals(NO_PREFIX)) {
      return "";
    }
    return usernamePrefix.isEmpty() && !usernameClaim.equals(EMAIL)
        ? issuerUrl + "#"
        : usernamePrefix;
  }
}
