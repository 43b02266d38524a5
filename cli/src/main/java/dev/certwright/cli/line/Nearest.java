package dev.certwright.cli.line;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What somebody may have meant. */
public final class Nearest {
  private Nearest() {}

  /** The candidate within two typing errors, or null. */
  public static @Nullable String of(String word, List<String> candidates) {
    String best = null;
    int least = Math.min(2, Math.max(1, word.length() / 2)) + 1;
    for (String candidate : candidates) {
      int distance = distance(word, candidate);
      if (distance < least) {
        least = distance;
        best = candidate;
      }
    }
    return best;
  }

  /** Levenshtein's. */
  private static int distance(String one, String other) {
    if (one.length() > 40) {
      return Integer.MAX_VALUE;
    }
    int[] previous = new int[other.length() + 1];
    for (int j = 0; j < previous.length; j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] current = new int[other.length() + 1];
      current[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
      }
      previous = current;
    }
    return previous[other.length()];
  }
}
