package dev.certwright.authentication;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Base64 as Go's {@code encoding/base64} decodes it: line ends are stepped over wherever they
 * stand, unused bits may be set, and padding is there exactly or not at all.
 */
public final class GoBase64 {
  private static final int PADDING = 64;

  private GoBase64() {}

  /** {@code StdEncoding}: with {@code +}, {@code /} and padding; null if it is none. */
  public static byte @Nullable [] standard(String text) {
    return decode(text, '+', '/', true);
  }

  /** {@code RawURLEncoding}: with {@code -} and {@code _}, without padding; null if it is none. */
  public static byte @Nullable [] rawUrl(String text) {
    return decode(text, '-', '_', false);
  }

  private static byte @Nullable [] decode(String text, char plus, char slash, boolean padded) {
    byte[] digits = new byte[text.length()];
    int count = 0;
    int padding = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\r') {
        continue;
      }
      int digit = c == '=' && padded ? PADDING : digit(c, plus, slash);
      // Nothing but further padding comes behind padding.
      if (digit < 0 || padding > 0 && digit != PADDING) {
        return null;
      }
      if (digit == PADDING) {
        padding++;
      } else {
        digits[count++] = (byte) digit;
      }
    }
    int rest = count % 4;
    boolean whole = padded ? padding == (4 - rest) % 4 && rest != 1 : rest != 1;
    return whole ? bytes(digits, count) : null;
  }

  private static byte[] bytes(byte[] digits, int count) {
    byte[] out = new byte[count * 6 / 8];
    int bits = 0;
    int held = 0;
    int at = 0;
    for (int i = 0; i < count; i++) {
      held = held << 6 | digits[i];
      bits += 6;
      if (bits >= 8) {
        bits -= 8;
        out[at++] = (byte) (held >> bits);
      }
    }
    return Arrays.copyOf(out, at);
  }

  private static int digit(char c, char plus, char slash) {
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
      return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
      return c - '0' + 52;
    }
    return c == plus ? 62 : c == slash ? 63 : -1;
  }
}
