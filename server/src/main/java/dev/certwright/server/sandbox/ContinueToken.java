package dev.certwright.server.sandbox;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Where a list goes on.
 *
 * @param revision of the list that it belongs to
 * @param after key of the last object that was given
 */
record ContinueToken(long revision, String after) {

  String encode() {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString((revision + " " + after).getBytes(StandardCharsets.UTF_8));
  }

  /** The token that a text is, null if it is none of ours. */
  static @Nullable ContinueToken decode(String text) {
    try {
      String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
      int blank = plain.indexOf(' ');
      return blank < 0
          ? null
          : new ContinueToken(
              Long.parseLong(plain.substring(0, blank)), plain.substring(blank + 1));
    } catch (IllegalArgumentException none) {
      return null;
    }
  }
}
