package dev.certwright.cli.revocation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What differs between two texts, in the unified form that diff and git print. */
public final class LineDiff {
  private static final int CONTEXT = 3;

  /** Larger differences are shown as all old lines, then all new ones: a table would not fit. */
  private static final long MOST_CELLS = 4_000_000;

  private LineDiff() {}

  /** Empty if the texts are equal. */
  public static String of(String name, String before, String after) {
    if (before.equals(after)) {
      return "";
    }
    List<String> old = lines(before);
    List<String> made = lines(after);
    int start = 0;
    while (start < Math.min(old.size(), made.size()) && old.get(start).equals(made.get(start))) {
      start++;
    }
    int end = 0;
    while (end < Math.min(old.size(), made.size()) - start
        && old.get(old.size() - 1 - end).equals(made.get(made.size() - 1 - end))) {
      end++;
    }
    int from = Math.max(0, start - CONTEXT);
    int tail = Math.max(0, end - CONTEXT);
    StringBuilder text = new StringBuilder("--- ").append(name).append("\n+++ ").append(name);
    text.append("\n@@ -").append(range(from, old.size() - tail)).append(" +");
    text.append(range(from, made.size() - tail)).append(" @@\n");
    print(text, ' ', old.subList(from, start));
    middle(text, old.subList(start, old.size() - end), made.subList(start, made.size() - end));
    print(text, ' ', old.subList(old.size() - end, old.size() - tail));
    return text.toString();
  }

  private static List<String> lines(String text) {
    List<String> lines = Arrays.asList(text.split("\n", -1));
    return lines.get(lines.size() - 1).isEmpty() ? lines.subList(0, lines.size() - 1) : lines;
  }

  private static String range(int from, int end) {
    return (end == from ? from : from + 1) + "," + (end - from);
  }

  private static void print(StringBuilder text, char mark, List<String> lines) {
    for (String line : lines) {
      text.append(mark).append(line).append('\n');
    }
  }

  private static void middle(StringBuilder text, List<String> old, List<String> made) {
    if ((long) (old.size() + 1) * (made.size() + 1) > MOST_CELLS) {
      print(text, '-', old);
      print(text, '+', made);
      return;
    }
    int[][] common = longestCommon(old, made);
    List<String> added = new ArrayList<>();
    int i = 0;
    int j = 0;
    while (i < old.size() || j < made.size()) {
      if (i < old.size() && j < made.size() && old.get(i).equals(made.get(j))) {
        print(text, '+', added);
        added.clear();
        text.append(' ').append(old.get(i++)).append('\n');
        j++;
      } else if (j == made.size() || i < old.size() && common[i + 1][j] >= common[i][j + 1]) {
        text.append('-').append(old.get(i++)).append('\n');
      } else {
        added.add(made.get(j++));
      }
    }
    print(text, '+', added);
  }

  private static int[][] longestCommon(List<String> old, List<String> made) {
    int[][] common = new int[old.size() + 1][made.size() + 1];
    for (int i = old.size() - 1; i >= 0; i--) {
      for (int j = made.size() - 1; j >= 0; j--) {
        common[i][j] =
            old.get(i).equals(made.get(j))
                ? common[i + 1][j + 1] + 1
                : Math.max(common[i + 1][j], common[i][j + 1]);
      }
    }
    return common;
  }
}
