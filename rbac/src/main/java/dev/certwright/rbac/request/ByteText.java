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
    StringBuilder out = new StringBuilder(bytes.length());
    for (int i = 0; i < bytes.length(); ) {
      char first = bytes.charAt(i);
      int length = first < 0x80 ? 1 : characterLength(bytes, i);
      if (first < 0x80) {
        out.append(first);
      } else if (length == 0) {
        out.append(GoText.strayByte(first));
      } else {
        out.appendCodePoint(character(bytes, i, length));
      }
      i += Math.max(1, length);
    }
    return out.toString();
  }

  /** Each byte that belongs to no character replaced by U+FFFD: what Go's runes make of a text. */
  static String withReplacements(String bytes) {
    return of(GoText.replaceStray(toText(bytes)));
  }

  private static int character(String bytes, int at, int length) {
    int first = bytes.charAt(at);
    int value = first & (0xFF >> (length + 1));
    for (int i = 1; i < length; i++) {
      value = value << 6 | bytes.charAt(at + i) & 0x3F;
    }
    return value;
  }

  // Table 3-7 of the Unicode standard: 0 where no well-formed sequence begins.
  private static int characterLength(String bytes, int at) {
    char first = bytes.charAt(at);
    int length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || at + length > bytes.length()) {
      return 0;
    }
    char second = bytes.charAt(at + 1);
    int low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    int high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (second < low || second > high) {
      return 0;
    }
    for (int i = 2; i < length; i++) {
      if ((bytes.charAt(at + i) & 0xC0) != 0x80) {
        return 0;
      }
    }
    return length;
  }
}
