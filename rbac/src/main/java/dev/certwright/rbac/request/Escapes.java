package dev.certwright.rbac.request;

import dev.certwright.rbac.GoText;

/**
 * Percent escapes as {@code net/url} of Go takes and writes them; texts have one character a byte.
 */
enum Escapes {
  /** Of a path. */
  PATH("-_.~$&+,/:;=@"),
  /** Of a key or value of a query, where a plus is a blank. */
  QUERY("-_.~"),
  /** Of a user or password. */
  USER("-_.~$&+,;="),
  /** Of a host, outside of an IPv6 zone. */
  HOST("-_.~!$&'()*+,;=:[]<>\""),
  /** Of an IPv6 zone. */
  ZONE("-_.~!$&'()*+,;=:[]<>\"");

  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  private final boolean[] plain = new boolean[256];

  Escapes(String marks) {
    for (char c = '0'; c <= 'z'; c++) {
      plain[c] = c <= '9' || c >= 'a' || c >= 'A' && c <= 'Z';
    }
    for (int i = 0; i < marks.length(); i++) {
      plain[marks.charAt(i)] = true;
    }
  }

  /** Whether a byte is written as it is. */
  boolean isPlain(char c) {
    return plain[c];
  }

  /**
   * Takes the escapes out.
   *
   * @throws RequestLineException in Go's words, where an escape or a host is malformed
   */
  String decode(String text) {
    int escapes = check(text);
    if (escapes == 0 && !(this == QUERY && text.indexOf('+') >= 0)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() - 2 * escapes);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        out.append((char) (hexValue(text.charAt(i + 1)) << 4 | hexValue(text.charAt(i + 2))));
        i += 2;
      } else {
        out.append(c == '+' && this == QUERY ? ' ' : c);
      }
    }
    return out.toString();
  }

  private int check(String text) {
    int escapes = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        if (c < 0x80 && (this == HOST || this == ZONE) && !plain[c]) {
          throw new RequestLineException(
              "invalid character " + GoText.quote(String.valueOf(c)) + " in host name");
        }
        continue;
      }
      escapes++;
      if (i + 2 >= text.length()
          || hexValue(text.charAt(i + 1)) < 0
          || hexValue(text.charAt(i + 2)) < 0) {
        throw malformed(text.substring(i, Math.min(text.length(), i + 3)));
      }
      String escape = text.substring(i, i + 3);
      int value = hexValue(text.charAt(i + 1)) << 4 | hexValue(text.charAt(i + 2));
      boolean percent = escape.equals("%25");
      if (this == HOST && value < 0x80 && !percent
          || this == ZONE && !percent && value != ' ' && !plain[value]) {
        throw malformed(escape);
      }
      i += 2;
    }
    return escapes;
  }

  private static RequestLineException malformed(String escape) {
    return new RequestLineException("invalid URL escape " + GoText.quote(ByteText.toText(escape)));
  }

  /** Writes a text with escapes. */
  String encode(String text) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (plain[c]) {
        out.append(c);
      } else {
        out.append('%').append(HEX[c >> 4]).append(HEX[c & 0xF]);
      }
    }
    return out.toString();
  }

  static int hexValue(char c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
      return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  }
}
