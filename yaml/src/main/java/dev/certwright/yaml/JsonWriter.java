package dev.certwright.yaml;

import java.util.List;

/**
 * Prints values as JSON.
 *
 * <p>Strings are escaped as RFC 8259 demands and no further, save for characters that a YAML text
 * may not hold or takes for line breaks. Lone surrogates, which UTF-8 cannot carry, become U+FFFD,
 * as Go writes bytes that are not UTF-8. No locale, no reflection, no table to set up: a cold
 * process prints as fast as a warm one.
 */
public final class JsonWriter {
  private static final String HEX = "0123456789abcdef";

  private JsonWriter() {}

  /** On one line, no blanks, no line end: a line of JSON lines. */
  public static String compact(YamlValue value) {
    StringBuilder out = new StringBuilder();
    write(out, value, -1);
    return out.toString();
  }

  /** Indented by two blanks, with a line end. */
  public static String pretty(YamlValue value) {
    StringBuilder out = new StringBuilder();
    write(out, value, 0);
    return out.append('\n').toString();
  }

  /** Appends {@link #compact}. */
  public static void appendCompact(StringBuilder out, YamlValue value) {
    write(out, value, -1);
  }

  /** Appends a string in its quotes. */
  public static void appendString(StringBuilder out, String value) {
    out.append('"');
    int from = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c >= 0x20 && c != '"' && c != '\\' && c < 0x7F) {
        continue;
      }
      if (Character.isHighSurrogate(c)
          && i + 1 < value.length()
          && Character.isLowSurrogate(value.charAt(i + 1))) {
        i++;
        continue;
      }
      if (c >= 0xA0
          && c != 0x2028
          && c != 0x2029
          && c != 0xFEFF
          && c < 0xFFFE
          && !Character.isSurrogate(c)) {
        continue;
      }
      out.append(value, from, i);
      from = i + 1;
      escape(out, Character.isSurrogate(c) ? '\uFFFD' : c);
    }
    out.append(value, from, value.length()).append('"');
  }

  private static void escape(StringBuilder out, char c) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default ->
          out.append("\\u")
              .append(HEX.charAt(c >> 12))
              .append(HEX.charAt((c >> 8) & 15))
              .append(HEX.charAt((c >> 4) & 15))
              .append(HEX.charAt(c & 15));
    }
  }

  private static void write(StringBuilder out, YamlValue value, int indent) {
    if (value instanceof YamlString string) {
      appendString(out, string.value());
    } else if (value instanceof YamlNumber number) {
      out.append(number.text());
    } else if (value instanceof YamlBoolean bool) {
      out.append(bool.value());
    } else if (value instanceof YamlNull) {
      out.append("null");
    } else if (value instanceof YamlSequence sequence) {
      writeSequence(out, sequence.values(), indent);
    } else {
      writeMapping(out, ((YamlMapping) value).entries(), indent);
    }
  }

  private static void writeSequence(StringBuilder out, List<YamlValue> values, int indent) {
    int inner = indent < 0 ? -1 : indent + 1;
    out.append('[');
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      line(out, inner);
      write(out, values.get(i), inner);
    }
    if (!values.isEmpty()) {
      line(out, indent);
    }
    out.append(']');
  }

  private static void writeMapping(StringBuilder out, List<YamlMapping.Entry> entries, int indent) {
    int inner = indent < 0 ? -1 : indent + 1;
    out.append('{');
    for (int i = 0; i < entries.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      line(out, inner);
      appendString(out, entries.get(i).key());
      out.append(indent < 0 ? ":" : ": ");
      write(out, entries.get(i).value(), inner);
    }
    if (!entries.isEmpty()) {
      line(out, indent);
    }
    out.append('}');
  }

  private static void line(StringBuilder out, int indent) {
    if (indent < 0) {
      return;
    }
    out.append('\n');
    for (int i = 0; i < indent; i++) {
      out.append("  ");
    }
  }
}
