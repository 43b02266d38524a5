package dev.certwright.oidc.provider;

import dev.certwright.oidc.configuration.Issuer;
import dev.certwright.x509.key.SignatureVerifier;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;

/** All that one issuer's authenticator fetches, through one client. */
public final class ProviderAccess {
  private final ProviderClient client;
  private final SignatureVerifier signatures;
  private final LongSupplier nanoTime;
  private final KeySource keys;
  private final ClaimAnswers claims;

  private ProviderAccess(
      ProviderClient client, SignatureVerifier signatures, LongSupplier nanoTime, KeySource keys) {
    this.client = client;
    this.signatures = signatures;
    this.nanoTime = nanoTime;
    this.keys = keys;
    this.claims = new ClaimAnswers(client, nanoTime);
  }

  /** Over HTTPS; the keys begin to be fetched at once. */
  public static ProviderAccess to(
      Issuer issuer, SignatureVerifier signatures, LongSupplier nanoTime) {
    ProviderClient client = ProviderClient.trusting(issuer.certificateAuthority());
    ProviderKeys keys =
        new ProviderKeys(issuer.url(), issuer.discoveryUrl(), client, signatures, nanoTime);
    CompletionStage<?> unused = keys.fetch();
    return new ProviderAccess(client, signatures, nanoTime, keys);
  }

  /** With keys that are known already. */
  public static ProviderAccess knowing(
      KeySource keys, SignatureVerifier signatures, LongSupplier nanoTime) {
    return new ProviderAccess(ProviderClient.trusting(""), signatures, nanoTime, keys);
  }

  /** The issuer's. */
  public KeySource keys() {
    return keys;
  }

  /** Those of another issuer, whose tokens carry claims for this one's. */
  public KeySource keysOf(String other) {
    return new ProviderKeys(other, "", client, signatures, nanoTime);
  }

  /** Claims that are elsewhere. */
  public ClaimAnswers claims() {
    return claims;
  }
}
