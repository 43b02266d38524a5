package dev.certwright.x509.der;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DerReaderTest {

  @Test
  void elementsAreReadInOrderAndTheEndIsNoticed() {
    DerReader sequence = reader("300a 020101 0101ff 0500 0c00").read(Tag.SEQUENCE);

    assertThat(sequence.readSmallInteger()).isEqualTo(1);
    assertThat(sequence.readBoolean()).isTrue();
    assertThat(sequence.nextIs(Tag.NULL)).isTrue();
    sequence.skip();
    assertThat(sequence.peekTag()).isEqualTo(Tag.UTF8_STRING);
    assertThat(sequence.readElement()).containsExactly(0x0c, 0x00);
    assertThat(sequence.isEmpty()).isTrue();
    assertThat(sequence.nextIs(Tag.NULL)).isFalse();
    assertThatThrownBy(sequence::peekTag).isInstanceOf(DerException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "'', data ends where another element was expected",
    "30, data ends inside an element's header",
    "3080, a length of an indefinite or oversized form",
    "3085 0000000001 00, a length of an indefinite or oversized form",
    "30ff, a length of an indefinite or oversized form",
    "3082 01, data ends inside an element's length",
    "3081 7f, a length that is not in its shortest form",
    "3082 00ff, a length that is not in its shortest form",
    "3001, an element of 1 bytes where 0 are left",
    "3084 ffffffff, an element of 4294967295 bytes where 0 are left",
    "3084 7fffffff, an element of 2147483647 bytes where 0 are left",
    "1f01 00, a tag of more than one byte",
    "bf8001 00, a tag of more than one byte",
  })
  void headersThatAreNotDerAreRefused(String hex, String message) {
    assertThatThrownBy(() -> reader(hex).readAny())
        .isInstanceOf(DerException.class)
        .hasMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0200", "02020001", "0202007f", "0202ff80", "0202ffff"})
  void integersThatAreEmptyOrPaddedAreRefused(String hex) {
    assertThatThrownBy(() -> reader(hex).readInteger()).isInstanceOf(DerException.class);
  }

  @ParameterizedTest
  @CsvSource({"020100, 0", "02017f, 127", "02020080, 128", "020180, -128", "0202ff7f, -129"})
  void integersAreTwosComplement(String hex, BigInteger value) {
    assertThat(reader(hex).readInteger()).isEqualTo(value);
  }

  @Test
  void smallIntegersEndAtAnInt() {
    assertThat(reader("02047fffffff").readSmallInteger()).isEqualTo(Integer.MAX_VALUE);
    assertThat(reader("020480000000").readSmallInteger()).isEqualTo(Integer.MIN_VALUE);
    assertThatThrownBy(() -> reader("02050080000000").readSmallInteger())
        .isInstanceOf(DerException.class);
    assertThatThrownBy(() -> reader("0205ff7fffffff").readSmallInteger())
        .isInstanceOf(DerException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"010101", "0100", "01020000", "0101fe"})
  void booleansAreNullOrAllOnesXs14(String hex) {
    assertThatThrownBy(() -> reader(hex).readBoolean()).isInstanceOf(DerException.class);
  }

  @Test
  void explicitFalseIsRead() {
    assertThat(reader("010100").readBoolean()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0300", "030101", "03020801", "03020101", "030203ff"})
  void bitStringsWithWrongPaddingAreRefused(String hex) {
    assertThatThrownBy(() -> reader(hex).readBitString()).isInstanceOf(DerException.class);
  }

  @Test
  void bitStringsAreReadBitByBit() {
    BitString bits = reader("03020640").readBitString();

    assertThat(bits.unusedBits()).isEqualTo(6);
    assertThat(bits.bit(0)).isFalse();
    assertThat(bits.bit(1)).isTrue();
    assertThat(bits.bit(8)).isFalse();
    assertThat(reader("030100").readBitString().bytes()).isEmpty();
    assertThatThrownBy(() -> reader("03020640").readWholeByteBitString())
        .isInstanceOf(DerException.class);
  }

  @Test
  void bytesAfterTheEndAreCounted() {
    DerReader reader = reader("0500 0500");
    reader.skip();

    assertThat(reader.remainingLength()).isEqualTo(2);
    assertThatThrownBy(() -> reader.requireEnd("a test"))
        .isInstanceOf(DerException.class)
        .hasMessage("2 bytes follow after the end of a test");
  }

  @Test
  void anotherTagThanExpectedSaysBoth() {
    assertThatThrownBy(() -> reader("0500").read(Tag.SEQUENCE))
        .isInstanceOf(DerException.class)
        .hasMessage("expected an element with tag 0x30, found 0x5");
  }

  private static DerReader reader(String hex) {
    return DerReader.of(HexFormat.of().parseHex(hex.replace(" ", "")));
  }
}
