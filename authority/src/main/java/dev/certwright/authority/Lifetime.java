package dev.certwright.authority;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long a certificate lives, as users write it: {@code 90m}, {@code 8h}, {@code 30d}, {@code
 * 2w}.
 */
public final class Lifetime {
  private static final long MAXIMUM_SECONDS = 100L * 365 * 86_400;

  private Lifetime() {}

  /**
   * Reads a number and one unit of m, h, d, w or y (365 days).
   *
   * @throws IllegalArgumentException saying what was found and what was expected
   */
  public static Duration parse(String text) {
    Duration lifetime = find(text);
    if (lifetime == null) {
      throw new IllegalArgumentException(
          "expected a lifetime such as 90m, 8h, 30d, 2w or 1y, found \""
              + dev.certwright.x509.SafeText.of(text)
              + "\"");
    }
    return lifetime;
  }

  /** The same, but null for what is no lifetime. */
  public static @Nullable Duration find(String text) {
    int length = text.length();
    long unit =
        switch (length == 0 ? ' ' : text.charAt(length - 1)) {
          case 'm' -> 60;
          case 'h' -> 3600;
          case 'd' -> 86_400;
          case 'w' -> 7 * 86_400;
          case 'y' -> 365 * 86_400;
          default -> 0;
        };
    long number = 0;
    boolean digits = unit > 0 && length > 1 && length < 12;
    for (int i = 0; digits && i < length - 1; i++) {
      char c = text.charAt(i);
      digits = c >= '0' && c <= '9';
      number = number * 10 + (c - '0');
    }
    return !digits || number == 0 || number > MAXIMUM_SECONDS / unit
        ? null
        : Duration.ofSeconds(number * unit);
  }

  /** For people, in the largest unit that shows no fraction, or in two units. */
  public static String describe(Duration lifetime) {
    long seconds = Math.max(0, lifetime.toSeconds());
    long days = seconds / 86_400;
    long hours = seconds % 86_400 / 3600;
    long minutes = seconds % 3600 / 60;
    if (days >= 10 || days > 0 && hours == 0) {
      return days + (days == 1 ? " day" : " days");
    } else if (days > 0) {
      return days + (days == 1 ? " day " : " days ") + hours + " h";
    } else if (hours > 0) {
      return minutes == 0 ? hours + " h" : hours + " h " + minutes + " min";
    }
    return minutes > 0 ? minutes + " min" : seconds + " s";
  }
}
