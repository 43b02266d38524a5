package dev.certwright.server.wire;

import dev.certwright.rbac.GoText;
import java.util.BitSet;

/**
 * Says what is wrong with a text that should be JSON, in the words of Go's {@code encoding/json}.
 * Only asked about what a reader has refused already.
 */
final class JsonSyntax {
  private static final int DEEPEST = 10_000;
  private static final String KEY = "looking for beginning of object key string";
  private static final String VALUE = "looking for beginning of value";

  private final byte[] text;
  private final BitSet objects = new BitSet();
  private int depth;
  private int at;

  private JsonSyntax(byte[] text) {
    this.text = text;
  }

  private static final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ProblemException(String problem) {
      super(problem, null, false, false);
    }
  }

  /** What is wrong; empty if nothing is. */
  static String problem(byte[] text) {
    try {
      new JsonSyntax(text).document();
      return "";
    } catch (ProblemException found) {
      return String.valueOf(found.getMessage());
    }
  }

  private void document() {
    boolean more = true;
    while (more) {
      if (!value()) {
        more = next();
      }
    }
  }

  /** Reads a value, or the beginning of one; says whether another value has to follow. */
  private boolean value() {
    blanks();
    char c = need();
    switch (c) {
      case '{' -> {
        open(true);
        blanks();
        if (is('}')) {
          at++;
          depth--;
          return false;
        }
        key();
        return true;
      }
      case '[' -> {
        open(false);
        blanks();
        if (is(']')) {
          at++;
          depth--;
          return false;
        }
        return true;
      }
      case '"' -> string();
      case 't' -> literal("true");
      case 'f' -> literal("false");
      case 'n' -> literal("null");
      default -> {
        if (c != '-' && !isDigit(c)) {
          throw unexpected(c, VALUE);
        }
        number(c);
      }
    }
    return false;
  }

  private void open(boolean object) {
    objects.set(depth++, object);
    if (depth > DEEPEST) {
      throw new ProblemException("exceeded max depth");
    }
  }

  /** Reads what stands behind a value; false at the end. */
  private boolean next() {
    while (true) {
      blanks();
      if (depth == 0) {
        if (at < text.length) {
          throw unexpected(need(), "after top-level value");
        }
        return false;
      }
      boolean object = objects.get(depth - 1);
      char c = need();
      if (c == ',') {
        if (object) {
          blanks();
          key();
        }
        return true;
      } else if (c != (object ? '}' : ']')) {
        throw unexpected(c, object ? "after object key:value pair" : "after array element");
      }
      depth--;
    }
  }

  private void key() {
    char quote = need();
    if (quote != '"') {
      throw unexpected(quote, KEY);
    }
    string();
    blanks();
    char colon = need();
    if (colon != ':') {
      throw unexpected(colon, "after object key");
    }
  }

  private void string() {
    for (char c = need(); c != '"'; c = need()) {
      if (c < ' ') {
        throw unexpected(c, "in string literal");
      } else if (c == '\\') {
        escape();
      }
    }
  }

  private void escape() {
    char c = needOrBlank();
    if (c == 'u') {
      for (int i = 0; i < 4; i++) {
        char digit = needOrBlank();
        if (Character.digit(digit, 16) < 0) {
          throw unexpected(digit, "in \\u hexadecimal character escape");
        }
      }
    } else if ("bfnrt\\/\"".indexOf(c) < 0) {
      throw unexpected(c, "in string escape code");
    }
  }

  private void number(char first) {
    char c = first;
    if (c == '-') {
      c = needOrBlank();
      if (!isDigit(c)) {
        throw unexpected(c, "in numeric literal");
      }
    }
    if (c != '0') {
      digits();
    }
    if (is('.')) {
      at++;
      digit("after decimal point in numeric literal");
    }
    if (is('e') || is('E')) {
      at++;
      if (is('+') || is('-')) {
        at++;
      }
      digit("in exponent of numeric literal");
    }
  }

  private void digit(String where) {
    char c = needOrBlank();
    if (!isDigit(c)) {
      throw unexpected(c, where);
    }
    digits();
  }

  private void digits() {
    while (at < text.length && isDigit((char) (text[at] & 0xFF))) {
      at++;
    }
  }

  private void literal(String word) {
    for (int i = 1; i < word.length(); i++) {
      char c = needOrBlank();
      if (c != word.charAt(i)) {
        throw unexpected(c, "in literal " + word + " (expecting '" + word.charAt(i) + "')");
      }
    }
  }

  private void blanks() {
    while (is(' ') || is('\t') || is('\r') || is('\n')) {
      at++;
    }
  }

  private boolean is(char expected) {
    return at < text.length && text[at] == expected;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  // The next byte, which Go takes for a character.
  private char need() {
    if (at == text.length) {
      throw new ProblemException("unexpected end of JSON input");
    }
    return (char) (text[at++] & 0xFF);
  }

  // At the end Go goes on with a blank to see whether that ends what was begun.
  private char needOrBlank() {
    return at == text.length ? ' ' : need();
  }

  private static ProblemException unexpected(char c, String where) {
    String quoted = GoText.quote(String.valueOf(c));
    String shown = c == '\'' ? "\\'" : c == '"' ? "\"" : quoted.substring(1, quoted.length() - 1);
    return new ProblemException("invalid character '" + shown + "' " + where);
  }
}
