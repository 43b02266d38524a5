package dev.certwright.authority;

import dev.certwright.x509.AttributeTypeAndValue;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.DistinguishedName;
import dev.certwright.x509.KeyUsage;
import dev.certwright.x509.Oids;
import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.Validity;
import dev.certwright.x509.der.DerWriter;
import dev.certwright.x509.der.Tag;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Certificates for servers of our own, such as the one of {@code demo}: serverAuth only, so that
 * none can ever be used as a client (rule GV-08).
 */
public final class ServerCertificate {
  private static final int DNS_NAME = 2;
  private static final int IP_ADDRESS = 7;

  private ServerCertificate() {}

  /**
   * Signs one.
   *
   * @param dnsNames at least one; the first is also the Common Name
   * @param addresses IP addresses it is reached by
   */
  public static Certificate sign(
      CertificateAuthority authority,
      PublicKeyInfo publicKey,
      List<String> dnsNames,
      List<InetAddress> addresses,
      Duration lifetime,
      Instant now) {
    Instant second = now.truncatedTo(ChronoUnit.SECONDS);
    DerWriter names = new DerWriter();
    int mark = names.mark();
    for (int i = addresses.size() - 1; i >= 0; i--) {
      names.element(Tag.primitive(IP_ADDRESS), addresses.get(i).getAddress());
    }
    for (int i = dnsNames.size() - 1; i >= 0; i--) {
      names.element(Tag.primitive(DNS_NAME), dnsNames.get(i).getBytes(StandardCharsets.US_ASCII));
    }
    int usage = KeyUsage.DIGITAL_SIGNATURE.mask();
    if (publicKey.family() == PublicKeyInfo.Family.RSA) {
      usage |= KeyUsage.KEY_ENCIPHERMENT.mask();
    }
    return CertificateTemplate.of(
            DistinguishedName.ofAttributes(
                List.of(new AttributeTypeAndValue(Oids.COMMON_NAME, dnsNames.get(0)))),
            publicKey)
        .issuer(authority.certificate().subject())
        .serialNumber(new BigInteger(126, new SecureRandom()).add(BigInteger.ONE))
        .validity(new Validity(second.minus(Issuer.BACKDATE), second.plus(lifetime)))
        .keyUsage(usage)
        .purpose(Oids.SERVER_AUTH)
        .subjectAlternativeName(names.wrap(Tag.SEQUENCE, mark).toByteArray())
        .authorityKeyIdentifier(authority.keyIdentifier())
        .sign(authority.key());
  }
}
