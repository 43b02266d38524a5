package dev.certwright.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomCasesTest {
  private static final int CASES = 4_000;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 8, 10, 12, 16})
  void the_first_choices_of_neighbouring_cases_are_all_met_about_as_often(int choices) {
    for (long seed : new long[] {0, 1, 2, 20_260_601}) {
      int[] met = new int[choices];
      for (int number = 0; number < CASES; number++) {
        met[RandomCases.random(seed, number).nextInt(choices)]++;
      }
      int fair = CASES / choices;
      for (int count : met) {
        assertThat(count).as("seed %d", seed).isBetween(fair * 3 / 4, fair * 5 / 4);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, -1, 1_000_003})
  void a_case_is_the_same_again_and_no_other_seed_or_number_has_it(long seed) {
    Set<Long> met = new HashSet<>();
    for (int number = 0; number < CASES; number++) {
      long drawn = RandomCases.random(seed, number).nextLong();
      assertThat(RandomCases.random(seed, number).nextLong()).isEqualTo(drawn);
      met.add(drawn);
      met.add(RandomCases.random(seed + 1, number).nextLong());
    }
    assertThat(met).hasSize(2 * CASES);
  }
}
