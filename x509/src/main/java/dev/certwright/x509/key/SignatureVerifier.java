package dev.certwright.x509.key;

import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.SignatureAlgorithm;

/**
 * Checks signatures as kube-apiserver's platform does (rules XS-20 to XS-22): RSA keys of 1024 bits
 * and more with an odd exponent below 2^31, ECDSA on the four NIST curves with strictly encoded
 * numbers, Ed25519. Implementations differ in speed only. Safe for use by several threads.
 */
public interface SignatureVerifier {

  /**
   * Whether the signature is the key's over the message. A key or algorithm that does not fit is a
   * signature that is not valid; bad input never throws.
   */
  boolean verify(PublicKeyInfo key, SignatureAlgorithm algorithm, byte[] message, byte[] signature);

  /** For people: what does the arithmetic. */
  String description();
}
