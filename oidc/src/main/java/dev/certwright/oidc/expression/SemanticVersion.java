package dev.certwright.oidc.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A version of three numbers and perhaps more (Semantic Versioning 2.0.0). What stands behind a
 * plus sign is not compared. Immutable.
 */
final class SemanticVersion implements Comparable<SemanticVersion> {
  private final long[] numbers;
  private final List<String> before;

  private SemanticVersion(long[] numbers, List<String> before) {
    this.numbers = numbers;
    this.before = before;
  }

  /** Reads one; null if it is none. */
  static @Nullable SemanticVersion parse(String text) {
    String[] parts = text.split("\\.", 3);
    if (parts.length != 3) {
      return null;
    }
    String patch = parts[2];
    int build = patch.indexOf('+');
    if (build >= 0) {
      for (String part : patch.substring(build + 1).split("\\.", -1)) {
        if (!isWord(part)) {
          return null;
        }
      }
      patch = patch.substring(0, build);
    }
    List<String> before = List.of();
    int dash = patch.indexOf('-');
    if (dash >= 0) {
      before = List.of(patch.substring(dash + 1).split("\\.", -1));
      for (String part : before) {
        if (!isWord(part) || isNumber(part) && number(part) == null) {
          return null;
        }
      }
      patch = patch.substring(0, dash);
    }
    long[] numbers = new long[3];
    int at = 0;
    for (String part : List.of(parts[0], parts[1], patch)) {
      Long number = isNumber(part) ? number(part) : null;
      if (number == null) {
        return null;
      }
      numbers[at++] = number;
    }
    return new SemanticVersion(numbers, before);
  }

  /** Reads one that may begin with a v, lack numbers, or have zeros before them. */
  static @Nullable SemanticVersion parseLoosely(String text) {
    String rest = text.startsWith("v") ? text.substring(1) : text;
    List<String> parts = new ArrayList<>();
    for (String part : rest.split("\\.", 3)) {
      parts.add(part.length() > 1 ? withoutZeros(part) : part);
    }
    String last = parts.get(parts.size() - 1);
    if (parts.size() < 3 && (last.indexOf('+') >= 0 || last.indexOf('-') >= 0)) {
      return null;
    }
    while (parts.size() < 3) {
      parts.add("0");
    }
    return parse(String.join(".", parts));
  }

  private static String withoutZeros(String part) {
    int at = 0;
    while (at < part.length() && part.charAt(at) == '0') {
      at++;
    }
    String rest = part.substring(at);
    return rest.isEmpty() || !isDigit(rest.charAt(0)) ? "0" + rest : rest;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(c -> isDigit((char) c));
  }

  private static boolean isWord(String text) {
    return !text.isEmpty()
        && text.chars()
            .allMatch(
                c -> isDigit((char) c) || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '-');
  }

  // Unsigned; no zeros before it.
  private static @Nullable Long number(String text) {
    if (text.length() > 1 && text.charAt(0) == '0') {
      return null;
    }
    try {
      return Long.parseUnsignedLong(text);
    } catch (NumberFormatException tooLarge) {
      return null;
    }
  }

  long major() {
    return numbers[0];
  }

  long minor() {
    return numbers[1];
  }

  long patch() {
    return numbers[2];
  }

  @Override
  public int compareTo(SemanticVersion other) {
    for (int i = 0; i < numbers.length; i++) {
      int order = Long.compareUnsigned(numbers[i], other.numbers[i]);
      if (order != 0) {
        return Integer.signum(order);
      }
    }
    if (before.isEmpty() || other.before.isEmpty()) {
      return Boolean.compare(before.isEmpty(), other.before.isEmpty());
    }
    for (int i = 0; i < before.size() && i < other.before.size(); i++) {
      int order = compare(before.get(i), other.before.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(before.size(), other.before.size());
  }

  private static int compare(String one, String other) {
    boolean number = isNumber(one);
    if (number != isNumber(other)) {
      return number ? -1 : 1;
    }
    return Integer.signum(
        number
            ? Long.compareUnsigned(Long.parseUnsignedLong(one), Long.parseUnsignedLong(other))
            : one.compareTo(other));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SemanticVersion version && compareTo(version) == 0;
  }

  @Override
  public int hashCode() {
    return java.util.Arrays.hashCode(numbers) * 31 + before.hashCode();
  }
}
