package dev.certwright.x509.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PemReaderTest {

  @Test
  void whatIsWrittenIsRead() {
    Random random = new Random(3);
    for (int length = 0; length < 300; length++) {
      byte[] bytes = new byte[length];
      random.nextBytes(bytes);

      byte[] text = PemWriter.write("CERTIFICATE", bytes);

      assertThat(PemReader.looksLikePem(text)).isTrue();
      assertThat(PemReader.read(text))
          .singleElement()
          .satisfies(block -> assertThat(block.bytes()).isEqualTo(bytes));
      assertThat(new String(text, StandardCharsets.US_ASCII).lines())
          .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(64));
    }
  }

  @Test
  void bundlesKeepTheirOrderAndTheLineEachBlockBeginsIn() {
    byte[] bundle = PemWriter.writeAll("A", List.of(new byte[1], new byte[100]));
    byte[] text = ("a comment\n" + text(bundle) + "\nanother: comment\n").getBytes(latin1());

    List<PemBlock> blocks = PemReader.read(text);

    assertThat(blocks).extracting(PemBlock::line).containsExactly(2, 5);
    assertThat(blocks.get(1)).hasToString("A (line 5, 100 bytes)");
  }

  @Test
  void headersAreReadInOrderAndContinued() {
    List<PemBlock> blocks =
        read(
            "-----BEGIN RSA PRIVATE KEY-----\n"
                + "Proc-Type: 4,ENCRYPTED\n"
                + "DEK-Info: AES-256-CBC,\n"
                + "  00FF\n"
                + "X: \n"
                + "A:1\n"
                + "\n"
                + "AQID\n"
                + "-----END RSA PRIVATE KEY-----\n");

    assertThat(blocks)
        .singleElement()
        .satisfies(b -> assertThat(b.bytes()).containsExactly(1, 2, 3));
    assertThat(blocks.get(0).headers().keySet()).containsExactly("Proc-Type", "DEK-Info", "X", "A");
    assertThat(blocks.get(0).headers())
        .containsEntry("DEK-Info", "AES-256-CBC,00FF")
        .containsEntry("X", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN A-----\nAQID\n-----END A-----",
        "-----BEGIN A-----\r\nAQID\r\n-----END A-----\r\n",
        "-----BEGIN A-----  \nAQ ID\t\n\n-----END A-----  \n",
        "-----BEGIN A-----\nA\nQ\nI\nD\n-----END A-----",
        "text -----BEGIN B-----\n-----BEGIN A-----\nAQID\n-----END A-----\n-----END B-----",
      })
  void whatOtherProgramsWriteIsRead(String text) {
    assertThat(read(text))
        .singleElement()
        .satisfies(block -> assertThat(block.bytes()).containsExactly(1, 2, 3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN A----",
        "-----BEGIN ----",
        "-----BEGIN A-----",
        "-----BEGIN A-----\nAQID\n",
        "-----BEGIN A-----\nAQID\n-----END A----",
        "-----BEGIN A-----\nAQID\n-----END B-----",
        "-----BEGIN A-----\nAQID\n-----BEGIN A-----\nAQID\n-----END A-----",
        "-----BEGIN A-----\nAQI=D\n-----END A-----",
        "-----BEGIN A-----\nAQI\u00E4\n-----END A-----",
        "-----BEGIN A-----\nA\n-----END A-----",
        "-----BEGIN A-----\nAQID\u0000\n-----END A-----",
        "-----BEGIN A-----\nAQID\nX: y\n-----END A-----",
        "-----BEGIN \u001B[2J PRIVATE KEY-----\nAQID\n-----END \u001B[2J PRIVATE KEY-----",
        "-----BEGIN \u00E4-----\nAQID\n-----END \u00E4-----",
      })
  void damagedBlocksAreRefusedWithTheirLineAndNothingATerminalObeys(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(PemException.class)
        .hasMessageContaining("line 1")
        .message()
        .matches("[ -~]*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AA", "AAA", "AA=", "AAAAA", "AA\t", "AAAA\nAA \t"})
  void bodyWithoutPaddingIsRefused(String body) {
    assertThatThrownBy(
            () ->
                PemReader.read(
                    ("-----BEGIN A-----\n" + body + "\n-----END A-----\n").getBytes(latin1())))
        .isInstanceOf(PemException.class)
        .hasMessageContaining("not base64");
  }

  @Test
  void labelOfAMegabyteIsRefusedBriefly() {
    String label = "A".repeat(1 << 20);

    assertThatThrownBy(() -> read("-----BEGIN " + label + "-----\n-----END " + label + "-----\n"))
        .isInstanceOf(PemException.class)
        .message()
        .hasSizeLessThan(200);
  }

  @Test
  void textWithoutABlockHasNone() {
    assertThat(read("")).isEmpty();
    assertThat(read("\n\n \n")).isEmpty();
    assertThat(PemReader.looksLikePem(bytes("x-----BEGIN A-----"))).isFalse();
    assertThat(PemReader.looksLikePem(new byte[0])).isFalse();
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void megabytesOfContinuedHeadersAreReadInTime() {
    String text =
        "-----BEGIN A-----\nX: y\n" + " zzzz\n".repeat(500_000) + "\nAQID\n-----END A-----\n";

    assertThat(read(text))
        .singleElement()
        .satisfies(block -> assertThat(block.headers().get("X")).hasSize(2_000_001));
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void megabytesOfNulsBlanksAndBeginningsAreReadInTime() {
    assertThat(PemReader.read(new byte[16 << 20])).isEmpty();
    byte[] blanks = new byte[16 << 20];
    Arrays.fill(blanks, (byte) ' ');
    assertThat(PemReader.read(blanks)).isEmpty();
    Arrays.fill(blanks, (byte) '\n');
    assertThat(PemReader.read(blanks)).isEmpty();
    assertThatThrownBy(() -> read("-----BEGIN A-----\n".repeat(900_000)))
        .isInstanceOf(PemException.class);
    assertThat(read("-----BEGIN A-----\n-----END A-----\n".repeat(400_000))).hasSize(400_000);
  }

  private static List<PemBlock> read(String text) {
    return PemReader.read(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, latin1());
  }

  private static java.nio.charset.Charset latin1() {
    return StandardCharsets.ISO_8859_1;
  }
}
