package dev.certwright.x509.key;

import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.SignatureAlgorithm;

/**
 * A private key that can sign; may live in memory or in hardware. Safe for use by several threads.
 */
public interface SigningKey {

  /** The public half. */
  PublicKeyInfo publicKey();

  /** What {@link #sign} makes: the usual algorithm for the key (rule CS-42). */
  SignatureAlgorithm signatureAlgorithm();

  /** Signs the message; the result goes into a signature BIT STRING as it is. */
  byte[] sign(byte[] message);

  /**
   * The private half, where it can leave.
   *
   * @throws UnsupportedOperationException if the key cannot be exported
   */
  PrivateKeyInfo exportPrivateKey();
}
