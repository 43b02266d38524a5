package dev.certwright.oidc.expression;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An IP address without zone, read and written as Go's {@code net/netip} does. */
final class IpAddress {
  private final byte[] bytes;

  private IpAddress(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Null if it is none; a zone makes it none. */
  static @Nullable IpAddress parse(String text) {
    byte[] bytes = text.indexOf(':') >= 0 ? v6(text) : v4(text);
    return bytes == null ? null : new IpAddress(bytes);
  }

  private static byte @Nullable [] v4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 4) {
      return null;
    }
    byte[] bytes = new byte[4];
    for (int i = 0; i < 4; i++) {
      String part = parts[i];
      if (part.isEmpty() || part.length() > 3 || part.length() > 1 && part.charAt(0) == '0') {
        return null;
      }
      int value = 0;
      for (int k = 0; k < part.length(); k++) {
        if (part.charAt(k) < '0' || part.charAt(k) > '9') {
          return null;
        }
        value = value * 10 + part.charAt(k) - '0';
      }
      if (value > 255) {
        return null;
      }
      bytes[i] = (byte) value;
    }
    return bytes;
  }

  private static byte @Nullable [] v6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      byte[] all = groups(text);
      return all != null && all.length == 16 ? all : null;
    }
    if (text.indexOf("::", gap + 1) >= 0) {
      return null;
    }
    byte[] before = groups(text.substring(0, gap));
    byte[] after = groups(text.substring(gap + 2));
    if (before == null
        || after == null
        || before.length + after.length > 14
        || text.substring(0, gap).indexOf('.') >= 0) {
      return null;
    }
    byte[] bytes = Arrays.copyOf(before, 16);
    System.arraycopy(after, 0, bytes, 16 - after.length, after.length);
    return bytes;
  }

  private static byte @Nullable [] groups(String text) {
    if (text.isEmpty()) {
      return new byte[0];
    }
    String[] parts = text.split(":", -1);
    byte[] bytes = new byte[2 * parts.length + 2];
    int length = 0;
    for (int i = 0; i < parts.length; i++) {
      if (i == parts.length - 1 && parts[i].indexOf('.') >= 0) {
        byte[] last = v4(parts[i]);
        if (last == null) {
          return null;
        }
        System.arraycopy(last, 0, bytes, length, 4);
        length += 4;
        continue;
      }
      if (parts[i].isEmpty() || parts[i].length() > 4) {
        return null;
      }
      int value = 0;
      for (int k = 0; k < parts[i].length(); k++) {
        char c = parts[i].charAt(k);
        int digit = c < 0x80 ? Character.digit(c, 16) : -1;
        if (digit < 0) {
          return null;
        }
        value = value << 4 | digit;
      }
      bytes[length++] = (byte) (value >> 8);
      bytes[length++] = (byte) value;
    }
    return Arrays.copyOf(bytes, length);
  }

  int family() {
    return bytes.length == 4 ? 4 : 6;
  }

  int bits() {
    return bytes.length * 8;
  }

  boolean isMappedV4() {
    return bytes.length == 16 && isZero(0, 10) && bytes[10] == -1 && bytes[11] == -1;
  }

  private boolean isZero(int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] != 0) {
        return false;
      }
    }
    return true;
  }

  boolean isUnspecified() {
    return isZero(0, bytes.length);
  }

  boolean isLoopback() {
    return bytes.length == 4 ? bytes[0] == 127 : isZero(0, 15) && bytes[15] == 1;
  }

  boolean isMulticast() {
    return bytes.length == 4 ? (bytes[0] & 0xF0) == 0xE0 : bytes[0] == -1;
  }

  boolean isLinkLocalMulticast() {
    return bytes.length == 4
        ? bytes[0] == (byte) 224 && bytes[1] == 0 && bytes[2] == 0
        : bytes[0] == -1 && (bytes[1] & 0x0F) == 2;
  }

  boolean isLinkLocalUnicast() {
    return bytes.length == 4
        ? bytes[0] == (byte) 169 && bytes[1] == (byte) 254
        : bytes[0] == (byte) 0xFE && (bytes[1] & 0xC0) == 0x80;
  }

  boolean isGlobalUnicast() {
    boolean broadcast = bytes.length == 4 && Arrays.equals(bytes, new byte[] {-1, -1, -1, -1});
    return !broadcast
        && !isUnspecified()
        && !isLoopback()
        && !isMulticast()
        && !isLinkLocalUnicast();
  }

  /** With only the first bits of it. */
  IpAddress masked(int length) {
    byte[] masked = bytes.clone();
    for (int i = 0; i < masked.length; i++) {
      int left = Math.max(0, Math.min(8, length - 8 * i));
      masked[i] &= (byte) (0xFF00 >> left);
    }
    return new IpAddress(masked);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof IpAddress that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** In canonical form (RFC 5952). */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (bytes.length == 4) {
      for (int i = 0; i < 4; i++) {
        text.append(i == 0 ? "" : ".").append(bytes[i] & 0xFF);
      }
      return text.toString();
    }
    int from = -1;
    int length = 1;
    for (int i = 0; i < 8; i++) {
      int end = i;
      while (end < 8 && group(end) == 0) {
        end++;
      }
      if (end - i > length) {
        from = i;
        length = end - i;
      }
      i = Math.max(i, end - 1);
    }
    for (int i = 0; i < 8; i++) {
      if (i == from) {
        text.append("::");
        i += length - 1;
      } else {
        boolean first = i == 0 || from >= 0 && i == from + length;
        text.append(first ? "" : ":").append(Integer.toHexString(group(i)));
      }
    }
    return text.toString();
  }

  private int group(int index) {
    return (bytes[2 * index] & 0xFF) << 8 | bytes[2 * index + 1] & 0xFF;
  }
}
