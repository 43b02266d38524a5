package dev.certwright.authentication;

import dev.certwright.identity.Identity;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.chain.TrustAnchors;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Identities that were proved lately, by everything that was presented. One counts as long as
 * proving it again could not end otherwise: under the same CAs, and until any certificate that was
 * looked at begins or ceases to count. Bounded; the one that was asked for least recently goes.
 */
final class RememberedIdentities {
  private final LinkedHashMap<ByteBuffer, Remembered> entries;
  private @Nullable TrustAnchors anchors;

  RememberedIdentities(int capacity) {
    this.entries =
        new LinkedHashMap<>(16, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Remembered> eldest) {
            return size() > capacity;
          }
        };
  }

  private record Remembered(Identity identity, Instant from, Instant until) {}

  /** A hash of what was presented: of every certificate, in its order and with its length. */
  static ByteBuffer key(List<byte[]> presented) {
    MessageDigest digest = sha256();
    for (byte[] certificate : presented) {
      int length = certificate.length;
      digest.update((byte) (length >>> 24));
      digest.update((byte) (length >>> 16));
      digest.update((byte) (length >>> 8));
      digest.update((byte) length);
      digest.update(certificate);
    }
    return ByteBuffer.wrap(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }

  synchronized @Nullable Identity find(ByteBuffer key, TrustAnchors current, Instant time) {
    if (!isOf(current)) {
      return null;
    }
    Remembered entry = entries.get(key);
    if (entry == null) {
      return null;
    } else if (time.isBefore(entry.from) || time.isAfter(entry.until)) {
      entries.remove(key);
      return null;
    }
    return entry.identity;
  }

  synchronized void remember(
      ByteBuffer key,
      TrustAnchors current,
      Instant time,
      List<Certificate> presented,
      Identity identity) {
    if (!isOf(current)) {
      entries.clear();
      anchors = current;
    }
    Instant from = Instant.MIN;
    Instant until = Instant.MAX;
    for (List<Certificate> list : List.of(presented, current.certificates())) {
      for (Certificate certificate : list) {
        Instant first = certificate.validity().notBefore();
        Instant last = certificate.validity().notAfter();
        if (time.isBefore(first)) {
          until = earlier(until, first.minusNanos(1));
        } else if (time.isAfter(last)) {
          from = later(from, last.plusNanos(1));
        } else {
          from = later(from, first);
          until = earlier(until, last);
        }
      }
    }
    entries.put(key, new Remembered(identity, from, until));
  }

  @SuppressWarnings("ReferenceEquality") // A new object is a new bundle, whatever it holds.
  private boolean isOf(TrustAnchors current) {
    return anchors == current;
  }

  synchronized int size() {
    return entries.size();
  }

  private static Instant earlier(Instant a, Instant b) {
    return a.isBefore(b) ? a : b;
  }

  private static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
