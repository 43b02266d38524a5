package dev.certwright.x509.chain;

import dev.certwright.x509.Certificate;
import dev.certwright.x509.DistinguishedName;

/** How certificates are called in messages. */
final class CertificateName {
  private static final int MAXIMUM_NAME = 200;

  private CertificateName() {}

  /** How a certificate is called in messages. */
  static String of(Certificate certificate) {
    DistinguishedName subject = certificate.subject();
    return subject.attributes().isEmpty()
        ? "the certificate with serial number " + certificate.serialNumber()
        : "'" + shortened(subject.toString()) + "'";
  }

  /** Names come from strangers: they must not fill a log. */
  static String shortened(String text) {
    return text.length() <= MAXIMUM_NAME ? text : text.substring(0, MAXIMUM_NAME) + "...";
  }
}
