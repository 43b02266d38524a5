package dev.certwright.x509.chain;

import dev.certwright.x509.Certificate;

/** What is wrong with what was presented, before any of it is verified. */
final class PresentedRefusal {
  private static final String RENEW = "issue a new one";

  private PresentedRefusal() {}

  static Refusal nothingPresented() {
    return new Refusal(
        Stage.TLS, Reason.NOTHING_PRESENTED, null, "no certificate was presented", "");
  }

  static Refusal notPem(int index) {
    return new Refusal(
        Stage.TLS,
        Reason.UNREADABLE,
        null,
        "certificate " + (index + 1) + " of the chain is not PEM",
        "give each certificate between its BEGIN and END lines");
  }

  static Refusal unreadable(int index, Exception why) {
    return new Refusal(
        Stage.TLS,
        Reason.UNREADABLE,
        null,
        (index == 0 ? "the certificate" : "certificate " + (index + 1) + " of the chain")
            + " cannot be read, so the TLS handshake fails: "
            + why.getMessage(),
        index == 0 ? RENEW : "leave it out of the chain, or present it as it was issued");
  }

  static Refusal keyTooLarge(Certificate certificate) {
    return new Refusal(
        Stage.TLS,
        Reason.KEY_TOO_LARGE,
        certificate,
        CertificateName.of(certificate)
            + " has an RSA key of "
            + certificate.publicKey().modulus().bitLength()
            + " bits; the TLS handshake fails with more than 8192",
        "use a smaller key, best ECDSA P-256");
  }

  static Refusal keyType(Certificate leaf) {
    return new Refusal(
        Stage.TLS,
        Reason.KEY_TYPE,
        leaf,
        "the certificate's key is a "
            + leaf.publicKey().description()
            + "; the TLS handshake fails unless it is RSA, ECDSA or Ed25519",
        "issue one for another key, best ECDSA P-256");
  }
}
