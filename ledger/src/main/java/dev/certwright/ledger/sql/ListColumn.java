package dev.certwright.ledger.sql;

import java.util.ArrayList;
import java.util.List;

/** Lists of text in one column: separated by U+001F, which in a text is escaped by a backslash. */
final class ListColumn {
  private static final char SEPARATOR = '\u001F';

  private ListColumn() {}

  static String of(List<String> values) {
    StringBuilder text = new StringBuilder();
    for (String value : values) {
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        if (c == SEPARATOR || c == '\\') {
          text.append('\\');
        }
        text.append(c);
      }
      text.append(SEPARATOR);
    }
    return text.toString();
  }

  static List<String> read(String text) {
    List<String> values = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && i + 1 < text.length()) {
        value.append(text.charAt(++i));
      } else if (c == SEPARATOR) {
        values.add(value.toString());
        value.setLength(0);
      } else {
        value.append(c);
      }
    }
    return values;
  }
}
