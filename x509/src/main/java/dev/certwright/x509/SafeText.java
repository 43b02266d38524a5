package dev.certwright.x509;

/**
 * Text from outside made fit for a terminal and a log line: control, formatting, private-use and
 * unassigned characters become {@code \}{@code u} escapes, so that no certificate can move a
 * cursor, hide a part of a name or forge a line.
 */
public final class SafeText {
  private SafeText() {}

  /** The text with everything dangerous escaped. */
  public static String of(String text) {
    StringBuilder result = new StringBuilder(text.length() + 8);
    append(result, text, "\\");
    return result.toString();
  }

  /**
   * The same, but a backslash stays one: for text that may hold escapes already, where it matters
   * more that nothing is escaped twice than that nothing can look like an escape.
   */
  public static String ofEscaped(String text) {
    StringBuilder result = new StringBuilder(text.length() + 8);
    append(result, text, "");
    return result.toString();
  }

  static void append(StringBuilder result, String text, String escaped) {
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      if (escaped.indexOf(c) >= 0) {
        result.append('\\').append((char) c);
      } else if (isPrintable(c)) {
        result.appendCodePoint(c);
      } else {
        appendEscape(result, c);
      }
    }
  }

  /** Whether a character shows as itself and does nothing else. */
  public static boolean isPrintable(int c) {
    if (c < 0x7F) {
      return c >= 0x20;
    }
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

  private static void appendEscape(StringBuilder result, int c) {
    String hex = Integer.toHexString(c);
    int width = c > 0xFFFF ? 8 : 4;
    result.append(c > 0xFFFF ? "\\U" : "\\u");
    for (int i = hex.length(); i < width; i++) {
      result.append('0');
    }
    result.append(hex);
  }
}
