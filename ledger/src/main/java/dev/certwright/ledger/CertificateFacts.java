package dev.certwright.ledger;

import dev.certwright.identity.Identity;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.Digests;
import dev.certwright.x509.Oids;
import dev.certwright.x509.SubjectIdentity;
import dev.certwright.x509.der.DerException;
import dev.certwright.x509.der.Oid;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/**
 * What the ledger keeps of a certificate: the certificate itself, and what one looks for in it.
 * There is no private key in it and no place for one.
 *
 * @param user whom kube-apiserver sees (rule X-14); empty if it sees nobody
 * @param groups the Organizations in the certificate's order (rule X-15)
 * @param uid the uid (rule X-18); empty for none
 * @param credentialId {@code X509SHA256=} and the SHA-256 of the DER in hex (rule X-17)
 * @param serialNumber decimal
 * @param issuer the issuer's name for people
 * @param notBefore beginning of the validity
 * @param notAfter end of the validity
 * @param keyFingerprint SHA-256 of the SubjectPublicKeyInfo, lower-case hex
 * @param encoded the certificate, DER in base64
 */
public record CertificateFacts(
    String user,
    List<String> groups,
    String uid,
    String credentialId,
    String serialNumber,
    String issuer,
    Instant notBefore,
    Instant notAfter,
    String keyFingerprint,
    String encoded) {

  public CertificateFacts {
    groups = List.copyOf(groups);
  }

  /** Reads them from a certificate. */
  public static CertificateFacts of(Certificate certificate) {
    Identity identity = SubjectIdentity.of(certificate).identity();
    return new CertificateFacts(
        identity == null ? "" : identity.name(),
        certificate.subject().values(Oids.ORGANIZATION),
        identity == null ? "" : identity.uid(),
        certificate.credentialId().value(),
        certificate.serialNumber().toString(),
        certificate.issuer().toString(),
        certificate.validity().notBefore(),
        certificate.validity().notAfter(),
        HexFormat.of().formatHex(Digests.sha256(certificate.publicKey().encoded())),
        Base64.getEncoder().encodeToString(certificate.encoded()));
  }

  /**
   * Whether kube-apiserver lets anybody in with it: it names a user, and is for clients. One that
   * cannot be read here counts as if, so that it is not forgotten.
   */
  public boolean letsSomebodyIn() {
    if (user.isEmpty()) {
      return false;
    }
    try {
      return isForClients(Certificate.of(Base64.getDecoder().decode(encoded)));
    } catch (DerException | IllegalArgumentException unreadable) {
      return true;
    }
  }

  /** As kube-apiserver asks for it (rules GV-07 to GV-10): a certificate that says nothing is. */
  private static boolean isForClients(Certificate certificate) {
    List<Oid> purposes = certificate.extensionValues().purposes();
    return purposes.isEmpty()
        || purposes.contains(Oids.CLIENT_AUTH)
        || purposes.contains(Oids.ANY_EXTENDED_KEY_USAGE);
  }
}
