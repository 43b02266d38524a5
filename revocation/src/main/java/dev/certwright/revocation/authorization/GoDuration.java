package dev.certwright.revocation.authorization;

import java.math.BigDecimal;

/** Durations as Go's {@code time.ParseDuration} reads them: {@code 1m30s}, {@code 0.5h}. */
final class GoDuration {
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final int LONGEST = 200;

  private GoDuration() {}

  /**
   * In nanoseconds.
   *
   * @throws NumberFormatException if it is none, or longer than Go can count
   */
  static long nanos(String text) {
    int length = text.length();
    if (length == 0 || length > LONGEST) {
      throw new NumberFormatException("not a duration");
    }
    char sign = text.charAt(0);
    int at = sign == '-' || sign == '+' ? 1 : 0;
    if (text.substring(at).equals("0")) {
      return 0;
    }
    if (at == length) {
      throw new NumberFormatException("not a duration");
    }
    BigDecimal sum = BigDecimal.ZERO;
    while (at < length) {
      int start = at;
      boolean digit = false;
      while (at < length && (isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
        digit |= isDigit(text.charAt(at));
        at++;
      }
      if (!digit) {
        throw new NumberFormatException("not a duration");
      }
      // BigDecimal takes ".5" and "5." as Go does, and refuses two points as Go does.
      BigDecimal number = new BigDecimal(text.substring(start, at));
      int unit = at;
      while (at < length && !isDigit(text.charAt(at)) && text.charAt(at) != '.') {
        at++;
      }
      sum = sum.add(number.multiply(BigDecimal.valueOf(unit(text.substring(unit, at)))));
    }
    if (sum.compareTo(MOST) > 0) {
      throw new NumberFormatException("longer than Go can count");
    }
    return sign == '-' ? -sum.longValue() : sum.longValue();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static long unit(String unit) {
    return switch (unit) {
      case "ns" -> 1L;
      case "us", "\u00B5s", "\u03BCs" -> 1_000L;
      case "ms" -> 1_000_000L;
      case "s" -> 1_000_000_000L;
      case "m" -> 60_000_000_000L;
      case "h" -> 3_600_000_000_000L;
      default -> throw new NumberFormatException("not a unit of time");
    };
  }
}
