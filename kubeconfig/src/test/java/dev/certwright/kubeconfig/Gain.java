package dev.certwright.kubeconfig;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a text became another by gaining stretches in few places, its empty and null lists apart.
 */
final class Gain {
  private static final Pattern EMPTY_LIST =
      Pattern.compile(" *(\\[\\s*\\]|null|~|[ \\n\\r]+(?=\\]))");
  private static final int PLACES = 6;
  private static final int AHEAD = 8;

  private final String before;
  private final String after;
  private final Set<Long> deadEnds = new HashSet<>();

  Gain(String before, String after) {
    this.before = before;
    this.after = after;
  }

  boolean isOnlyInsertions() {
    return reaches(0, 0, PLACES);
  }

  private boolean reaches(int start, int startAfter, int places) {
    int from = start;
    int to = startAfter;
    while (from < before.length()
        && to < after.length()
        && before.charAt(from) == after.charAt(to)) {
      from++;
      to++;
    }
    if (from == before.length()) {
      return to == after.length() || places > 0;
    }
    if (places == 0 || !deadEnds.add((((long) from << 24) + to) * 8 + places)) {
      return false;
    }
    Matcher emptied = EMPTY_LIST.matcher(before).region(from, before.length());
    if (emptied.lookingAt()) {
      int end = emptied.end();
      boolean blank = end < before.length() && before.charAt(end) == ' ';
      if (jumps(end, to, places) || (blank && jumps(end + 1, to, places))) {
        return true;
      }
    }
    return jumps(from, to, places);
  }

  private boolean jumps(int from, int to, int places) {
    String next = before.substring(from, Math.min(before.length(), from + AHEAD));
    for (int likely = to; (likely = after.indexOf(next, likely)) >= 0; likely++) {
      if (reaches(from, likely, places - 1)) {
        return true;
      }
    }
    String first = next.substring(0, Math.min(1, next.length()));
    for (int other = to; (other = after.indexOf(first, other)) >= 0; other++) {
      if (reaches(from, other, places - 1)) {
        return true;
      }
    }
    return false;
  }
}
