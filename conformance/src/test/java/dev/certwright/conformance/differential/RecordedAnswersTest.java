package dev.certwright.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Upstream's answers as {@link RecordAnswers} wrote them down. Those of the modes of RBAC and X.509
 * lie with these modules.
 */
class RecordedAnswersTest {
  /** Their questions hold keys that are made anew in each process. */
  private static final Set<String> WITH_NEW_KEYS = Set.of("csr-sign");

  static Stream<String> modes() {
    return Modes.all().stream().map(Mode::name);
  }

  @ParameterizedTest
  @MethodSource("modes")
  void every_recorded_answer_is_ours_but_for_what_is_listed(String name) throws IOException {
    Mode mode = Modes.named(name);
    Disagreements wanted = Disagreements.of(name);
    List<String> unwanted = new ArrayList<>();
    List<String> lines = lines(name);
    for (int i = 0; i < lines.size(); i += 2) {
      for (Difference difference :
          Differential.differences(mode, Differential.parse(lines.get(i)), lines.get(i + 1))) {
        if (!wanted.isWanted(difference)) {
          unwanted.add(lines.get(i) + "\n" + difference);
        }
      }
    }
    assertThat(unwanted).isEmpty();
    assertThat(lines).hasSize(2 * RecordAnswers.CASES);
  }

  @ParameterizedTest
  @MethodSource("modes")
  void every_recorded_question_was_asked_and_is_what_its_seed_makes(String name)
      throws IOException {
    Mode mode = Modes.named(name);
    List<String> lines = lines(name);
    for (int i = 0; i < lines.size(); i += 2) {
      assertThat(lines.get(i + 1)).doesNotContain("\"panic\":");
      if (!WITH_NEW_KEYS.contains(name)) {
        assertThat(Differential.parse(lines.get(i)))
            .as("the questions changed: run conformance/differential record")
            .isEqualTo(Differential.question(mode, RecordAnswers.SEED, i / 2));
      }
    }
  }

  /** A question and its answer by turns. */
  static List<String> lines(String mode) throws IOException {
    try (InputStream in =
            RecordedAnswersTest.class.getResourceAsStream("answers/" + mode + ".jsonl");
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in, mode), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }
}
