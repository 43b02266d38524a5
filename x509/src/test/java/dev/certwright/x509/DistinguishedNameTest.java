package dev.certwright.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.x509.der.DerException;
import dev.certwright.x509.der.DerWriter;
import dev.certwright.x509.der.Oid;
import dev.certwright.x509.der.Tag;
import dev.certwright.x509.testing.NameBytes;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class DistinguishedNameTest {
  private static final int UNIVERSAL_STRING = 0x1C;
  private static final int VISIBLE_STRING = 0x1A;
  private static final int GENERAL_STRING = 0x1B;

  @ParameterizedTest
  @CsvSource({
    "0C, 6a c3a4 6e65, jäne",
    "0C, '', ''",
    "0C, f09f9880, \uD83D\uDE00",
    "13, 2a262f3d3a203f2728292b2c2d2e, '*&/=: ?''()+,-.'",
    "14, 6ae46e65, jäne",
    "14, 80, \u0080",
    "16, 6a405f7e7f, 'j@_~\u007f'",
    "12, 31203239, '1 29'",
    "1E, 006a00e4, jä",
    "1E, 006a0000, j",
    "1E, 006a00000000, 'j\u0000'",
    "1E, '', ''",
  })
  void stringTypesAreReadAsGoReadsThemXs04(String tag, String hex, String text) {
    assertThat(read(tag, hex).values(Oids.COMMON_NAME)).containsExactly(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0C, ff",
    "0C, c0af",
    "0C, eda080",
    "0C, f4908080",
    "0C, c3",
    "13, 6a40",
    "13, 6a5f",
    "13, 80",
    "13, 00",
    "16, 80",
    "12, 61",
    "12, 2d31",
    "1E, 00",
    "1E, d800 dc00",
    "1E, dfff",
    "1E, fffe",
    "1E, ffff",
    "1E, fdd0",
    "1E, fdef",
  })
  void bytesThatDoNotFitTheirStringTypeAreRefusedXs04(String tag, String hex) {
    assertThatThrownBy(() -> read(tag, hex)).isInstanceOf(DerException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {UNIVERSAL_STRING, VISIBLE_STRING, GENERAL_STRING, Tag.INTEGER, Tag.NULL})
  void typesThatGoDoesNotReadHaveNoText(int tag) {
    DistinguishedName name =
        DistinguishedName.of(
            NameBytes.empty().with(Oids.COMMON_NAME, tag, new byte[] {0x61}).encoded());

    assertThat(name.values(Oids.COMMON_NAME)).isEmpty();
    assertThat(name.isReadable()).isFalse();
    assertThat(name).hasToString("CN=(not text)");
  }

  @Test
  void orderIsTheEncodedOneAlsoInUnsortedSetsX16Xs02() {
    byte[] name =
        NameBytes.empty()
            .withSet(organization("b"), organization("a"), organization("b"))
            .withSet()
            .with(Oids.COMMON_NAME, "jane")
            .withSet(organization(""))
            .encoded();

    assertThat(DistinguishedName.of(name).values(Oids.ORGANIZATION))
        .containsExactly("b", "a", "b", "");
    assertThat(DistinguishedName.of(name)).hasToString("O=b, O=a, O=b, CN=jane, O=");
  }

  @Test
  void bytesAfterAValueAreIgnoredXs05() {
    byte[] attribute =
        NameBytes.constructed(
            Tag.SEQUENCE,
            new DerWriter().oid(Oids.COMMON_NAME).toByteArray(),
            new DerWriter().utf8("jane").toByteArray(),
            new byte[] {1, 2, 3});

    assertThat(
            DistinguishedName.of(NameBytes.empty().withSet(attribute).encoded())
                .values(Oids.COMMON_NAME))
        .containsExactly("jane");
  }

  @Test
  void whatIsWrittenIsReadAndHasOneAttributeInEachRdn() {
    List<AttributeTypeAndValue> attributes =
        List.of(
            new AttributeTypeAndValue(Oids.ORGANIZATION, "devs"),
            new AttributeTypeAndValue(Oids.ORGANIZATION, "müller & söhne"),
            new AttributeTypeAndValue(Oids.COMMON_NAME, "jane"),
            new AttributeTypeAndValue(Oids.KUBERNETES_UID, "1"));
    DistinguishedName made = DistinguishedName.ofAttributes(attributes);

    DistinguishedName read = DistinguishedName.of(made.encoded());

    assertThat(read).isEqualTo(made).hasSameHashCodeAs(made);
    assertThat(read.attributes()).isEqualTo(attributes);
    assertThat(read).hasToString("O=devs, O=müller & söhne, CN=jane, UID=1");
  }

  @Test
  void namesAreEqualByTheirBytesOnlyGv03() {
    byte[] utf8 = NameBytes.empty().with(Oids.COMMON_NAME, "ca").encoded();
    byte[] printable =
        NameBytes.empty()
            .with(Oids.COMMON_NAME, Tag.PRINTABLE_STRING, "ca".getBytes(StandardCharsets.US_ASCII))
            .encoded();

    assertThat(DistinguishedName.of(utf8))
        .isNotEqualTo(DistinguishedName.of(printable))
        .isEqualTo(DistinguishedName.of(utf8.clone()));
    assertThat(DistinguishedName.of(utf8).attributes())
        .isEqualTo(DistinguishedName.of(printable).attributes());
  }

  @Test
  void textThatCouldForgeAnotherAttributeIsEscaped() {
    DistinguishedName name =
        DistinguishedName.ofAttributes(
            List.of(
                new AttributeTypeAndValue(
                    Oids.COMMON_NAME, "a, O=system:masters+\\\"\n\u202E\u001B"),
                new AttributeTypeAndValue(Oid.of(1, 2, 3), "x")));

    assertThat(name)
        .hasToString("CN=a\\, O\\=system:masters\\+\\\\\\\"\\u000a\\u202e\\u001b, 1.2.3=x");
  }

  private static byte[] organization(String value) {
    return NameBytes.attribute(
        Oids.ORGANIZATION, Tag.UTF8_STRING, value.getBytes(StandardCharsets.UTF_8));
  }

  private static DistinguishedName read(String tag, String hex) {
    return DistinguishedName.of(
        NameBytes.empty()
            .with(
                Oids.COMMON_NAME,
                Integer.parseInt(tag, 16),
                HexFormat.of().parseHex(hex.replace(" ", "")))
            .encoded());
  }
}
