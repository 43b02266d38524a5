package dev.certwright.authentication;

import dev.certwright.identity.Identity;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.chain.ClientVerdict;
import dev.certwright.x509.chain.ClientVerification;
import dev.certwright.x509.chain.Purpose;
import dev.certwright.x509.chain.Refusal;
import dev.certwright.x509.chain.Stage;
import dev.certwright.x509.chain.TrustAnchors;
import dev.certwright.x509.key.SignatureVerifier;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Client certificates to identities, as kube-apiserver's x509 authenticator has it (rules X-05 to
 * A client whose certificates were good a moment ago is remembered, which upstream does not
 * do; nothing else differs. Failures are not remembered. Safe for use by several threads.
 */
public final class ClientCertificateAuthenticator implements Authenticator {

  /** What a server for some thousands of clients needs, at about 300 bytes each. */
  public static final int DEFAULT_CAPACITY = 10_000;

  private final ClientAuthorities authorities;
  private final ClientVerification verification;
  private final InstantSource clock;
  private final RememberedIdentities remembered;

  /**
   * For one server.
   *
   * @param clock what time it is
   * @param capacity how many clients are remembered at most; 0 for none
   */
  public ClientCertificateAuthenticator(
      ClientAuthorities authorities,
      SignatureVerifier signatures,
      InstantSource clock,
      int capacity) {
    this.authorities = authorities;
    this.verification = new ClientVerification(signatures);
    this.clock = clock;
    this.remembered = new RememberedIdentities(capacity);
  }

  @Override
  public Authentication authenticate(ClientRequest request) {
    return authenticate(request.clientCertificates());
  }

  /**
   * Judges what a client presented.
   *
   * @param presented DER, leaf first, as the TLS layer got it; not copied, must not change any more
   */
  public Authentication authenticate(List<byte[]> presented) {
    TrustAnchors anchors = presented.isEmpty() ? null : authorities.current();
    if (anchors == null) {
      return new Authentication.NoOpinion();
    }
    Instant now = clock.instant();
    ByteBuffer key = RememberedIdentities.key(presented);
    Identity known = remembered.find(key, anchors, now);
    return known != null
        ? new Authentication.Authenticated(known)
        : verify(presented, anchors, now, key);
  }

  private Authentication verify(
      List<byte[]> presented, TrustAnchors anchors, Instant now, ByteBuffer key) {
    List<Certificate> certificates = new ArrayList<>(presented.size());
    for (byte[] encoded : presented) {
      try {
        certificates.add(Certificate.of(encoded));
      } catch (X509Exception unreadable) {
        return new Authentication.Failed(
            "certificate "
                + (certificates.size() + 1)
                + " of the client cannot be read: "
                + unreadable.getMessage());
      }
    }
    ClientVerdict verdict =
        verification.verify(certificates, anchors, now, Purpose.CLIENT_AUTHENTICATION);
    if (verdict instanceof ClientVerdict.Accepted accepted) {
      remembered.remember(key, anchors, now, certificates, accepted.identity());
      return new Authentication.Authenticated(accepted.identity());
    }
    Refusal refusal = ((ClientVerdict.Refused) verdict).refusal();
    if (refusal.stage() == Stage.NO_OPINION) {
      return new Authentication.NoOpinion();
    }
    return new Authentication.Failed(
        "verifying certificate "
            + CertificateLabel.of(certificates.get(0))
            + " failed: "
            + refusal.message());
  }
}
