package dev.certwright.cli.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CsvCellTest {
  private static final String ALPHABET = "=+-@\t\r\n',; aZ0\"\uFF1D";

  /** How a program gets back what was there, as the documentation says. */
  private static String restored(String cell) {
    StringBuilder text = new StringBuilder();
    boolean begins = true;
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (begins && c == '\'') {
        c = cell.charAt(++i);
      }
      text.append(c);
      begins = ",;\t\r\n".indexOf(c) >= 0 || begins && c == ' ';
    }
    return text.toString();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\uFF1D1",
        "  =1",
        "x;=1",
        "x,@SUM(A1)",
        "devs; -1"
      })
  void formulaIsTextWhereverASpreadsheetBeginsACell(String text) {
    String cell = CsvCell.of(text);

    for (String part : cell.split("[,;]", -1)) {
      assertThat(part.stripLeading())
          .doesNotStartWithWhitespaces()
          .matches("(?s)[^=+\\-@\uFF1D].*");
    }
    assertThat(restored(cell)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "jane", "X509SHA256=5a", "CN=ca", "a-b", "2026-11-24T10:00:00Z", "devs;ops"})
  void textThatIsNoFormulaStaysAsItIs(String text) {
    assertThat(CsvCell.of(text)).isSameAs(text);
  }

  @Test
  void everyTextComesBack() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(8); length > 0; length--) {
        text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
      }
      assertThat(restored(CsvCell.of(text.toString()))).isEqualTo(text.toString());
    }
  }
}
