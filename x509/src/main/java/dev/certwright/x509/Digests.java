package dev.certwright.x509;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes that every Java platform has. */
public final class Digests {
  private Digests() {}

  /** SHA-256, 32 bytes. */
  public static byte[] sha256(byte[] bytes) {
    return of("SHA-256", bytes);
  }

  static byte[] sha1(byte[] bytes) {
    return of("SHA-1", bytes);
  }

  private static byte[] of(String algorithm, byte[] bytes) {
    try {
      return MessageDigest.getInstance(algorithm).digest(bytes);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has " + algorithm, missing);
    }
  }
}
