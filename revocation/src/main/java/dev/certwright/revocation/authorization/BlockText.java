package dev.certwright.revocation.authorization;

import dev.certwright.yaml.YamlValue;
import org.jspecify.annotations.Nullable;

/**
 * Changes the lines of a YAML text that somebody else wrote, so that their comments and order stay.
 * Whoever uses it reads the result again and compares: nothing here is trusted.
 */
public final class BlockText {
  private BlockText() {}

  /**
   * Blanks before the dash of a list element that begins its line; -1 if it does not.
   *
   * @param element of a sequence that was read from this text
   */
  public static int indent(String text, YamlValue element) {
    String line = line(text, element.position().line());
    if (line == null) {
      return -1;
    }
    int dash = 0;
    while (dash < line.length() && line.charAt(dash) == ' ') {
      dash++;
    }
    if (dash >= line.length() || line.charAt(dash) != '-') {
      return -1;
    }
    int value = dash + 1;
    while (value < line.length() && line.charAt(value) == ' ') {
      value++;
    }
    return value + 1 == element.position().column() ? dash : -1;
  }

  /** The text with lines put in before a line, the first of which is 1. */
  public static String insert(String text, int line, String lines) {
    int at = offset(text, line);
    return text.substring(0, at) + lines + text.substring(at);
  }

  /** The text without one line, the first of which is 1. */
  public static String withoutLine(String text, int line) {
    return text.substring(0, offset(text, line)) + text.substring(offset(text, line + 1));
  }

  /** One line without its end, null if there is no such line. */
  static @Nullable String line(String text, int number) {
    if (number < 1) {
      return null;
    }
    int start = offset(text, number);
    if (start >= text.length()) {
      return null;
    }
    int end = text.indexOf('\n', start);
    return text.substring(start, end < 0 ? text.length() : end);
  }

  private static int offset(String text, int line) {
    int at = 0;
    for (int i = 1; i < line; i++) {
      int end = text.indexOf('\n', at);
      if (end < 0) {
        return text.length();
      }
      at = end + 1;
    }
    return at;
  }

  /**
   * Without the lines from the first that begins so to the first after it that begins otherwise.
   */
  public static String without(String text, String begin, String end) {
    StringBuilder kept = new StringBuilder(text.length());
    boolean inside = false;
    for (int at = 0; at < text.length(); ) {
      int next = text.indexOf('\n', at);
      next = next < 0 ? text.length() : next + 1;
      String line = text.substring(at, next).strip();
      if (line.startsWith(begin)) {
        inside = true;
      }
      if (!inside) {
        kept.append(text, at, next);
      }
      if (line.startsWith(end)) {
        inside = false;
      }
      at = next;
    }
    return kept.toString();
  }
}
