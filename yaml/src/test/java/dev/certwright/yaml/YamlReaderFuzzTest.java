package dev.certwright.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Any bytes give a value or a {@link YamlException}, and what is read prints and reads back. */
class YamlReaderFuzzTest {
  private static final String[] PARTS = {
    "a",
    "b: ",
    "- ",
    "? ",
    ": ",
    "\n",
    "\n  ",
    "\n    ",
    "\n- ",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "'",
    "\"",
    "|\n",
    ">-\n",
    "&x ",
    "*x",
    "<<: *x",
    "!!int ",
    "! ",
    "!<",
    "# ",
    "---",
    "...",
    "\t",
    "\r",
    "%YAML 1.1\n",
    "0x1",
    "1e9",
    "\u0085",
    "\u2028",
    "\\",
    "\\u00e9",
    "\\ud800",
    "\uD83D\uDE00",
    "\uFEFF",
    "yes",
    "~",
    "{\"a\":1}"
  };

  @FuzzTest(maxDuration = "10s")
  void anyBytes(byte[] bytes) {
    check(bytes);
  }

  @Test
  void anyMixtureOfTokens() {
    for (long seed = 0; seed < 20_000; seed++) {
      Random random = new Random(seed);
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(30); length > 0; length--) {
        text.append(PARTS[random.nextInt(PARTS.length)]);
      }
      check(text.toString().getBytes(UTF_8));
    }
  }

  private static void check(byte[] bytes) {
    try {
      YamlValue value = YamlReader.lenient().read("f", bytes);
      assertThat(YamlReader.strict().read("f", YamlWriter.write(value))).isEqualTo(value);
    } catch (YamlException e) {
      assertThat(e.getMessage()).startsWith("f:");
    }
    try {
      List<YamlValue> values = YamlReader.lenient().readAll("f", bytes);
      assertThat(values).doesNotContain(YamlNull.of());
    } catch (YamlException e) {
      assertThat(e.getMessage()).startsWith("f:");
    }
    try {
      YamlValue value = YamlReader.lenient().readJson("f", bytes);
      assertThat(YamlReader.strict().readJson("f", JsonWriter.compact(value).getBytes(UTF_8)))
          .isEqualTo(value);
    } catch (YamlException e) {
      assertThat(e.getMessage()).startsWith("f:");
    }
  }
}
