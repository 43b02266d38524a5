package dev.certwright.oidc.configuration;

import java.util.List;

/**
 * Who signs tokens, and for whom (rule J-02). What is not given is empty.
 *
 * @param url the {@code iss} of its tokens
 * @param discoveryUrl where its keys are described, if not below {@code url}
 * @param certificateAuthority PEM of the CAs that its server is trusted by; empty for the
 *     platform's
 * @param audiences of which a token names one
 * @param audienceMatchPolicy empty or {@code MatchAny}
 * @param egressSelectorType through which of the API server's networks it is reached
 */
public record Issuer(
    String url,
    String discoveryUrl,
    String certificateAuthority,
    List<String> audiences,
    String audienceMatchPolicy,
    String egressSelectorType) {

  /** The only policy there is. */
  public static final String MATCH_ANY = "MatchAny";

  /** Copies the list. */
  public Issuer {
    audiences = List.copyOf(audiences);
  }
}
