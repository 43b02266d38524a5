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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A self-signed CA for client certificates: pathLen 0, keyUsage keyCertSign and cRLSign.
 *
 * @param commonName its name; the API server advertises it to clients
 * @param lifetime from now
 */
public record NewAuthority(String commonName, Duration lifetime) {

  /** Ten years, as kubeadm gives its own. */
  public static final Duration DEFAULT_LIFETIME = Duration.ofDays(3650);

  /** What a CA may be called is nobody's business but its owner's, as long as it can be read. */
  private static final Set<String> SEEN_WRONGLY =
      Set.of(
          "name-empty",
          "name-blanks",
          "name-control",
          "name-bidi",
          "name-zero-width",
          "name-invisible");

  /** RFC 5280 A.1, ub-common-name: more is refused by other programs. */
  private static final int MAXIMUM_NAME = 64;

  /**
   * Signs the CA's certificate with its own key.
   *
   * @throws RefusedException if the name is empty, too long, or not seen as what it is
   */
  public CertificateAuthority create(SigningKey key, BigInteger serialNumber, Instant now) {
    checkName();
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

  private void checkName() {
    List<Finding> findings = new ArrayList<>();
    NameRules.STRICT.checkText("CA name", commonName, findings);
    findings.removeIf(
        finding ->
            finding.severity() != Severity.FORBIDDEN || !SEEN_WRONGLY.contains(finding.rule()));
    int length = commonName.codePointCount(0, commonName.length());
    if (length > MAXIMUM_NAME) {
      findings.add(
          Finding.forbidden(
              "name-length",
              "a CA name of " + length + " characters",
              "use at most " + MAXIMUM_NAME + " characters (RFC 5280 A.1)"));
    }
    if (!findings.isEmpty()) {
      throw new RefusedException(findings);
    }
  }
}
