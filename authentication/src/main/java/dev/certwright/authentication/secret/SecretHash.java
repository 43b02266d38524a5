package dev.certwright.authentication.secret;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * Turns secrets into digests under a random key that never leaves this object. Digests are what is
 * kept and looked up, so that neither the time that a look-up takes nor what it touches depends on
 * the secrets: whoever tries a guess cannot know how near its digest is to any other. A dump of the
 * memory shows no secret that was only read from a file, either.
 *
 * <p>The digest is SHA-256 over the key, a whole block of it, and the secret; it is compared here
 * alone and never shown, so that its being extensible does not matter. Safe for use by several
 * threads.
 */
public final class SecretHash {
  private static final int BLOCK = 64;
  private static final int CHUNK = 512;

  private final MessageDigest keyed;

  /** With a new key. */
  public SecretHash() {
    byte[] key = new byte[BLOCK];
    new SecureRandom().nextBytes(key);
    try {
      keyed = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
    keyed.update(key);
  }

  /** The digest of a secret. The time depends on its length alone. */
  public SecretDigest digest(String secret) {
    MessageDigest digest;
    try {
      digest = (MessageDigest) keyed.clone();
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException("SHA-256 of the Java platform can be cloned", impossible);
    }
    int length = secret.length();
    byte[] chunk = new byte[Math.min(CHUNK, 2 * length)];
    for (int at = 0; at < length; ) {
      int filled = 0;
      for (; filled < chunk.length && at < length; at++) {
        char c = secret.charAt(at);
        chunk[filled++] = (byte) (c >> 8);
        chunk[filled++] = (byte) c;
      }
      digest.update(chunk, 0, filled);
    }
    return new SecretDigest(digest.digest());
  }
}
