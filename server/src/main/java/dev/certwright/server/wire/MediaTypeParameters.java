package dev.certwright.server.wire;

/**
 * Parameters of a {@code Content-Type} (RFC 2045, section 5.1), as {@code mime.ParseMediaType} of
 * Go reads them.
 */
final class MediaTypeParameters {
  private static final String MARKS = "!#$%&'*+.^_`|~-";

  private final String text;
  private int at;

  private MediaTypeParameters(String text) {
    this.text = text;
  }

  /** Whether a text is parameters and nothing else, each with its semicolon before it. */
  static boolean areValid(String text) {
    return new MediaTypeParameters(text).valid();
  }

  private boolean valid() {
    while (!ends()) {
      if (!is(';')) {
        return false;
      }
      at++;
      if (ends()) {
        return true;
      }
      if (!token() || ends() || !is('=')) {
        return false;
      }
      at++;
      if (ends() || !(is('"') ? quoted() : token())) {
        return false;
      }
    }
    return true;
  }

  private boolean ends() {
    while (at < text.length() && (is(' ') || is('\t'))) {
      at++;
    }
    return at == text.length();
  }

  private boolean is(char expected) {
    return text.charAt(at) == expected;
  }

  private boolean token() {
    int from = at;
    while (at < text.length()) {
      char c = text.charAt(at);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!letter && MARKS.indexOf(c) < 0) {
        break;
      }
      at++;
    }
    return at > from;
  }

  private boolean quoted() {
    for (at++; at < text.length(); at++) {
      if (is('\\')) {
        at++;
      } else if (is('"')) {
        at++;
        return true;
      }
    }
    return false;
  }
}
