package dev.certwright.x509.der;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DerWriterTest {

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 126, 127, 128, 255, 256, 1000, 1023, 1024, 65535, 65536, 20_000_000})
  void contentsOfAnyLengthComeBack(int length) {
    byte[] contents = new byte[length];
    new Random(length).nextBytes(contents);

    DerReader reader = DerReader.of(new DerWriter().octets(contents).toByteArray());

    assertThat(reader.readOctetString()).isEqualTo(contents);
    assertThat(reader.isEmpty()).isTrue();
  }

  @Test
  void integersComeBack() {
    Random random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      BigInteger value = new BigInteger(random.nextInt(300), random);
      value = random.nextBoolean() ? value : value.negate();
      assertThat(DerReader.of(new DerWriter().integer(value).toByteArray()).readInteger())
          .isEqualTo(value);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 030100",
    "-2147483648, 03020780",
    "-1610612736, 030205a0",
    "8388608, 0303070080",
    "100663296, 03020106",
  })
  void namedBitsLoseTheirTrailingZeros(int mask, String hex) {
    assertThat(HexFormat.of().formatHex(new DerWriter().namedBits(mask).toByteArray()))
        .isEqualTo(hex);
  }

  @ParameterizedTest
  @CsvSource({
    "1949-12-31T23:59:59Z, 180f31393439313233313233353935395a",
    "1950-01-01T00:00:00Z, 170d3530303130313030303030305a",
    "2026-11-24T10:20:30Z, 170d3236313132343130323033305a",
    "2049-12-31T23:59:59.999Z, 170d3439313233313233353935395a",
    "2050-01-01T00:00:00Z, 180f32303530303130313030303030305a",
    "9999-12-31T23:59:59Z, 180f39393939313233313233353935395a",
  })
  void timesChangeTheirTypeIn2050Rfc5280(Instant time, String hex) {
    assertThat(HexFormat.of().formatHex(new DerWriter().time(time).toByteArray())).isEqualTo(hex);
  }

  @ParameterizedTest
  @ValueSource(strings = {"+10000-01-01T00:00:00Z", "-0001-01-01T00:00:00Z"})
  void timesThatHaveNoFourDigitYearAreRefused(Instant time) {
    assertThatThrownBy(() -> new DerWriter().time(time))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void textThatIsNoUnicodeIsRefusedAndNotReplaced() {
    assertThatThrownBy(() -> new DerWriter().utf8("a\uD800"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new DerWriter().utf8("\uD83D\uDE00").toByteArray())
        .containsExactly(0x0c, 4, 0xF0, 0x9F, 0x98, 0x80);
  }

  @Test
  void whatIsWrittenDoesNotDependOnTheRoomThereIsAtFirst() {
    byte[] contents = new byte[700];
    new Random(2).nextBytes(contents);
    byte[] roomy = new DerWriter().octets(contents).bool(true).toByteArray();

    for (int capacity : new int[] {0, 1, 699, 700, 4096}) {
      assertThat(new DerWriter(capacity).octets(contents).bool(true).toByteArray())
          .isEqualTo(roomy);
    }
  }

  @Test
  void nestedElementsOfAllKindsComeBack() {
    DerWriter writer = new DerWriter();
    int whole = writer.mark();
    writer.utf8("jäne").bool(false).nothing();
    int inner = writer.mark();
    writer.bits(new byte[] {1, 2}).integer(-5).wrap(Tag.constructed(3), inner);
    writer.oid(Oid.of(1, 3, 6, 1, 4, 1, 57683, 2)).wrap(Tag.SEQUENCE, whole);

    DerReader sequence = DerReader.of(writer.toByteArray()).read(Tag.SEQUENCE);
    assertThat(sequence.readOid()).hasToString("1.3.6.1.4.1.57683.2");
    DerReader tagged = sequence.read(Tag.constructed(3));
    assertThat(tagged.readSmallInteger()).isEqualTo(-5);
    assertThat(tagged.readWholeByteBitString()).containsExactly(1, 2);
    tagged.requireEnd("the inner element");
    sequence.read(Tag.NULL).requireEnd("NULL");
    assertThat(sequence.readBoolean()).isFalse();
    assertThat(sequence.read(Tag.UTF8_STRING).remaining()).hasSize(5);
    sequence.requireEnd("the sequence");
  }
}
