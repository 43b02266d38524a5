package dev.certwright.cli.output;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** YAML in block style; every text in double quotes, which all versions of YAML read alike. */
final class YamlText {
  private YamlText() {}

  static String of(@Nullable Object document) {
    StringBuilder text = new StringBuilder();
    block(text, document, "", false);
    return text.toString();
  }

  private static void block(
      StringBuilder text, @Nullable Object value, String indent, boolean inList) {
    if (value instanceof Map<?, ?> map && !map.isEmpty()) {
      boolean first = inList;
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        text.append(first ? "" : indent).append(entry.getKey()).append(':');
        nested(text, entry.getValue(), indent);
        first = false;
      }
    } else if (value instanceof List<?> list && !list.isEmpty()) {
      for (Object element : list) {
        text.append(indent).append("- ");
        if (element instanceof Map<?, ?> map && !map.isEmpty()) {
          block(text, element, indent + "  ", true);
        } else {
          scalar(text, element);
          text.append('\n');
        }
      }
    } else {
      scalar(text, value);
      text.append('\n');
    }
  }

  private static void nested(StringBuilder text, @Nullable Object value, String indent) {
    boolean collection =
        value instanceof Map<?, ?> map && !map.isEmpty()
            || value instanceof List<?> list && !list.isEmpty();
    if (collection) {
      text.append('\n');
      block(text, value, value instanceof List ? indent : indent + "  ", false);
    } else {
      text.append(' ');
      scalar(text, value);
      text.append('\n');
    }
  }

  private static void scalar(StringBuilder text, @Nullable Object value) {
    if (value instanceof Map) {
      text.append("{}");
    } else if (value instanceof List) {
      text.append("[]");
    } else if (value == null || value instanceof Boolean || value instanceof Number) {
      text.append(value);
    } else {
      JsonText.string(text, value.toString());
    }
  }
}
