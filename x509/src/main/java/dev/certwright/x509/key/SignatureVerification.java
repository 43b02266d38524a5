package dev.certwright.x509.key;

import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.SignatureAlgorithm;

/** Checks single signatures, of a request or by a known CA. */
public final class SignatureVerification {
  private static final PortableSignatureVerifier VERIFIER = new PortableSignatureVerifier();

  private SignatureVerification() {}

  /** Whether the signature is the key's over the message. Never throws for bad input. */
  public static boolean verify(
      PublicKeyInfo key, SignatureAlgorithm algorithm, byte[] message, byte[] signature) {
    return VERIFIER.verify(key, algorithm, message, signature);
  }
}
