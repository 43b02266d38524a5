package dev.certwright.cli.output;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Times as text, without the formatter classes that a cold process pays dearly for. */
public final class Times {
  private Times() {}

  /** For people: {@code 2026-11-25 09:12:33 UTC}. */
  public static String human(Instant time) {
    StringBuilder text = date(time, ' ');
    return text.append(" UTC").toString();
  }

  /** For programs, RFC 3339: {@code 2026-11-25T09:12:33Z}. */
  public static String rfc3339(Instant time) {
    return date(time, 'T').append('Z').toString();
  }

  /** For file names: {@code 20261125T091233Z}. */
  public static String compact(Instant time) {
    StringBuilder text = new StringBuilder(16);
    String full = rfc3339(time);
    for (int i = 0; i < full.length(); i++) {
      char c = full.charAt(i);
      if (c != '-' && c != ':') {
        text.append(c);
      }
    }
    return text.toString();
  }

  /** {@code in 24 h} or {@code 3 days ago}. */
  public static String relative(Instant time, Instant now) {
    return time.isBefore(now)
        ? dev.certwright.authority.Lifetime.describe(Duration.between(time, now)) + " ago"
        : "in " + dev.certwright.authority.Lifetime.describe(Duration.between(now, time));
  }

  private static StringBuilder date(Instant time, char separator) {
    LocalDateTime at = LocalDateTime.ofEpochSecond(time.getEpochSecond(), 0, ZoneOffset.UTC);
    StringBuilder text = new StringBuilder(24);
    padded(text, at.getYear(), 4);
    padded(text.append('-'), at.getMonthValue(), 2);
    padded(text.append('-'), at.getDayOfMonth(), 2);
    padded(text.append(separator), at.getHour(), 2);
    padded(text.append(':'), at.getMinute(), 2);
    padded(text.append(':'), at.getSecond(), 2);
    return text;
  }

  private static void padded(StringBuilder text, int value, int width) {
    String digits = Integer.toString(value);
    for (int i = digits.length(); i < width; i++) {
      text.append('0');
    }
    text.append(digits);
  }
}
