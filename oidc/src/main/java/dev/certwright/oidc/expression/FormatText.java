package dev.certwright.oidc.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text with places for values, {@code "%s-%.2f"}, taken apart.
 *
 * @param parts in order
 */
record FormatText(List<Part> parts) {
  private static final String VERBS = "sdfebxXo";

  /** So that no expression can ask for a text of any length. */
  private static final int MOST_DIGITS = 1000;

  static final int DEFAULT_DIGITS = 6;

  /**
   * What stands there, or a place.
   *
   * @param text empty for a place
   * @param verb 0 if it is no place
   * @param digits behind the point
   */
  record Part(String text, char verb, int digits) {
    boolean isPlace() {
      return verb != 0;
    }
  }

  FormatText {
    parts = List.copyOf(parts);
  }

  /**
   * Takes one apart; null if it is wrong.
   *
   * @param values how many there are for its places
   */
  static @Nullable FormatText parse(String text, int values) {
    List<Part> parts = new ArrayList<>();
    StringBuilder plain = new StringBuilder();
    int places = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      at++;
      if (c != '%') {
        plain.append(c);
        continue;
      }
      if (at < text.length() && text.charAt(at) == '%') {
        plain.append('%');
        at++;
        continue;
      }
      int digits = DEFAULT_DIGITS;
      if (at < text.length() && text.charAt(at) == '.') {
        int from = at + 1;
        at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
          at++;
        }
        if (at == from || at - from > 4) {
          return null;
        }
        digits = Integer.parseInt(text.substring(from, at));
      }
      if (at >= text.length()
          || VERBS.indexOf(text.charAt(at)) < 0
          || places >= values
          || digits > MOST_DIGITS) {
        return null;
      }
      places++;
      parts.add(new Part(plain.toString(), (char) 0, 0));
      plain.setLength(0);
      parts.add(new Part("", text.charAt(at), digits));
      at++;
    }
    parts.add(new Part(plain.toString(), (char) 0, 0));
    return new FormatText(parts);
  }
}
