package dev.certwright.authentication;

import dev.certwright.rbac.GoText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Keys of a user's extra in the names of headers (rules H-01, I-02). */
public final class ExtraKey {
  private ExtraKey() {}

  /**
   * The key.
   *
   * @param rest what follows the prefix in a header's name; escapes that are none leave it as it
   *     is, in lower case
   */
  public static String ofHeader(String rest) {
    String lower = rest.toLowerCase(Locale.ROOT);
    if (lower.indexOf('%') < 0) {
      return lower;
    }
    byte[] escaped = lower.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(escaped.length);
    for (int i = 0; i < escaped.length; i++) {
      if (escaped[i] != '%') {
        bytes.write(escaped[i]);
        continue;
      }
      int high = i + 2 < escaped.length ? Character.digit(escaped[i + 1], 16) : -1;
      int low = i + 2 < escaped.length ? Character.digit(escaped[i + 2], 16) : -1;
      if (high < 0 || low < 0) {
        return lower;
      }
      bytes.write(high << 4 | low);
      i += 2;
    }
    byte[] key = bytes.toByteArray();
    return GoText.ofUtf8(key, 0, key.length);
  }
}
