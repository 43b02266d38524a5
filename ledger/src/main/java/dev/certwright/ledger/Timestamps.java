package dev.certwright.ledger;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Times as they stand in entries, RFC 3339 in UTC with three digits or none after the second.
 * Without formatter classes, which a cold process pays dearly for.
 */
public final class Timestamps {
  private Timestamps() {}

  /**
   * {@code 2026-11-24T09:37:12Z}, or {@code 2026-11-24T09:37:12.345Z} where there is a fraction.
   */
  public static String format(Instant time) {
    LocalDateTime at =
        LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(24);
    padded(text, at.getYear(), 4);
    padded(text.append('-'), at.getMonthValue(), 2);
    padded(text.append('-'), at.getDayOfMonth(), 2);
    padded(text.append('T'), at.getHour(), 2);
    padded(text.append(':'), at.getMinute(), 2);
    padded(text.append(':'), at.getSecond(), 2);
    int millis = at.getNano() / 1_000_000;
    if (millis > 0) {
      padded(text.append('.'), millis, 3);
    }
    return text.append('Z').toString();
  }

  private static void padded(StringBuilder text, int value, int width) {
    String digits = Integer.toString(value);
    for (int i = digits.length(); i < width; i++) {
      text.append('0');
    }
    text.append(digits);
  }

  /**
   * Reads what {@link #format} writes, and fractions of one to nine digits, as the Kubernetes API
   * writes them.
   *
   * @throws EntryException if it is anything else
   */
  public static Instant parse(String text) {
    int length = text.length();
    if (length < 20 || length > 30 || text.charAt(length - 1) != 'Z') {
      throw notATime(text);
    }
    int nanos = 0;
    if (length > 20) {
      if (text.charAt(19) != '.' || length < 22) {
        throw notATime(text);
      }
      nanos = digits(text, 20, length - 1);
      for (int i = length - 21; i < 9; i++) {
        nanos *= 10;
      }
    }
    if (text.charAt(4) != '-'
        || text.charAt(7) != '-'
        || text.charAt(10) != 'T'
        || text.charAt(13) != ':'
        || text.charAt(16) != ':') {
      throw notATime(text);
    }
    try {
      return LocalDateTime.of(
              digits(text, 0, 4),
              digits(text, 5, 7),
              digits(text, 8, 10),
              digits(text, 11, 13),
              digits(text, 14, 16),
              digits(text, 17, 19),
              nanos)
          .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException impossible) {
      throw notATime(text);
    }
  }

  private static int digits(String text, int from, int to) {
    int value = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        throw notATime(text);
      }
      value = value * 10 + (c - '0');
    }
    return value;
  }

  private static EntryException notATime(String text) {
    return new EntryException(
        "expected a time such as 2026-11-24T09:37:12Z, found "
            + (text.length() > 40 ? text.length() + " characters" : "\"" + text + "\""));
  }
}
