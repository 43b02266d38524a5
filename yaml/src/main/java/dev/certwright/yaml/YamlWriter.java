package dev.certwright.yaml;

import java.util.List;
import java.util.Locale;

/**
 * Prints values as YAML in block style.
 *
 * <p>A string stands unquoted only where no reader, of YAML 1.1 or 1.2, could take it for anything
 * else; all others are written as JSON strings, which every YAML reader has in common. So nothing a
 * string holds can become structure.
 */
public final class YamlWriter {
  // Readers look for the colon of a simple key within 1,024 characters, and some within 128.
  private static final int LONGEST_SIMPLE_KEY = 100;

  private YamlWriter() {}

  /** One document, without {@code ---}, with a line end. */
  public static String write(YamlValue value) {
    StringBuilder out = new StringBuilder();
    append(out, value);
    return out.toString();
  }

  /** Appends {@link #write}. */
  public static void append(StringBuilder out, YamlValue value) {
    append(out, value, 0, "\n");
  }

  /**
   * Appends a value as block lines, for a place inside another document.
   *
   * @param indent blanks before each line but the first, whose blanks the caller has written
   * @param lineEnd what ends each line
   */
  public static void append(StringBuilder out, YamlValue value, int indent, String lineEnd) {
    if (value instanceof YamlMapping mapping && mapping.size() > 0) {
      mapping(out, mapping.entries(), indent, lineEnd);
    } else if (value instanceof YamlSequence sequence && sequence.size() > 0) {
      sequence(out, sequence.values(), indent, lineEnd);
    } else {
      scalar(out, value);
      out.append(lineEnd);
    }
  }

  /** Appends a string as a scalar, quoted if it has to be. */
  public static void appendString(StringBuilder out, String value) {
    if (isPlainSafe(value)) {
      out.append(value);
    } else {
      JsonWriter.appendString(out, value);
    }
  }

  private static void mapping(
      StringBuilder out, List<YamlMapping.Entry> entries, int indent, String lineEnd) {
    for (int i = 0; i < entries.size(); i++) {
      if (i > 0) {
        blanks(out, indent);
      }
      String key = entries.get(i).key();
      YamlValue value = entries.get(i).value();
      if (key.length() > LONGEST_SIMPLE_KEY) {
        out.append("? ");
        JsonWriter.appendString(out, key);
        out.append(lineEnd);
        blanks(out, indent);
        out.append(": ");
        append(out, value, indent + 2, lineEnd);
        continue;
      }
      appendString(out, key);
      out.append(':');
      if (value instanceof YamlMapping inner && inner.size() > 0) {
        out.append(lineEnd);
        blanks(out, indent + 2);
        mapping(out, inner.entries(), indent + 2, lineEnd);
      } else if (value instanceof YamlSequence inner && inner.size() > 0) {
        out.append(lineEnd);
        blanks(out, indent);
        sequence(out, inner.values(), indent, lineEnd);
      } else {
        out.append(' ');
        scalar(out, value);
        out.append(lineEnd);
      }
    }
  }

  private static void sequence(
      StringBuilder out, List<YamlValue> values, int indent, String lineEnd) {
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        blanks(out, indent);
      }
      out.append("- ");
      append(out, values.get(i), indent + 2, lineEnd);
    }
  }

  private static void scalar(StringBuilder out, YamlValue value) {
    if (value instanceof YamlString string) {
      appendString(out, string.value());
    } else if (value instanceof YamlNumber number && number.text().equals("-0")) {
      // YAML takes -0 for an integer, which has no sign at zero.
      out.append("-0.0");
    } else {
      JsonWriter.appendCompact(out, value);
    }
  }

  private static void blanks(StringBuilder out, int count) {
    for (int i = 0; i < count; i++) {
      out.append(' ');
    }
  }

  /**
   * Whether a string may stand unquoted: it begins with a letter, a slash or an underscore, holds
   * only ASCII that means nothing to YAML anywhere, and is none of the words and no number, not
   * even in base 60, that some version of YAML resolves.
   */
  static boolean isPlainSafe(String value) {
    int length = value.length();
    if (length == 0 || length > 1024) {
      return false;
    }
    char first = value.charAt(0);
    if (!isLetter(first) && first != '/' && first != '_') {
      return false;
    }
    for (int i = 1; i < length; i++) {
      char c = value.charAt(i);
      boolean inner = c == ' ' || c == ':';
      if (!isLetter(c) && !(c >= '0' && c <= '9') && "-_./@=+,()".indexOf(c) < 0 && !inner) {
        return false;
      }
      if (inner && (i + 1 == length || value.charAt(i + 1) == ' ' || value.charAt(i + 1) == ':')) {
        return false;
      }
    }
    return !isWord(value);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isWord(String value) {
    if (value.length() > 5) {
      return false;
    }
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf" -> true;
      default -> false;
    };
  }
}
