package dev.certwright.authority;

import org.jspecify.annotations.Nullable;

/** Characters in a name that nobody sees, or that change what is seen around them. */
final class UnsafeCharacters {
  private UnsafeCharacters() {}

  static @Nullable Finding find(String what, String text) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      // Most names are ASCII, and the tables for the rest are dear in a fresh process.
      if (c < 0x20 || c >= 0x7F) {
        String kind = kind(c);
        if (!kind.isEmpty()) {
          return Finding.forbidden(
              rule(kind),
              "the "
                  + what
                  + " "
                  + NameRules.quoted(text)
                  + " has a "
                  + kind
                  + " character (U+"
                  + hex(c)
                  + ") at position "
                  + (text.codePointCount(0, i) + 1),
              "write the name without it: it cannot be seen, and kube-apiserver compares exactly");
        }
      }
      i += Character.charCount(c);
    }
    return null;
  }

  private static String rule(String kind) {
    return switch (kind) {
      case "control" -> "name-control";
      case "text-direction" -> "name-bidi";
      case "zero-width" -> "name-zero-width";
      default -> "name-invisible";
    };
  }

  private static String kind(int c) {
    if (c < 0x20 || c >= 0x7F && c <= 0x9F) {
      return "control";
    }
    if (c >= 0x202A && c <= 0x202E
        || c >= 0x2066 && c <= 0x2069
        || c == 0x200E
        || c == 0x200F
        || c == 0x061C) {
      return "text-direction";
    }
    if (c >= 0x200B && c <= 0x200D || c == 0x2060 || c == 0xFEFF || c == 0x180E || c == 0x00AD) {
      return "zero-width";
    }
    return switch (Character.getType(c)) {
      case Character.FORMAT -> "formatting";
      case Character.SURROGATE -> "broken (half of a surrogate pair)";
      case Character.PRIVATE_USE -> "private-use";
      case Character.UNASSIGNED -> "unassigned";
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> "line-separating";
      case Character.SPACE_SEPARATOR -> "special blank";
      default -> isFiller(c) ? "invisible" : "";
    };
  }

  /**
   * Letters and marks that have no shape: Hangul fillers, the Braille blank, variation selectors,
   * those of Mongolian too.
   */
  private static boolean isFiller(int c) {
    return c == 0x115F
        || c == 0x1160
        || c == 0x3164
        || c == 0xFFA0
        || c == 0x2800
        || c == 0x034F
        || c == 0x17B4
        || c == 0x17B5
        || c >= 0x180B && c <= 0x180F
        || c >= 0xFE00 && c <= 0xFE0F
        || c >= 0xE0100 && c <= 0xE01EF;
  }

  /** At least four digits, upper case. */
  static String hex(int c) {
    String hex = Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT);
    return hex.length() >= 4 ? hex : "0000".substring(hex.length()) + hex;
  }
}
