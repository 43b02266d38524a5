package dev.certwright.authentication;

import dev.certwright.identity.Identity;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.Oids;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.chain.ClientVerdict;
import dev.certwright.x509.chain.ClientVerification;
import dev.certwright.x509.chain.Purpose;
import dev.certwright.x509.chain.Stage;
import dev.certwright.x509.chain.TrustAnchors;
import dev.certwright.x509.key.SignatureVerifier;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Believes the headers of a proxy that shows a certificate of a CA for proxies, and of nobody else
 * (rules X-24, H-01). A client certificate of another CA is a failure here, whatever the headers;
 * the next authenticator may know it. Safe for use by several threads.
 */
public final class FrontProxyAuthenticator implements Authenticator {
  private static final int REMEMBERED_PROXIES = 100;

  private final ClientAuthorities authorities;
  private final Set<String> allowedNames;
  private final RequestHeaders headers;
  private final ClientVerification verification;
  private final InstantSource clock;
  private final RememberedIdentities remembered = new RememberedIdentities(REMEMBERED_PROXIES);

  /**
   * For one server.
   *
   * @param authorities {@code --requestheader-client-ca-file}
   * @param allowedNames {@code --requestheader-allowed-names}: Common Names of proxies; empty for
   *     whomever the CA signed
   */
  public FrontProxyAuthenticator(
      ClientAuthorities authorities,
      List<String> allowedNames,
      RequestHeaders headers,
      SignatureVerifier signatures,
      InstantSource clock) {
    this.authorities = authorities;
    this.allowedNames = Set.copyOf(allowedNames);
    this.headers = headers;
    this.verification = new ClientVerification(signatures);
    this.clock = clock;
  }

  @Override
  public Authentication authenticate(ClientRequest request) {
    List<byte[]> presented = request.clientCertificates();
    TrustAnchors anchors = presented.isEmpty() ? null : authorities.current();
    if (anchors == null) {
      return new Authentication.NoOpinion();
    }
    Instant now = clock.instant();
    ByteBuffer key = RememberedIdentities.key(presented);
    Identity proxy = remembered.find(key, anchors, now);
    if (proxy == null) {
      List<Certificate> certificates = new ArrayList<>(presented.size());
      try {
        for (byte[] encoded : presented) {
          certificates.add(Certificate.of(encoded));
        }
      } catch (X509Exception unreadable) {
        return new Authentication.Failed(
            "certificate of a proxy cannot be read: " + unreadable.getMessage());
      }
      ClientVerdict verdict =
          verification.verify(certificates, anchors, now, Purpose.CLIENT_AUTHENTICATION);
      if (verdict instanceof ClientVerdict.Refused refused && !isSubjectAlone(refused)) {
        return new Authentication.Failed(refused.refusal().message());
      }
      proxy = Identity.of(commonName(certificates.get(0)), List.of());
      remembered.remember(key, anchors, now, certificates, proxy);
    }
    if (!allowedNames.isEmpty() && !allowedNames.contains(proxy.name())) {
      return new Authentication.Failed(
          "x509: subject with cn=" + proxy.name() + " is not in the allowed list");
    }
    Identity user = headers.identity(request);
    return user == null ? new Authentication.NoOpinion() : new Authentication.Authenticated(user);
  }

  // The chain is good, and whether the subject would make a user is not asked of a proxy.
  private static boolean isSubjectAlone(ClientVerdict.Refused refused) {
    Stage stage = refused.refusal().stage();
    return stage == Stage.IDENTITY || stage == Stage.NO_OPINION;
  }

  private static String commonName(Certificate certificate) {
    List<String> names = certificate.subject().values(Oids.COMMON_NAME);
    return names.isEmpty() ? "" : names.get(names.size() - 1);
  }
}
