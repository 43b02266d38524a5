package dev.certwright.cli.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LineDiffTest {
  @Test
  void equalTextsHaveNoDiff() {
    assertThat(LineDiff.of("f", "a\n", "a\n")).isEmpty();
  }

  @Test
  void changedLineStandsInItsContext() {
    assertThat(LineDiff.of("f", "1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n"))
        .isEqualTo("--- f\n+++ f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n 8\n");
    assertThat(LineDiff.of("f", "", "a\nb\n")).isEqualTo("--- f\n+++ f\n@@ -0,0 +1,2 @@\n+a\n+b\n");
  }

  @Test
  void diffAppliedToTheOldTextGivesTheNewOneWhateverTheyAre() {
    Random random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      String before = text(random);
      String after = text(random);
      assertThat(applied(before, LineDiff.of("f", before, after))).isEqualTo(after);
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder("start\n");
    for (int i = random.nextInt(30); i >= 0; i--) {
      text.append((char) ('a' + random.nextInt(4))).append('\n');
    }
    return text.toString();
  }

  private static String applied(String before, String diff) {
    if (diff.isEmpty()) {
      return before;
    }
    List<String> old = List.of(before.split("\n", -1));
    List<String> lines = List.of(diff.split("\n", -1));
    int at = Integer.parseInt(lines.get(2).substring("@@ -".length(), lines.get(2).indexOf(',')));
    List<String> result = new ArrayList<>(old.subList(0, at - 1));
    int next = at - 1;
    for (String line : lines.subList(3, lines.size() - 1)) {
      if (line.charAt(0) != '+') {
        assertThat(old.get(next++)).isEqualTo(line.substring(1));
      }
      if (line.charAt(0) != '-') {
        result.add(line.substring(1));
      }
    }
    result.addAll(old.subList(next, old.size()));
    return String.join("\n", result);
  }
}
