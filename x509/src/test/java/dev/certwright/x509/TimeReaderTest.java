package dev.certwright.x509;

import static dev.certwright.x509.testing.CertificateBytes.generalizedTime;
import static dev.certwright.x509.testing.CertificateBytes.utcTime;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.x509.der.DerException;
import dev.certwright.x509.der.DerReader;
import dev.certwright.x509.der.DerWriter;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The answers were taken from Go 1.26, whose parser kube-apiserver has (rule XS-15). */
final class TimeReaderTest {

  @ParameterizedTest
  @CsvSource({
    "240101000000Z, 1704067200",
    "2401010000Z, 1704067200",
    "500101000000Z, -631152000",
    "680229120000Z, -58017600",
    "690101000000Z, -31536000",
    "491231235959Z, 2524607999",
    "240229000000+0100, 1709161200",
    "240229000000+2400, 1709078400",
    "240229000000+2459, 1709074860",
    "2402290000+0130, 1709159400",
    "500101000000+0200, -631159200",
    "491231235959-0100, 2524611599",
  })
  void utcTimesAreReadAsGoReadsThemXs15(String text, long seconds) {
    assertThat(read(utcTime(text))).isEqualTo(Instant.ofEpochSecond(seconds));
  }

  @ParameterizedTest
  @CsvSource({
    "20240101000000Z, 1704067200",
    "00000101000000Z, -62167219200",
    "99991231235959Z, 253402300799",
    "20240101000000-0530, 1704087000",
    "99991231235959-0500, 253402318799",
  })
  void generalizedTimesAreReadAsGoReadsThemXs15(String text, long seconds) {
    assertThat(read(generalizedTime(text))).isEqualTo(Instant.ofEpochSecond(seconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Z",
        "24010100Z",
        "240101000000",
        "240101000000z",
        "240101000000Z ",
        "240101000000ZZ",
        "240229000000-0000",
        "240229000000+0000",
        "240229000000+2500",
        "240229000000+2360",
        "240229000000+1260",
        "240229000000+0060",
        "240229000000+1",
        "240229000000.5Z",
        "240229000060Z",
        "240229006000Z",
        "240229240000Z",
        "230229000000Z",
        "241301000000Z",
        "240001000000Z",
        "240100000000Z",
        "24010100000aZ",
        "-40101000000Z",
        "20240101000000Z",
        "240101000000+01:00",
      })
  void utcTimesThatGoRefusesAreRefusedXs15(String text) {
    assertThatThrownBy(() -> read(utcTime(text))).isInstanceOf(DerException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "202401010000Z", "20240101000000.5Z", "20240101000000", "240101000000Z"})
  void generalizedTimesThatGoRefusesAreRefusedXs15(String text) {
    assertThatThrownBy(() -> read(generalizedTime(text))).isInstanceOf(DerException.class);
  }

  @Test
  void anElementOfAnotherTypeIsRefused() {
    assertThatThrownBy(() -> read(new DerWriter().utf8("240101000000Z").toByteArray()))
        .isInstanceOf(DerException.class)
        .hasMessageContaining("expected a time");
  }

  @Test
  void whatIsWrittenIsRead() {
    Random random = new Random(5);
    long from = Instant.parse("0000-01-01T00:00:00Z").getEpochSecond();
    long to = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
    for (int i = 0; i < 5000; i++) {
      Instant time = Instant.ofEpochSecond(random.nextLong(from, to));
      assertThat(read(new DerWriter().time(time).toByteArray())).isEqualTo(time);
    }
  }

  private static Instant read(byte[] element) {
    return TimeReader.read(DerReader.of(element));
  }
}
