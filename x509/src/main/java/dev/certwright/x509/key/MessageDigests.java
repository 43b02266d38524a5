package dev.certwright.x509.key;

import dev.certwright.x509.SignatureAlgorithm;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hashes. Once a process has found {@link NativeCryptography} they are made by its provider:
 * without the optimizing compiler, Java's own take ten times as long.
 */
public final class MessageDigests {
  /** Unused ones by name: a copy is had ten times as fast as another from its provider. */
  private static final Map<String, MessageDigest> UNUSED = new ConcurrentHashMap<>();

  private MessageDigests() {}

  /**
   * A fresh one.
   *
   * @param name a hash that every Java platform has, such as {@code SHA-256}
   */
  public static MessageDigest of(String name) {
    try {
      MessageDigest unused = UNUSED.get(name);
      if (unused == null) {
        unused = fresh(name);
        UNUSED.putIfAbsent(name, unused);
      }
      return (MessageDigest) unused.clone();
    } catch (CloneNotSupportedException another) {
      return fresh(name);
    }
  }

  private static MessageDigest fresh(String name) {
    try {
      return MessageDigest.getInstance(name);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has " + name, missing);
    }
  }

  /** A fresh one of the hash that belongs to a signature algorithm; not for Ed25519. */
  static MessageDigest of(SignatureAlgorithm algorithm) {
    return of(algorithm.digest());
  }

  /** From now on hashes are this provider's, as far as they can be copied and are as Java's. */
  static void prefer(Provider provider) {
    byte[] message = {1, 2, 3};
    for (String name : new String[] {"SHA-1", "SHA-256", "SHA-384", "SHA-512"}) {
      try {
        MessageDigest unused = MessageDigest.getInstance(name, provider);
        MessageDigest copy = (MessageDigest) unused.clone();
        if (Arrays.equals(copy.digest(message), MessageDigest.getInstance(name).digest(message))) {
          UNUSED.put(name, unused);
        }
      } catch (NoSuchAlgorithmException | CloneNotSupportedException | RuntimeException unsuited) {
        // Java's own will do.
      }
    }
  }
}
