package dev.certwright.x509;

import dev.certwright.x509.key.MessageDigests;

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
    return MessageDigests.of(algorithm).digest(bytes);
  }
}
