package dev.certwright.authority;

import dev.certwright.x509.AttributeTypeAndValue;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.DistinguishedName;
import dev.certwright.x509.KeyUsage;
import dev.certwright.x509.Oids;
import dev.certwright.x509.Validity;
import dev.certwright.x509.key.SigningKey;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * A self-signed CA for client certificates: pathLen 0, keyUsage keyCertSign and cRLSign.
 *
 * @param commonName its name; the API server advertises it to clients
 * @param lifetime from now
 */
public record NewAuthority(String commonName, Duration lifetime) {

  /** Ten years, as kubeadm gives its own. */
  public static final Duration DEFAULT_LIFETIME = Duration.ofDays(3650);

  /** Signs the CA's certificate with its own key. */
  public CertificateAuthority create(SigningKey key, BigInteger serialNumber, Instant now) {
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    DistinguishedName name =
        DistinguishedName.ofAttributes(
            List.of(new AttributeTypeAndValue(Oids.COMMON_NAME, commonName)));
    CertificateTemplate template =
        CertificateTemplate.of(name, key.publicKey())
            .issuer(name)
            .serialNumber(serialNumber)
            .validity(new Validity(second.minus(Issuer.BACKDATE), second.plus(lifetime)))
            .authority(0)
            .keyUsage(KeyUsage.KEY_CERT_SIGN.mask() | KeyUsage.CRL_SIGN.mask());
    Certificate certificate = template.sign(key);
    return CertificateAuthority.of(List.of(certificate), key);
  }
}
