package dev.certwright.revocation.authorization;

/** Strings as they stand in CEL expressions. */
public final class CelText {
  private CelText() {}

  /** Appends a string literal of ASCII alone, so that nothing in a name can become code. */
  public static void appendLiteral(StringBuilder out, String text) {
    out.append('\'');
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (c == '\'' || c == '\\') {
        out.append('\\').append((char) c);
      } else if (c >= 0x20 && c < 0x7F) {
        out.append((char) c);
      } else if (c <= 0xFFFF) {
        hex(out.append("\\u"), c, 4);
      } else {
        hex(out.append("\\U"), c, 8);
      }
    }
    out.append('\'');
  }

  private static void hex(StringBuilder out, int c, int digits) {
    String text = Integer.toHexString(c);
    out.append("0".repeat(digits - text.length())).append(text);
  }
}
