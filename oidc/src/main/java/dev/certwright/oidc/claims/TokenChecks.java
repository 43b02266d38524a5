package dev.certwright.oidc.claims;

import dev.certwright.oidc.token.SignedToken;
import dev.certwright.oidc.token.TokenException;
import dev.certwright.rbac.GoText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * What a token must be before its claims are looked at (rule J-06, RFC 8725): signed with an
 * algorithm that is accepted, by this issuer, for this audience, now. Immutable.
 */
public final class TokenChecks {
  /** All that upstream ever takes: neither {@code none} nor what a shared secret signs. */
  public static final List<String> ALL_ALGORITHMS =
      List.of("ES256", "ES384", "ES512", "PS256", "PS384", "PS512", "RS256", "RS384", "RS512");

  private static final long NOT_BEFORE_LEEWAY = 60;
  private static final DateTimeFormatter GO_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss '+0000 UTC'").withZone(ZoneOffset.UTC);
  private static final long LAST_SECOND_SHOWN = 253_402_300_799L;
  private static final long FIRST_SECOND_SHOWN = -62_135_596_800L;

  private final String issuer;
  private final List<String> audiences;
  private final List<String> algorithms;

  /**
   * For one issuer.
   *
   * @param audiences of which a token names one
   * @param algorithms that are accepted, some of {@link #ALL_ALGORITHMS}
   */
  public TokenChecks(String issuer, List<String> audiences, List<String> algorithms) {
    this.issuer = issuer;
    this.audiences = List.copyOf(audiences);
    this.algorithms = List.copyOf(algorithms);
    for (String algorithm : algorithms) {
      if (!ALL_ALGORITHMS.contains(algorithm)) {
        throw new IllegalArgumentException(
            "oidc: unsupported signing alg: " + GoText.quote(algorithm));
      }
    }
  }

  /** The same for another issuer. */
  public TokenChecks of(String other) {
    return new TokenChecks(other, audiences, algorithms);
  }

  /**
   * Before a key is looked for.
   *
   * @throws TokenException if the algorithm is not accepted
   */
  public void checkAlgorithm(SignedToken token) throws TokenException {
    if (!algorithms.contains(token.algorithm())) {
      throw new TokenException(
          "oidc: id token signed with unsupported algorithm, expected "
              + quoted(algorithms)
              + " got "
              + GoText.quote(token.algorithm()));
    }
  }

  /**
   * After the signature was found good.
   *
   * @return its registered claims
   * @throws TokenException if it is another's, or not of now
   */
  RegisteredClaims check(SignedToken token, Instant now) throws TokenException {
    RegisteredClaims claims = RegisteredClaims.of(token.claims());
    for (String source : claims.claimNames.values()) {
      if (source.isEmpty()) {
        throw new TokenException("oidc: failed to obtain source from claim name");
      } else if (!claims.claimSources.containsKey(source)) {
        throw new TokenException("oidc: source does not exist");
      }
    }
    boolean google =
        issuer.equals("https://accounts.google.com") && claims.issuer.equals("accounts.google.com");
    if (!claims.issuer.equals(issuer) && !google) {
      throw new TokenException(
          "oidc: id token issued by a different provider, expected "
              + GoText.quote(issuer)
              + " got "
              + GoText.quote(claims.issuer));
    }
    if (audiences.size() == 1 && !claims.audience.contains(audiences.get(0))) {
      throw new TokenException(
          "oidc: expected audience "
              + GoText.quote(audiences.get(0))
              + " got "
              + quoted(claims.audience));
    }
    checkTime(claims, now);
    if (audiences.stream().noneMatch(claims.audience::contains)) {
      throw new TokenException(
          "oidc: expected audience in "
              + quoted(new ArrayList<>(new TreeSet<>(audiences)))
              + " got "
              + quoted(claims.audience));
    }
    return claims;
  }

  private static void checkTime(RegisteredClaims claims, Instant now) throws TokenException {
    long seconds = now.getEpochSecond();
    boolean expired = isBefore(claims.expiry, seconds);
    if (expired || claims.expiry == seconds && now.getNano() > 0) {
      throw new TokenException(
          "oidc: token is expired (Token Expiry: " + time(claims.expiry) + ")");
    }
    Long notBefore = claims.notBefore;
    if (notBefore != null && isBefore(seconds + NOT_BEFORE_LEEWAY, notBefore)) {
      throw new TokenException(
          "oidc: current time "
              + time(seconds)
              + " before the nbf (not before) time: "
              + time(notBefore));
    }
  }

  // Go counts from the first year, and the last 62 thousand million seconds that 64 bits can hold
  // are long ago there.
  private static boolean isBefore(long one, long other) {
    return one - RegisteredClaims.NEVER < other - RegisteredClaims.NEVER;
  }

  private static String time(long seconds) {
    return seconds < FIRST_SECOND_SHOWN || seconds > LAST_SECOND_SHOWN
        ? seconds + " seconds after 1970"
        : GO_TIME.format(Instant.ofEpochSecond(seconds));
  }

  private static String quoted(List<String> texts) {
    StringBuilder text = new StringBuilder("[");
    for (String each : texts) {
      text.append(text.length() == 1 ? "" : " ").append(GoText.quote(each));
    }
    return text.append(']').toString();
  }
}
