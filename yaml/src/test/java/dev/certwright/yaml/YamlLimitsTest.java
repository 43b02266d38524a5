package dev.certwright.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hostile sizes; the heap of the test run is a quarter of what some of them ask for. */
class YamlLimitsTest {

  private static void refusedAsTooMuch(String text, String problem) {
    assertThatExceptionOfType(YamlLimitException.class)
        .isThrownBy(() -> YamlReader.lenient().read("f", text.getBytes(UTF_8)))
        .withMessageContaining(problem);
  }

  @Test
  void aFileOfAHundredMegabytesIsRefusedUnread(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("large.yaml");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(100_000_000);
    }
    assertThatExceptionOfType(YamlLimitException.class)
        .isThrownBy(() -> YamlReader.lenient().read(file))
        .withMessage(file + ": larger than 33554432 bytes");
  }

  @Test
  void anEndlessStreamIsRefusedAtTheLimit() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return ' ';
          }

          @Override
          public int read(byte[] buffer, int from, int length) {
            java.util.Arrays.fill(buffer, from, from + length, (byte) ' ');
            return length;
          }
        };
    assertThatExceptionOfType(YamlLimitException.class)
        .isThrownBy(() -> YamlText.read("-", endless, YamlLimits.DEFAULT.withMaxBytes(1 << 20)));
  }

  @Test
  void nulBytesAreRefusedBeforeAnythingIsParsed() {
    byte[] nuls = new byte[YamlLimits.DEFAULT.maxBytes()];
    assertThatExceptionOfType(YamlException.class)
        .isThrownBy(() -> YamlReader.lenient().read("f", nuls))
        .withMessage("f:1:1: a NUL byte, so not a text");
  }

  @Test
  void nestingIsRefusedAtTheLimitInEveryStyle() {
    int deep = 200_000;
    refusedAsTooMuch("[".repeat(deep), "nested deeper than 500 levels");
    refusedAsTooMuch("{a: ".repeat(deep), "nested deeper than 500 levels");
    refusedAsTooMuch("- ".repeat(deep), "nested deeper than 500 levels");
    refusedAsTooMuch("? ".repeat(deep), "nested deeper than 500 levels");
    assertThatExceptionOfType(YamlLimitException.class)
        .isThrownBy(() -> YamlReader.lenient().readJson("f", "[".repeat(deep).getBytes(UTF_8)));
    assertThatExceptionOfType(YamlLimitException.class)
        .isThrownBy(
            () -> YamlReader.lenient().readAll("f", "{\"a\":".repeat(deep).getBytes(UTF_8)));
  }

  @Test
  void nestingUpToTheLimitIsRead() {
    String text = "[".repeat(500) + "]".repeat(500);
    assertThat(JsonWriter.compact(YamlReader.lenient().read("f", text))).isEqualTo(text);
    assertThat(JsonWriter.compact(YamlReader.lenient().readJson("f", text.getBytes(UTF_8))))
        .isEqualTo(text);
  }

  @Test
  void nestingThroughAliasesCountsToo() {
    String half = "[".repeat(300);
    String close = "]".repeat(300);
    refusedAsTooMuch(
        "- &a " + half + close + "\n- " + half + "*a" + close, "nested deeper than 500 levels");
  }

  @Test
  void aBillionLaughsAreRefused() {
    StringBuilder text =
        new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
    for (int i = 1; i < 10; i++) {
      text.append("a" + i + ": &a" + i + " [");
      for (int k = 0; k < 9; k++) {
        text.append(k == 0 ? "*a" : ", *a").append(i - 1);
      }
      text.append("]\n");
    }
    refusedAsTooMuch(text.toString(), "document contains excessive aliasing");
  }

  @Test
  void aBillionMergesAreRefused() {
    StringBuilder text = new StringBuilder("a0: &a0 {x: 1}\n");
    for (int i = 1; i < 30; i++) {
      text.append("a" + i + ": &a" + i + " {<<: [*a" + (i - 1) + ", *a" + (i - 1) + "]}\n");
    }
    refusedAsTooMuch(text.toString(), "document contains excessive aliasing");
  }

  @Test
  void moreNodesThanTheLimitAreRefusedBeforeTheyFillTheMemory() {
    refusedAsTooMuch("[" + "a,".repeat(10_000_000) + "]", "too many keys and values");
    assertThatExceptionOfType(YamlLimitException.class)
        .isThrownBy(
            () ->
                YamlReader.lenient().readJson("f", ("[" + "1,".repeat(10_000_000)).getBytes(UTF_8)))
        .withMessageContaining("too many keys and values");
  }

  @Test
  void theLimitOfNodesHoldsForAllDocumentsTogether() {
    String text = ("---\n[" + "a,".repeat(1_000_000) + "]\n").repeat(5);
    assertThatExceptionOfType(YamlLimitException.class)
        .isThrownBy(() -> YamlReader.lenient().readAll("f", text.getBytes(UTF_8)))
        .withMessageContaining("too many keys and values");
  }

  @Test
  void aLongNumberCostsNoMoreThanItsLength() {
    String digits = "9".repeat(5_000_000);
    assertThat(YamlReader.lenient().read("f", "a: " + digits).kind()).isEqualTo("mapping");
    assertThat(YamlReader.lenient().read("f", "a: 0x" + digits).kind()).isEqualTo("mapping");
  }

  @Test
  void manyEqualHashesCostNoQuadraticTime() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < 1 << 15; i++) {
      for (int bit = 0; bit < 15; bit++) {
        text.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      text.append(": 1, ");
    }
    YamlMapping mapping = (YamlMapping) YamlReader.lenient().read("f", text.append("}").toString());
    assertThat(mapping.size()).isEqualTo(1 << 15);
  }
}
