package dev.certwright.oidc;

import dev.certwright.authentication.Authentication;
import dev.certwright.oidc.claims.JwtAuthenticator;
import dev.certwright.oidc.claims.TokenChecks;
import dev.certwright.oidc.configuration.AuthenticationConfiguration;
import dev.certwright.oidc.configuration.ConfigurationException;
import dev.certwright.oidc.configuration.ConfigurationValidation;
import dev.certwright.oidc.configuration.JwtConfiguration;
import dev.certwright.oidc.configuration.MappingExpressions;
import dev.certwright.oidc.provider.ProviderAccess;
import dev.certwright.x509.key.SignatureVerifier;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The tokens of all issuers of one configuration. At most one of them has an opinion, since each
 * has another URL. Safe for use by several threads, none of which waits for anything outside.
 */
public final class IssuerTokens {
  private final List<JwtAuthenticator> issuers;

  private IssuerTokens(List<JwtAuthenticator> issuers) {
    this.issuers = List.copyOf(issuers);
  }

  /**
   * Validates a configuration and begins to fetch keys.
   *
   * @param algorithms that may sign; {@link TokenChecks#ALL_ALGORITHMS} for a configuration file
   * @throws ConfigurationException if kube-apiserver would not start with it
   */
  public static IssuerTokens of(
      AuthenticationConfiguration configuration,
      List<String> algorithms,
      SignatureVerifier signatures,
      InstantSource clock) {
    return of(
        configuration,
        algorithms,
        clock,
        jwt -> ProviderAccess.to(jwt.issuer(), signatures, System::nanoTime));
  }

  /** The same with keys from elsewhere. */
  public static IssuerTokens of(
      AuthenticationConfiguration configuration,
      List<String> algorithms,
      InstantSource clock,
      Function<JwtConfiguration, ProviderAccess> access) {
    List<MappingExpressions> expressions = ConfigurationValidation.validate(configuration);
    for (String algorithm : algorithms) {
      if (!TokenChecks.ALL_ALGORITHMS.contains(algorithm)) {
        throw new ConfigurationException("oidc: unsupported signing alg: \"" + algorithm + "\"");
      }
    }
    List<JwtAuthenticator> issuers = new ArrayList<>();
    for (int i = 0; i < configuration.jwt().size(); i++) {
      JwtConfiguration jwt = configuration.jwt().get(i);
      issuers.add(
          new JwtAuthenticator(
              jwt,
              expressions.get(i),
              algorithms,
              access.apply(jwt),
              clock,
              JwtAuthenticator.DEFAULT_CAPACITY));
    }
    return new IssuerTokens(issuers);
  }

  /** Whether the keys of all issuers are known. */
  public boolean isReady() {
    return issuers.stream().allMatch(JwtAuthenticator::isReady);
  }

  /** Fetches the keys that are not known, unless that was tried a moment ago. */
  public void fetch() {
    issuers.forEach(JwtAuthenticator::fetch);
  }

  /** Whose token it is; no opinion if no issuer is its issuer. */
  public Authentication authenticate(String token) {
    for (JwtAuthenticator issuer : issuers) {
      Authentication answer = issuer.authenticate(token);
      if (!(answer instanceof Authentication.NoOpinion)) {
        return answer;
      }
    }
    return new Authentication.NoOpinion();
  }

  @Override
  public String toString() {
    return issuers.toString();
  }
}
