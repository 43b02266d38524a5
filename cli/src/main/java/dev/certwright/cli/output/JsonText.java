package dev.certwright.cli.output;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON (RFC 8259), two blanks of indent. Characters that do things to a terminal are escaped. */
final class JsonText {
  private JsonText() {}

  static String of(@Nullable Object document) {
    StringBuilder text = new StringBuilder();
    value(text, document, "");
    return text.toString();
  }

  private static void value(StringBuilder text, @Nullable Object value, String indent) {
    if (value instanceof Map<?, ?> map) {
      if (map.isEmpty()) {
        text.append("{}");
        return;
      }
      String separator = "{\n";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        text.append(separator).append(indent).append("  ");
        string(text, String.valueOf(entry.getKey()));
        text.append(": ");
        value(text, entry.getValue(), indent + "  ");
        separator = ",\n";
      }
      text.append('\n').append(indent).append('}');
    } else if (value instanceof List<?> list) {
      if (list.isEmpty()) {
        text.append("[]");
        return;
      }
      String separator = "[\n";
      for (Object element : list) {
        text.append(separator).append(indent).append("  ");
        value(text, element, indent + "  ");
        separator = ",\n";
      }
      text.append('\n').append(indent).append(']');
    } else if (value == null || value instanceof Boolean || value instanceof Number) {
      text.append(value);
    } else {
      string(text, value.toString());
    }
  }

  static void string(StringBuilder text, String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> text.append("\\\"");
        case '\\' -> text.append("\\\\");
        case '\n' -> text.append("\\n");
        case '\r' -> text.append("\\r");
        case '\t' -> text.append("\\t");
        default -> {
          if (c >= 0x20 && c < 0x7F || c > 0x9F && isPlain(value, i)) {
            text.append(c);
          } else {
            text.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
              text.append(Character.forDigit(c >> shift & 15, 16));
            }
          }
        }
      }
    }
    text.append('"');
  }

  private static boolean isPlain(String value, int index) {
    char c = value.charAt(index);
    if (Character.isHighSurrogate(c)) {
      return index + 1 < value.length() && Character.isLowSurrogate(value.charAt(index + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return index > 0 && Character.isHighSurrogate(value.charAt(index - 1));
    }
    int type = Character.getType(c);
    return type != Character.FORMAT
        && type != Character.LINE_SEPARATOR
        && type != Character.PARAGRAPH_SEPARATOR
        && type != Character.UNASSIGNED
        && type != Character.PRIVATE_USE;
  }
}
