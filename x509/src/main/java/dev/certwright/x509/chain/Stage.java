package dev.certwright.x509.chain;

/** How far a client got before it was refused. */
public enum Stage {
  /** The bundle of trusted CAs does not load. */
  ROOTS("roots"),

  /** A presented certificate cannot be read or its key cannot do TLS: the handshake fails. */
  TLS("tls"),

  /** No chain from the certificate to a trusted CA is good: HTTP 401. */
  VERIFY("verify"),

  /** The chain is good and the subject makes no identity: HTTP 401. */
  IDENTITY("identity"),

  /** The chain is good and names nobody: other authenticators decide, at last anonymous access. */
  NO_OPINION("noopinion");

  private final String word;

  Stage(String word) {
    this.word = word;
  }

  /** The word for programs. */
  public String word() {
    return word;
  }
}
