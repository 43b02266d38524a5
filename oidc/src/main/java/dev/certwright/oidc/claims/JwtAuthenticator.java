package dev.certwright.oidc.claims;

import dev.certwright.authentication.Authentication;
import dev.certwright.oidc.configuration.JwtConfiguration;
import dev.certwright.oidc.configuration.MappingExpressions;
import dev.certwright.oidc.provider.KeyList;
import dev.certwright.oidc.provider.KeySource;
import dev.certwright.oidc.provider.ProviderAccess;
import dev.certwright.oidc.provider.SignatureAnswer;
import dev.certwright.oidc.token.SignedToken;
import dev.certwright.oidc.token.TokenException;
import dev.certwright.x509.SafeText;
import dev.certwright.yaml.YamlMapping;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tokens of one issuer to users, as kube-apiserver's OIDC authenticator has it (rules J-03 to
 * J-08). Those that were good are remembered, which nobody can tell but by the speed. Safe for use
 * by several threads, none of which waits for anything outside.
 */
public final class JwtAuthenticator {
  /** What a server for some thousands of clients needs, at about 400 bytes each. */
  public static final int DEFAULT_CAPACITY = 10_000;

  private static final long KEPT_SECONDS = 10;
  private static final long NOT_BEFORE_LEEWAY = 60;
  private static final int LONGEST_REASON = 1000;

  private final String issuer;
  private final TokenChecks checks;
  private final KeySource keys;
  private final IdentityMapping mapping;
  private final @Nullable DistributedClaims distributed;
  private final InstantSource clock;
  private final RememberedTokens remembered;

  /**
   * For one issuer.
   *
   * @param expressions of that issuer
   * @param algorithms that may sign, some of {@link TokenChecks#ALL_ALGORITHMS}
   * @param access to its keys
   * @param capacity how many tokens are remembered at most
   */
  public JwtAuthenticator(
      JwtConfiguration configuration,
      MappingExpressions expressions,
      List<String> algorithms,
      ProviderAccess access,
      InstantSource clock,
      int capacity) {
    this.issuer = configuration.issuer().url();
    this.checks = new TokenChecks(issuer, configuration.issuer().audiences(), algorithms);
    this.keys = access.keys();
    this.mapping = new IdentityMapping(configuration, expressions);
    String groups = configuration.claimMappings().groups().claim();
    this.distributed =
        groups.isEmpty()
            ? null
            : new DistributedClaims(groups, checks, access.claims(), access::keysOf);
    this.clock = clock;
    this.remembered = new RememberedTokens(capacity);
  }

  /** Whether its keys are known. */
  public boolean isReady() {
    return keys.current() != null;
  }

  /** Fetches its keys if they are not known. */
  public void fetch() {
    if (!isReady()) {
      keys.prepare();
    }
  }

  /**
   * Whose token it is; no opinion if it names another issuer. Never {@code system:authenticated}:
   * that is for whoever joins the authenticators.
   */
  public Authentication authenticate(String token) {
    Instant now = clock.instant();
    ByteBuffer key = RememberedTokens.key(token);
    Authentication.Authenticated known = remembered.find(key, keys.current(), now);
    if (known != null) {
      return known;
    }
    if (!issuer.equals(SignedToken.claimedIssuer(token))) {
      return new Authentication.NoOpinion();
    }
    try {
      return judge(token, key, now);
    } catch (TokenException bad) {
      return failed(String.valueOf(bad.getMessage()));
    }
  }

  private Authentication judge(String text, ByteBuffer key, Instant now) throws TokenException {
    KeyList proving;
    RegisteredClaims registered;
    SignedToken token;
    try {
      token = SignedToken.parse(text);
      checks.checkAlgorithm(token);
      SignatureAnswer signature = keys.check(token);
      if (signature instanceof SignatureAnswer.Later later) {
        return new Authentication.Later(later.fetched());
      } else if (signature instanceof SignatureAnswer.Bad bad) {
        return failed(bad.reason());
      }
      proving = ((SignatureAnswer.Good) signature).keys();
      registered = checks.check(token, now);
    } catch (TokenException bad) {
      throw new TokenException("oidc: verify token: " + bad.getMessage());
    }
    YamlMapping claims = token.claims();
    boolean fetched = false;
    if (distributed != null) {
      DistributedClaims.Expanded expanded;
      try {
        expanded = distributed.expand(claims, now);
      } catch (TokenException bad) {
        throw new TokenException("oidc: could not expand distributed claims: " + bad.getMessage());
      }
      if (expanded.later() != null) {
        return new Authentication.Later(expanded.later());
      }
      claims = expanded.claims();
      fetched = expanded.fetched();
    }
    Authentication.Authenticated user = new Authentication.Authenticated(mapping.map(claims));
    Long notBefore = registered.notBefore;
    remembered.remember(
        key,
        user,
        proving,
        notBefore == null ? Long.MIN_VALUE : notBefore - NOT_BEFORE_LEEWAY,
        fetched
            ? Math.min(registered.expiry, now.getEpochSecond() + KEPT_SECONDS)
            : registered.expiry);
    return user;
  }

  // One line, whatever a token claims.
  private static Authentication failed(String reason) {
    String line = SafeText.ofEscaped(reason);
    return new Authentication.Failed(
        line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "...");
  }

  int remembered() {
    return remembered.size();
  }

  @Override
  public String toString() {
    return "tokens of " + issuer;
  }
}
