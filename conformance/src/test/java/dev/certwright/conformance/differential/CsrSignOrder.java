package dev.certwright.conformance.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.certwright.x509.der.DerReader;
import dev.certwright.x509.der.Tag;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemScanner;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNumber;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.pkcs.CertificationRequestInfo;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;

/**
 * What a question of csr-sign orders, and when, read by other code than Certwright's: by this it is
 * judged.
 *
 * @param user the name
 * @param groups in order
 * @param uid empty for none
 * @param life how long, from now
 * @param now the clock
 * @param authority the CA's certificate
 * @param file with the request, not copied
 */
@SuppressWarnings("ArrayRecordComponent")
record CsrSignOrder(
    String user,
    List<String> groups,
    String uid,
    Duration life,
    Instant now,
    X509Certificate authority,
    byte[] file) {
  /** The most that is signed, by Certwright's policy here and by upstream's controller. */
  static final Duration CEILING = Duration.ofDays(365);

  static final String COMMON_NAME = BCStyle.CN.getId() + "=";
  static final String ORGANIZATION = BCStyle.O.getId() + "=";

  /** Rule X-18. */
  static final String UID = "1.3.6.1.4.1.57683.2=";

  static CsrSignOrder of(YamlMapping question) {
    YamlMapping spec = Choices.mapping(Choices.mapping(question, "csr"), "spec");
    YamlMapping wanted = Choices.mapping(question, "comment");
    return new CsrSignOrder(
        Choices.text(wanted, "user"),
        Choices.texts(wanted, "groups"),
        Choices.text(wanted, "uid"),
        spec.get("expirationSeconds") instanceof YamlNumber seconds
            ? Duration.ofSeconds(seconds.longValueExact())
            : CEILING,
        Instant.parse(Choices.text(question, "time")),
        certificate(Choices.text(question, "caCert")),
        Base64.getDecoder().decode(Choices.text(spec, "request")));
  }

  private static X509Certificate certificate(String pem) {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(pem.getBytes(UTF_8)));
    } catch (CertificateException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** What the request says, without its signature; for one that upstream or Certwright signs. */
  CertificationRequestInfo request() {
    return CertificationRequestInfo.getInstance(requestReader().readElement());
  }

  /** The algorithm of the request's signature, whose parameters nobody looks at. */
  String signatureAlgorithm() {
    DerReader reader = requestReader();
    reader.skip();
    return reader.read(Tag.SEQUENCE).readOid().toString();
  }

  private DerReader requestReader() {
    PemBlock first = PemScanner.first(file);
    return DerReader.of(first == null ? file : first.bytes()).read(Tag.SEQUENCE);
  }

  Instant authorityStart() {
    return authority.getNotBefore().toInstant();
  }

  Instant authorityEnd() {
    return authority.getNotAfter().toInstant();
  }

  /** The attributes that a subject made for this order has, as {@link #attributes} shows them. */
  List<String> subject() {
    List<String> attributes = new ArrayList<>();
    groups.forEach(group -> attributes.add(ORGANIZATION + group));
    attributes.add(COMMON_NAME + user);
    if (!uid.isEmpty()) {
      attributes.add(UID + uid);
    }
    return attributes;
  }

  /** All attributes of a name in DER, in order, as {@code type=value}. */
  static List<String> attributes(byte[] name) {
    List<String> attributes = new ArrayList<>();
    for (RDN relative : X500Name.getInstance(name).getRDNs()) {
      for (var attribute : relative.getTypesAndValues()) {
        attributes.add(
            attribute.getType().getId()
                + "="
                + (attribute.getValue() instanceof ASN1String text
                    ? text.getString()
                    : attribute.getValue().toString()));
      }
    }
    return attributes;
  }

  /** The values of one type, in order. */
  static List<String> values(List<String> attributes, String type) {
    return attributes.stream()
        .filter(attribute -> attribute.startsWith(type))
        .map(attribute -> attribute.substring(type.length()))
        .toList();
  }
}
