package dev.certwright.server.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** How old something is, as kubectl shows it. */
final class Age {
  /** Of what is no time. */
  static final String UNKNOWN = "<unknown>";

  private static final long HOUR = 60;
  private static final long DAY = 24;

  private Age() {}

  /** {@code 5m10s}, {@code 3h}, {@code 2d}; {@link #UNKNOWN} of what is no time. */
  static String of(String timestamp, Instant now) {
    try {
      return text(Duration.between(Instant.parse(timestamp), now));
    } catch (DateTimeParseException none) {
      return UNKNOWN;
    }
  }

  private static String text(Duration age) {
    long seconds = age.toSeconds();
    if (seconds < 0) {
      return seconds < -1 ? "<invalid>" : "0s";
    }
    long minutes = age.toMinutes();
    long hours = age.toHours();
    long days = age.toDays();
    if (seconds < 120) {
      return seconds + "s";
    } else if (minutes < 10) {
      return with(minutes, "m", seconds % 60, "s");
    } else if (minutes < 180) {
      return minutes + "m";
    } else if (hours < 8) {
      return with(hours, "h", minutes % HOUR, "m");
    } else if (hours < 48) {
      return hours + "h";
    } else if (hours < 192) {
      return with(days, "d", hours % DAY, "h");
    } else if (days < 730) {
      return days + "d";
    } else if (days < 2920) {
      return with(days / 365, "y", days % 365, "d");
    }
    return days / 365 + "y";
  }

  private static String with(long large, String unit, long small, String smallUnit) {
    return small == 0 ? large + unit : large + unit + small + smallUnit;
  }
}
