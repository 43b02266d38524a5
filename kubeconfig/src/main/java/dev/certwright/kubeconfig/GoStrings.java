package dev.certwright.kubeconfig;

/** Texts as Go's {@code %q} quotes them. */
final class GoStrings {
  private static final String HEX = "0123456789abcdef";

  private GoStrings() {}

  static String quote(String text) {
    StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      append(quoted, c);
    }
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, int c) {
    switch (c) {
      case '"', '\\' -> quoted.append('\\').append((char) c);
      case 7 -> quoted.append("\\a");
      case '\b' -> quoted.append("\\b");
      case '\f' -> quoted.append("\\f");
      case '\n' -> quoted.append("\\n");
      case '\r' -> quoted.append("\\r");
      case '\t' -> quoted.append("\\t");
      case 11 -> quoted.append("\\v");
      default -> {
        if (isPrint(c)) {
          quoted.appendCodePoint(c);
        } else if (c < ' ' || c == 0x7F) {
          hex(quoted.append("\\x"), c, 2);
        } else if (c < 0x10000) {
          hex(quoted.append("\\u"), c, 4);
        } else {
          hex(quoted.append("\\U"), c, 8);
        }
      }
    }
  }

  private static boolean isPrint(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  private static void hex(StringBuilder out, int value, int digits) {
    for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
      out.append(HEX.charAt((value >> shift) & 15));
    }
  }
}
