package dev.certwright.x509.key;

import dev.certwright.x509.SignatureAlgorithm;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash that belongs to a signature algorithm. */
final class MessageDigests {
  private MessageDigests() {}

  /** A fresh one; not for Ed25519. */
  static MessageDigest of(SignatureAlgorithm algorithm) {
    try {
      return MessageDigest.getInstance(algorithm.digest());
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has " + algorithm.digest(), missing);
    }
  }
}
