package dev.certwright.oidc.claims;

import dev.certwright.oidc.provider.ClaimAnswers;
import dev.certwright.oidc.provider.KeySource;
import dev.certwright.oidc.provider.SignatureAnswer;
import dev.certwright.oidc.token.GoJson;
import dev.certwright.oidc.token.SignedToken;
import dev.certwright.oidc.token.TokenException;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlValue;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A claim of groups that is not in the token but somewhere else, in a token of its own (OpenID
 * Connect Core 1.0, 5.6.2). That token is checked as the first one is, with the keys of the issuer
 * that it names.
 */
final class DistributedClaims {
  private static final String NAMES = "_claim_names";
  private static final String SOURCES = "_claim_sources";
  private static final int MOST_ISSUERS = 16;

  private final String claim;
  private final TokenChecks checks;
  private final ClaimAnswers answers;
  private final Function<String, KeySource> keysOf;
  private final Map<String, KeySource> keys = new HashMap<>();

  DistributedClaims(
      String claim, TokenChecks checks, ClaimAnswers answers, Function<String, KeySource> keysOf) {
    this.claim = claim;
    this.checks = checks;
    this.answers = answers;
    this.keysOf = keysOf;
  }

  /**
   * What came of it.
   *
   * @param claims with the claim, if there is one
   * @param fetched whether something outside was asked
   * @param later not null if it has to be asked first
   */
  record Expanded(YamlMapping claims, boolean fetched, @Nullable CompletionStage<?> later) {}

  /**
   * The claims with the one that is somewhere else.
   *
   * @throws TokenException in upstream's words, if it cannot be had
   */
  Expanded expand(YamlMapping claims, Instant now) throws TokenException {
    ClaimEndpoint endpoint = claims.get(claim) == null ? endpoint(claims) : null;
    if (endpoint == null || endpoint.url().isEmpty()) {
      return new Expanded(claims, false, null);
    }
    ClaimAnswers.Answer answer = answers.get(endpoint.url(), endpoint.accessToken());
    if (answer.fetched() != null) {
      return new Expanded(claims, true, answer.fetched());
    }
    String text = answer.text();
    if (text == null) {
      throw new TokenException(
          "while getting distributed claim \"" + claim + "\": " + answer.failure());
    }
    String issuer = SignedToken.claimedIssuer(text);
    if (issuer == null) {
      throw new TokenException(
          "getting untrusted issuer from endpoint "
              + endpoint.url()
              + " failed for claim \""
              + claim
              + "\"");
    }
    SignedToken token = SignedToken.parse(text);
    TokenChecks ofIssuer = checks.of(issuer);
    ofIssuer.checkAlgorithm(token);
    SignatureAnswer signature = keys(issuer).check(token);
    if (signature instanceof SignatureAnswer.Later later) {
      return new Expanded(claims, true, later.fetched());
    } else if (signature instanceof SignatureAnswer.Bad bad) {
      throw new TokenException("verify distributed claim token: " + bad.reason());
    }
    ofIssuer.check(token, now);
    YamlValue value = token.claims().get(claim);
    if (value == null) {
      throw new TokenException(
          "jwt returned by distributed claim endpoint \""
              + endpoint.url()
              + "\" did not contain claim: "
              + claim);
    }
    YamlMapping.Builder all = YamlMapping.builder();
    for (YamlMapping.Entry entry : claims.entries()) {
      all.put(entry.key(), entry.value());
    }
    return new Expanded(all.put(claim, value).build(), true, null);
  }

  private @Nullable ClaimEndpoint endpoint(YamlMapping claims) throws TokenException {
    YamlValue names = claims.get(NAMES);
    if (names == null || names instanceof YamlNull) {
      return null;
    }
    if (!(names instanceof YamlMapping sourceOf)) {
      throw new TokenException("oidc: error parsing distributed claim names");
    }
    if (claims.get(SOURCES) == null) {
      throw new TokenException("oidc: no claim sources");
    }
    YamlValue source = sourceOf.get(claim);
    if (source == null) {
      return null;
    }
    String name = GoJson.string(source);
    Map<String, ClaimEndpoint> sources = RegisteredClaims.of(claims).claimSources;
    ClaimEndpoint endpoint = sources.get(name);
    if (endpoint == null) {
      throw new TokenException(
          "id token _claim_names contained a source " + name + " missing in _claims_sources");
    }
    return endpoint;
  }

  private synchronized KeySource keys(String issuer) throws TokenException {
    KeySource known = keys.get(issuer);
    if (known == null) {
      if (keys.size() >= MOST_ISSUERS) {
        throw new TokenException("more than " + MOST_ISSUERS + " issuers of distributed claims");
      }
      known = keysOf.apply(issuer);
      keys.put(issuer, known);
    }
    return known;
  }
}
