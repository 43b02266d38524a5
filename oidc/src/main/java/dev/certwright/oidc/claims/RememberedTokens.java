package dev.certwright.oidc.claims;

import dev.certwright.authentication.Authentication;
import dev.certwright.oidc.provider.KeyList;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that were found good lately, by a hash. One counts under the keys that proved it and until
 * it ends, so that proving it again could not have another result. Bounded; the one that was asked
 * for least recently goes.
 */
final class RememberedTokens {
  private static final MessageDigest SHA_256 = sha256();

  private final LinkedHashMap<ByteBuffer, Remembered> entries;

  RememberedTokens(int capacity) {
    this.entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Remembered> eldest) {
            return size() > capacity;
          }
        };
  }

  private record Remembered(
      Authentication.Authenticated user, KeyList keys, long fromSecond, long untilSecond) {}

  static ByteBuffer key(String token) {
    try {
      // Looking the algorithm up would cost as much as hashing a quarter of a token.
      MessageDigest digest = (MessageDigest) SHA_256.clone();
      return ByteBuffer.wrap(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (CloneNotSupportedException odd) {
      throw new IllegalStateException("the platform's SHA-256 can be cloned", odd);
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }

  @SuppressWarnings("ReferenceEquality") // A new object is other keys.
  synchronized Authentication.@Nullable Authenticated find(
      ByteBuffer key, @Nullable KeyList current, Instant now) {
    Remembered entry = entries.get(key);
    if (entry == null) {
      return null;
    }
    long second = now.getEpochSecond();
    if (entry.keys != current || second < entry.fromSecond || second >= entry.untilSecond) {
      entries.remove(key);
      return null;
    }
    return entry.user;
  }

  /**
   * Remembers one.
   *
   * @param fromSecond the first second in which it counts
   * @param untilSecond the first in which it does not
   */
  synchronized void remember(
      ByteBuffer key,
      Authentication.Authenticated user,
      KeyList keys,
      long fromSecond,
      long untilSecond) {
    entries.put(key, new Remembered(user, keys, fromSecond, untilSecond));
  }

  synchronized int size() {
    return entries.size();
  }
}
