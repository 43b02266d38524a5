package dev.certwright.authentication;

import dev.certwright.x509.Certificate;

/** How kube-apiserver calls a certificate in its log (rule X-09). */
final class CertificateLabel {
  private static final String HEX = "0123456789ABCDEF";

  private CertificateLabel() {}

  /** {@code SN=1, SKID=64:84, AKID=48:70}: serial number in decimal, key identifiers in hex. */
  static String of(Certificate certificate) {
    StringBuilder text = new StringBuilder("SN=").append(certificate.serialNumber());
    append(text.append(", SKID="), certificate.extensionValues().subjectKeyIdentifier());
    append(text.append(", AKID="), certificate.extensionValues().authorityKeyIdentifier());
    return text.toString();
  }

  private static void append(StringBuilder text, byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      text.append(i == 0 ? "" : ":")
          .append(HEX.charAt(bytes[i] >> 4 & 0xF))
          .append(HEX.charAt(bytes[i] & 0xF));
    }
  }
}
