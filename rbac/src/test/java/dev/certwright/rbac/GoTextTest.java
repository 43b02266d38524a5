package dev.certwright.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoTextTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "plain|\"plain\"",
        "a\"b\\c|\"a\\\"b\\\\c\"",
        "stra\u00dfe|\"stra\u00dfe\"",
        "\u00a0|\"\\u00a0\"",
        "zero\u200bwidth|\"zero\\u200bwidth\"",
        "\ue000|\"\\ue000\"",
        "\ud83d\ude00|\"\ud83d\ude00\"",
        "\udbff\udffd|\"\\U0010fffd\"",
        "\u0378|\"\\u0378\"",
        "\ufffd|\"\ufffd\"",
        "\u0301|\"\u0301\"",
      })
  void quoting_escapes_what_go_does_not_print_RS_11(String text, String quoted) {
    assertThat(GoText.quote(text)).isEqualTo(quoted);
  }

  @Test
  void quoting_names_control_characters_as_go_does_RS_11() {
    assertThat(GoText.quote("\u0007\b\f\n\r\t\u000b\u0000\u001f\u007f"))
        .isEqualTo("\"\\a\\b\\f\\n\\r\\t\\v\\x00\\x1f\\x7f\"");
  }

  @Test
  void quoting_writes_bytes_of_no_character_as_bytes() {
    assertThat(GoText.quote("a" + GoText.strayByte(0xFF) + GoText.strayByte(0x80)))
        .isEqualTo("\"a\\xff\\x80\"");
  }

  @Test
  void characters_that_a_newer_unicode_than_the_virtual_machines_assigns_are_printed() {
    // Assigned in Unicode 15; Java 17 knows 13.
    assertThat(GoText.quote("\ud838\udc30")).isEqualTo("\"\ud838\udc30\"");
  }

  @Test
  void json_escapes_what_html_might_misread() {
    assertThat(GoText.json(List.of("<a&b>", "\u2028\u0001\n\"\\")))
        .isEqualTo("[\"\\u003ca\\u0026b\\u003e\",\"\\u2028\\u0001\\n\\\"\\\\\"]");
  }

  @Test
  void bytes_that_are_no_utf8_stay_apart_and_become_one_replacement_each() {
    byte[] bytes = {'a', (byte) 0xE2, (byte) 0x82, 'b', (byte) 0xED, (byte) 0xA0, (byte) 0x80};
    String text = GoText.ofUtf8(bytes, 0, bytes.length);
    assertThat(text).hasSize(7);
    assertThat(GoText.replaceStray(text)).isEqualTo("a\ufffd\ufffdb\ufffd\ufffd\ufffd");
  }

  @Test
  void lone_surrogates_are_replaced_and_pairs_are_kept() {
    assertThat(GoText.replaceStray("\ud83d\ude00\ud83dx\ude00"))
        .isEqualTo("\ud83d\ude00\ufffdx\ufffd");
  }

  @Test
  void order_is_that_of_characters_not_of_utf16() {
    assertThat(GoText.ORDER.compare("\uFF5E", "\ud83d\ude00")).isNegative();
    assertThat(GoText.ORDER.compare("\ud83d\ude00", "\uFF5E")).isPositive();
    assertThat(GoText.ORDER.compare("a", "ab")).isNegative();
    assertThat(GoText.ORDER.compare("\ud83d\ude00", "\ud83d\ude01")).isNegative();
    assertThat(GoText.ORDER.compare("b", "b")).isZero();
  }
}
