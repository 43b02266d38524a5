package dev.certwright.rbac.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {
  @Test
  void panic_of_upstream_is_a_problem_in_every_mode() {
    String panic = "{\"id\":1,\"panic\":\"out of order\"}";
    String role = "{\"kind\":\"ClusterRole\"}";
    assertThat(ValidateComparison.problem(role, panic)).contains("upstream panicked: " + panic);
    assertThat(RequestInfoComparison.problem("GET", "/", panic)).contains("upstream panicked");
    assertThat(AggregateComparison.problem(List.of(), panic)).contains("upstream panicked");
  }

  @Test
  void failure_of_our_half_is_the_problem_of_its_case() {
    assertThat(
            Comparison.problem(
                () -> {
                  throw new IllegalStateException("three");
                }))
        .startsWith("failed: java.lang.IllegalStateException: three");
    assertThat(Comparison.problem(() -> null)).isNull();
  }
}
