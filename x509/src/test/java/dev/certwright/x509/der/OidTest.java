package dev.certwright.x509.der;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OidTest {

  @ParameterizedTest
  @CsvSource({
    "550403, 2.5.4.3",
    "2b06010401 83c253 02, 1.3.6.1.4.1.57683.2",
    "00, 0.0",
    "27, 0.39",
    "28, 1.0",
    "4f, 1.39",
    "50, 2.0",
    "8837, 2.999",
    "2a 87ffffff7f, 1.2.2147483647",
  })
  void contentsReadAsDottedNumbers(String hex, String dotted) {
    Oid oid = Oid.ofContents(bytes(hex));

    assertThat(oid).hasToString(dotted);
    assertThat(oid.contents()).isEqualTo(bytes(hex));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "80", "8001", "2a8001", "2a81", "ff"})
  void emptyPaddedAndUnfinishedArcsAreRefused(String hex) {
    assertThatThrownBy(() -> Oid.ofContents(bytes(hex))).isInstanceOf(DerException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2a8880808000", "2a8fffffff7f", "2a81ffffffffffffffffff7f"})
  void arcsThatGoCannotHoldAreRefused(String hex) {
    assertThatThrownBy(() -> Oid.ofContents(bytes(hex))).isInstanceOf(DerException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "127, 7f",
    "128, 8100",
    "16383, ff7f",
    "16384, 818000",
    "2147483647, 87ffffff7f"
  })
  void arcsOfConstantsAreEncodedInTheShortestForm(int arc, String hex) {
    assertThat(Oid.of(1, 2, arc).contents())
        .isEqualTo(bytes("2a" + (hex.length() % 2 == 0 ? hex : "0" + hex)));
  }

  @Test
  void equalContentsAreTheSameOid() {
    Oid one = Oid.of(2, 5, 4, 3);

    assertThat(one)
        .isEqualTo(Oid.ofContents(bytes("550403")))
        .hasSameHashCodeAs(Oid.ofContents(bytes("550403")))
        .isNotEqualTo(Oid.of(2, 5, 4, 10))
        .isNotEqualTo("2.5.4.3");
  }

  @Test
  void laterChangesOfTheBytesChangeNothing() {
    byte[] contents = bytes("550403");
    Oid oid = Oid.ofContents(contents);

    contents[2] = 10;
    oid.contents()[2] = 11;

    assertThat(oid).hasToString("2.5.4.3");
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
