package dev.certwright.rbac.request;

import dev.certwright.rbac.GoText;
import java.nio.charset.StandardCharsets;

/** Texts with one character a byte, which is what Go's strings are, and the way there and back. */
final class ByteText {
  private ByteText() {}

  /** The UTF-8 bytes of a text. */
  static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return encode(text);
      }
    }
    return text;
  }

  private static String encode(String text) {
    StringBuilder out = new StringBuilder(text.length() + 16);
    for (int i = 0; i < text.length(); ) {
      int character = text.codePointAt(i);
      i += Character.charCount(character);
      if (character < 0x80) {
        out.append((char) character);
      } else if (GoText.isStrayByte(character)) {
        out.append((char) (character & 0xFF));
      } else {
        int whole =
            character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE
                ? 0xFFFD
                : character;
        appendBytes(out, whole);
      }
    }
    return out.toString();
  }

  private static void appendBytes(StringBuilder out, int character) {
    byte[] bytes = Character.toString(character).getBytes(StandardCharsets.UTF_8);
    for (byte one : bytes) {
      out.append((char) (one & 0xFF));
    }
  }

  /** The text that bytes are; a byte that belongs to no character stays one. */
  static String toText(String bytes) {
    for (int i = 0; i < bytes.length(); i++) {
      if (bytes.charAt(i) >= 0x80) {
        return decode(bytes);
      }
    }
    return bytes;
  }

  private static String decode(String bytes) {
    byte[] raw = bytes.getBytes(StandardCharsets.ISO_8859_1);
    return GoText.ofUtf8(raw, 0, raw.length);
  }

  /** Each byte that belongs to no character replaced by U+FFFD: what Go's runes make of a text. */
  static String withReplacements(String bytes) {
    return of(GoText.replaceStray(toText(bytes)));
  }
}
