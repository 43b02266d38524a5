package dev.certwright.yaml;

/** Which texts go-yaml v2 accepts under an explicit {@code !!timestamp}. */
final class GoTimestamps {
  private final String text;
  private int at;

  private GoTimestamps(String text) {
    this.text = text;
  }

  /** Whether it is a date, or a date and time in one of the three forms Go is asked for. */
  static boolean isTimestamp(String text) {
    return new GoTimestamps(text).parse();
  }

  private boolean parse() {
    int year = number(4, 4);
    if (year < 0 || !skip('-')) {
      return false;
    }
    int month = number(1, 2);
    if (month < 1 || month > 12 || !skip('-')) {
      return false;
    }
    int day = number(1, 2);
    if (day < 1 || day > daysIn(year, month)) {
      return false;
    }
    if (at == text.length()) {
      return true;
    }
    boolean spaced = text.charAt(at) == ' ';
    if (!spaced && text.charAt(at) != 'T' && text.charAt(at) != 't') {
      return false;
    }
    at++;
    return time() && (spaced ? at == text.length() : zone());
  }

  private boolean time() {
    int hour = number(1, 2);
    if (hour < 0 || hour > 23 || !skip(':')) {
      return false;
    }
    int minute = number(1, 2);
    if (minute < 0 || minute > 59 || !skip(':')) {
      return false;
    }
    int second = number(1, 2);
    if (second < 0 || second > 59) {
      return false;
    }
    if (at + 1 < text.length() && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
      int digits = at + 1;
      while (digits < text.length() && isDigit(digits)) {
        digits++;
      }
      if (digits > at + 1) {
        at = digits;
      }
    }
    return true;
  }

  private boolean zone() {
    if (skip('Z')) {
      return at == text.length();
    }
    if (!skip('+') && !skip('-')) {
      return false;
    }
    int hour = number(2, 2);
    if (hour < 0 || hour > 24 || !skip(':')) {
      return false;
    }
    int minute = number(2, 2);
    return minute >= 0 && minute <= 60 && at == text.length();
  }

  private int number(int least, int most) {
    int from = at;
    int value = 0;
    while (at < text.length() && at - from < most && isDigit(at)) {
      value = value * 10 + (text.charAt(at) - '0');
      at++;
    }
    return at - from < least ? -1 : value;
  }

  private boolean isDigit(int index) {
    char c = text.charAt(index);
    return c >= '0' && c <= '9';
  }

  private boolean skip(char expected) {
    if (at < text.length() && text.charAt(at) == expected) {
      at++;
      return true;
    }
    return false;
  }

  private static int daysIn(int year, int month) {
    return switch (month) {
      case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }
}
