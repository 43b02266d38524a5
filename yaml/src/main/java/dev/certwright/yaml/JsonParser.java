package dev.certwright.yaml;

import java.util.ArrayList;
import java.util.List;

/**
 * JSON as Go's encoding/json reads it, with positions: RFC 8259 grammar, the last of equal keys
 * counts, lone surrogates become U+FFFD.
 *
 * <p>Small enough that a library would cost more at start-up than it saves here, and libraries
 * differ from Go in exactly these corners.
 */
final class JsonParser {
  private final String source;
  private final String text;
  private final RepeatedKey repeated;
  private final int maxDepth;
  private final int maxNodes;
  private int nodes;
  private int at;
  private int line;
  private int lineStart;
  // Column counts code points, so that JSON and YAML give the same numbers.
  private int pairsInLine;

  JsonParser(String source, String text, RepeatedKey repeated, YamlLimits limits) {
    this.source = source;
    this.text = text;
    this.repeated = repeated;
    this.maxDepth = limits.maxDepth();
    this.maxNodes = limits.maxNodes();
    this.line = 1;
  }

  /** Index behind what was read. */
  int index() {
    return at;
  }

  /** Whether something other than white space follows. */
  boolean hasMore() {
    space();
    return at < text.length();
  }

  /** The next value of a stream of values. */
  YamlValue next() {
    return value(0);
  }

  /** The one value that the text is. */
  YamlValue only() {
    YamlValue value = value(0);
    if (hasMore()) {
      throw malformed("nothing more was expected after the top-level value");
    }
    return value;
  }

  private YamlValue value(int depth) {
    space();
    if (at >= text.length()) {
      throw malformed("unexpected end of text");
    }
    YamlPosition position = position();
    count();
    return switch (text.charAt(at)) {
      case '{' -> object(position, depth);
      case '[' -> array(position, depth);
      case '"' -> new YamlString(string(), position);
      case 't' -> new YamlBoolean(word("true"), position);
      case 'f' -> new YamlBoolean(!word("false"), position);
      case 'n' -> nothing(position);
      default -> number(position);
    };
  }

  private void count() {
    if (++nodes > maxNodes) {
      throw new YamlLimitException(source, position(), "too many keys and values");
    }
  }

  private void descend(int depth) {
    if (depth >= maxDepth) {
      throw new YamlLimitException(
          source, position(), "nested deeper than " + maxDepth + " levels");
    }
    at++;
    space();
  }

  private YamlValue object(YamlPosition position, int depth) {
    descend(depth);
    YamlMapping.Builder fields = new YamlMapping.Builder(position);
    if (skip('}')) {
      return fields.build();
    }
    while (true) {
      space();
      YamlPosition keyPosition = position();
      if (at >= text.length() || text.charAt(at) != '"') {
        throw malformed("a key in double quotes was expected");
      }
      count();
      String key = string();
      space();
      if (!skip(':')) {
        throw malformed("':' was expected after a key");
      }
      YamlValue value = value(depth + 1);
      fields.add(new YamlMapping.Entry(key, keyPosition, value), repeated);
      space();
      if (skip('}')) {
        return fields.build();
      }
      if (!skip(',')) {
        throw malformed("',' or '}' was expected");
      }
    }
  }

  private YamlValue array(YamlPosition position, int depth) {
    descend(depth);
    List<YamlValue> values = new ArrayList<>();
    if (skip(']')) {
      return new YamlSequence(values, position);
    }
    while (true) {
      values.add(value(depth + 1));
      space();
      if (skip(']')) {
        return new YamlSequence(values, position);
      }
      if (!skip(',')) {
        throw malformed("',' or ']' was expected");
      }
    }
  }

  private String string() {
    at++;
    int from = at;
    StringBuilder decoded = null;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '"') {
        String plain = text.substring(from, at);
        at++;
        return decoded == null ? plain : decoded.append(plain).toString();
      }
      if (c < 0x20) {
        throw malformed("a control character is not allowed in a string");
      }
      if (c == '\\') {
        decoded = (decoded == null ? new StringBuilder() : decoded).append(text, from, at);
        escape(decoded);
        from = at;
      } else {
        advance();
      }
    }
    throw malformed("unexpected end of text in a string");
  }

  private void escape(StringBuilder decoded) {
    char c = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    int plain = "\"\\/bfnrt".indexOf(c);
    if (c != 0 && plain >= 0) {
      decoded.append("\"\\/\b\f\n\r\t".charAt(plain));
      at += 2;
      return;
    }
    if (c != 'u') {
      throw malformed("an unknown escape");
    }
    int unit = hex(at + 2);
    if (unit < 0) {
      throw malformed("four hexadecimal digits were expected after \\u");
    }
    at += 6;
    if (!Character.isSurrogate((char) unit)) {
      decoded.append((char) unit);
      return;
    }
    int low =
        at + 1 < text.length() && text.charAt(at) == '\\' && text.charAt(at + 1) == 'u'
            ? hex(at + 2)
            : -1;
    if (Character.isHighSurrogate((char) unit)
        && low >= 0
        && Character.isLowSurrogate((char) low)) {
      decoded.append((char) unit).append((char) low);
      at += 6;
    } else {
      decoded.append('\uFFFD');
    }
  }

  private int hex(int from) {
    if (from + 4 > text.length()) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      char c = text.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value * 16 + digit;
    }
    return value;
  }

  private YamlValue number(YamlPosition position) {
    int from = at;
    skip('-');
    if (!skip('0') && !digits()) {
      at = from;
      throw malformed("a value was expected");
    }
    boolean integer = true;
    if (skip('.')) {
      integer = false;
      if (!digits()) {
        throw malformed("a digit was expected after the decimal point");
      }
    }
    if (at < text.length() && (text.charAt(at) | 0x20) == 'e') {
      integer = false;
      at++;
      if (!skip('+')) {
        skip('-');
      }
      if (!digits()) {
        throw malformed("a digit was expected in the exponent");
      }
    }
    String written = text.substring(from, at);
    return new YamlNumber(canonical(written, integer, position), written, position);
  }

  /** Integers keep all their digits, all else is the double that upstream makes of it. */
  private String canonical(String written, boolean integer, YamlPosition position) {
    if (integer) {
      return written;
    }
    double value = Double.parseDouble(written);
    if (Double.isInfinite(value)) {
      throw new YamlException(source, position, "a number too large for a double");
    }
    return GoNumbers.jsonText(value);
  }

  private boolean digits() {
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at > from;
  }

  private YamlValue nothing(YamlPosition position) {
    word("null");
    return new YamlNull(position);
  }

  private boolean word(String word) {
    if (!text.startsWith(word, at)) {
      throw malformed("a value was expected");
    }
    at += word.length();
    return true;
  }

  private boolean skip(char expected) {
    if (at < text.length() && text.charAt(at) == expected) {
      at++;
      return true;
    }
    return false;
  }

  private void space() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return;
      }
      advance();
    }
  }

  private void advance() {
    char c = text.charAt(at++);
    if (c == '\n') {
      line++;
      lineStart = at;
      pairsInLine = 0;
    } else if (Character.isLowSurrogate(c)) {
      pairsInLine++;
    }
  }

  private YamlPosition position() {
    return new YamlPosition(line, at - lineStart - pairsInLine + 1);
  }

  private YamlException malformed(String problem) {
    return new YamlException(source, position(), "not JSON: " + problem);
  }
}
