package dev.certwright.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LifetimeTest {

  @ParameterizedTest
  @CsvSource({"1m, PT1M", "10m, PT10M", "24h, PT24H", "400d, P400D", "52w, P364D", "100y, P36500D"})
  void numbersWithAUnitAreRead(String text, Duration lifetime) {
    assertThat(Lifetime.parse(text)).isEqualTo(lifetime);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "101y",
        "36501d",
        "5300w",
        "876001h",
        "00d",
        "0m",
        "+8h",
        "8H",
        "8hh",
        "8h ",
        " 8h",
        "1s",
        "1000000000000000000000m",
        "9223372036854775807m",
        "٨h",
        "8\u200Bh",
        "PT8H",
        "-1d",
      })
  void anythingElseIsRefusedFitForATerminal(String text) {
    assertThat(Lifetime.find(text)).isNull();
    assertThatThrownBy(() -> Lifetime.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("90m")
        .message()
        .doesNotContain("\u200B");
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0 s",
    "PT59S, 59 s",
    "PT60S, 1 min",
    "PT90M, 1 h 30 min",
    "PT24H, 1 day",
    "PT25H, 1 day 1 h",
    "P2DT3H, 2 days 3 h",
    "P2DT30M, 2 days",
    "P10DT5H, 10 days",
    "P365D, 365 days",
    "PT-5S, 0 s",
  })
  void lifetimesAreSaidInTheLargestUnits(Duration lifetime, String text) {
    assertThat(Lifetime.describe(lifetime)).isEqualTo(text);
  }
}
