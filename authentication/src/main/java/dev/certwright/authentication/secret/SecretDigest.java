package dev.certwright.authentication.secret;

import java.security.MessageDigest;

/** What is kept of a secret: see {@link SecretHash}. Can be a key of a map. */
public final class SecretDigest {
  private final byte[] bytes;

  SecretDigest(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Whether both are of the same secret; takes the same time whatever the answer. */
  @Override
  public boolean equals(Object other) {
    return other instanceof SecretDigest digest && MessageDigest.isEqual(bytes, digest.bytes);
  }

  @Override
  public int hashCode() {
    return bytes[0] << 24 | (bytes[1] & 0xFF) << 16 | (bytes[2] & 0xFF) << 8 | bytes[3] & 0xFF;
  }

  @Override
  public String toString() {
    return "a secret";
  }
}
