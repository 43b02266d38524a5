package dev.certwright.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.rbac.generator.RecordedAnswers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Answers of Kubernetes 1.37.2's own code, written down by {@code
 * dev.certwright.rbac.generator.RecordAnswers} with the oracle of the conformance module; {@code
 * dev.certwright.rbac.generator.Differential} asks it any number of further questions.
 */
class UpstreamAnswersTest {
  @ParameterizedTest
  @CsvSource({
    "decide, 256",
    "rules, 256",
    "requestinfo, 1000",
    "aggregate, 40",
    "validate, 320",
  })
  void every_recorded_answer_is_ours(String mode, int pairs) throws IOException {
    RecordedAnswers recorded = new RecordedAnswers();
    int count = 0;
    try (InputStream in =
            UpstreamAnswersTest.class.getResourceAsStream("upstream-answers/" + mode + ".jsonl");
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      for (String question = lines.readLine(); question != null; question = lines.readLine()) {
        String answer = Objects.requireNonNull(lines.readLine());
        assertThat(recorded.problem(mode, question, answer)).as(question).isNull();
        count++;
      }
    }
    assertThat(count).isEqualTo(pairs);
  }
}
