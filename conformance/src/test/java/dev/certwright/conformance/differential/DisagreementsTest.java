package dev.certwright.conformance.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class DisagreementsTest {
  @Test
  void every_row_of_the_file_is_about_a_mode_that_reads_it() {
    assertThat(Disagreements.all()).isNotEmpty();
  }

  @Test
  void row_of_a_mode_that_does_not_exist_or_that_nobody_compares_is_refused() {
    for (String mode : List.of("claim", "covers", "decide", "x509")) {
      assertThatThrownBy(() -> Disagreements.rows(List.of(mode + "\tlaxer\tReason.")))
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("expected one of the modes");
    }
  }

  @Test
  void row_without_a_reason_or_said_twice_is_refused() {
    assertThatThrownBy(() -> Disagreements.rows(List.of("yaml\tlaxer\t ")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected mode, kind and reason");
    assertThatThrownBy(() -> Disagreements.rows(List.of("yaml\tx\tOne.", "yaml\tx\tTwo.")))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("listed twice");
  }

  @Test
  void panic_or_failure_is_never_wanted() {
    Disagreements wanted =
        Disagreements.of("yaml", Disagreements.rows(List.of("yaml\tpanic\tReason.")));
    assertThat(wanted.isWanted(new Difference("panic", "", false))).isFalse();
    assertThat(wanted.isWanted(new Difference("panic", ""))).isTrue();
  }
}
