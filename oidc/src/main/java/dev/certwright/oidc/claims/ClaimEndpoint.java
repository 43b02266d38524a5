package dev.certwright.oidc.claims;

/**
 * Where a distributed claim is to be had (OpenID Connect Core 1.0, 5.6.2).
 *
 * @param url empty if there is none
 * @param accessToken a secret; empty if none is needed
 */
public record ClaimEndpoint(String url, String accessToken) {
  /** Without the access token. */
  @Override
  public String toString() {
    return url;
  }
}
