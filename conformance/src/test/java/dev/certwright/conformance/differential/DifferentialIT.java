package dev.certwright.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A bounded number of random questions in each mode; {@code conformance/differential} asks any
 * number.
 */
@Order(1)
class DifferentialIT {
  private static final long SEED = 1;

  static Set<Map.Entry<String, Long>> modes() {
    return Modes.OF_EACH_RUN.entrySet();
  }

  @ParameterizedTest
  @MethodSource("modes")
  void random_questions_are_answered_as_upstream_answers(Map.Entry<String, Long> mode)
      throws Exception {
    long cases = mode.getValue();
    Differential.Result result = Differential.run(mode.getKey(), cases, SEED, cases);
    System.out.println(result.report());
    assertThat(result.agreed()).as(result.report()).isTrue();
  }
}
