package dev.certwright.x509;

import static dev.certwright.x509.testing.NameBytes.constructed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.x509.der.DerWriter;
import dev.certwright.x509.der.Oid;
import dev.certwright.x509.der.Tag;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.SigningKey;
import dev.certwright.x509.testing.CertificateBytes;
import java.math.BigInteger;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Go's parser lets pass by accident passes here too, and what it refuses is refused. */
final class CertificateStructureTest {
  private static final SigningKey KEY = new PortableCryptography().generate(KeyType.P_256);
  private static final byte[] NOTHING = {};
  private static final byte[] CA_TRUE = hex("30030101ff");

  @Test
  void soundCertificateIsRead() {
    Certificate certificate = read(sound().extension(Oids.BASIC_CONSTRAINTS, true, CA_TRUE));

    assertThat(certificate.version()).isEqualTo(3);
    assertThat(certificate.extensions().basicConstraints())
        .isEqualTo(new BasicConstraints(true, -1));
    assertThat(certificate).hasToString("certificate of CN=jane, serial 1");
  }

  @Test
  void bytesAfterInnerElementsAreIgnoredXs10() {
    byte[] more = hex("0500");
    assertThat(read(sound().afterExtensions(more)).version()).isEqualTo(3);
    assertThat(read(sound().afterSignature(more)).version()).isEqualTo(3);
    assertThat(
            read(sound()
                    .validity(
                        CertificateBytes.utcTime("240101000000Z"),
                        CertificateBytes.utcTime("490101000000Z"),
                        more))
                .version())
        .isEqualTo(3);
    byte[] extension =
        constructed(
            Tag.SEQUENCE,
            new DerWriter().oid(Oids.BASIC_CONSTRAINTS).toByteArray(),
            new DerWriter().octets(hex("30060101ff020103")).toByteArray(),
            more);
    assertThat(read(sound().extensionElement(extension)).extensions().basicConstraints())
        .isEqualTo(new BasicConstraints(true, 3));
  }

  @Test
  void bytesAfterTheCertificateAndInTheVersionAreRefusedXs10() {
    byte[] sound = sound().encoded();
    byte[] longer = java.util.Arrays.copyOf(sound, sound.length + 1);
    assertThatThrownBy(() -> Certificate.of(longer)).isInstanceOf(X509Exception.class);
    assertRefused(
        sound().versionElement(constructed(Tag.constructed(0), hex("020102"), hex("0500"))));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3, 4, 127})
  void versionsOtherThan1To3AreRefused(int written) {
    assertRefused(sound().version(written));
  }

  @Test
  void extensionsOfOldVersionsAreIgnoredXs11() {
    for (int written : new int[] {0, 1}) {
      Certificate old =
          read(sound().version(written).extension(Oids.BASIC_CONSTRAINTS, true, CA_TRUE));
      assertThat(old.version()).isEqualTo(written + 1);
      assertThat(old.extensions().list()).isEmpty();
    }
    assertThat(read(sound().versionElement(NOTHING)).version()).isEqualTo(1);
  }

  @Test
  void anyElementBeforeTheExtensionsHidesThemXs12() {
    Certificate certificate =
        read(
            sound()
                .beforeExtensions(hex("0500"))
                .extension(Oids.BASIC_CONSTRAINTS, true, hex("ff"))
                .extension(Oids.BASIC_CONSTRAINTS, true, CA_TRUE));

    assertThat(certificate.extensions().list()).isEmpty();
  }

  @Test
  void uniqueIdentifiersArePassedOver() {
    assertThat(
            read(sound()
                    .beforeExtensions(hex("81020001 82020001".replace(" ", "")))
                    .extension(Oids.BASIC_CONSTRAINTS, true, CA_TRUE))
                .extensions()
                .basicConstraints())
        .isEqualTo(new BasicConstraints(true, -1));
  }

  @ParameterizedTest
  @CsvSource({
    "00, 0",
    "7fffffffffffffffffffffffffffffffffffffff, 730750818665451459101842416358141509827966271487",
  })
  void serialNumbersOfZeroAndOfAnyLengthAreReadXs14(String contents, BigInteger number) {
    assertThat(read(sound().serialNumber(hex(contents))).serialNumber()).isEqualTo(number);
    assertThat(read(sound().serialNumber(longNumber(3000))).serialNumber().bitLength())
        .isEqualTo(23999);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "80", "ff", "0001", "ffff"})
  void negativeAndPaddedSerialNumbersAreRefusedXs14(String contents) {
    assertRefused(sound().serialNumber(hex(contents)));
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void serialNumberOfAMegabyteIsNotPrintedInFull() {
    Certificate certificate = read(sound().serialNumber(longNumber(1_000_000)));

    assertThat(certificate.toString()).hasSizeLessThan(200).contains("7999999 bits");
  }

  @Test
  void signatureAlgorithmMustBeTheSameInsideAndOutsideGv25() {
    assertRefused(sound().innerAlgorithm(SignatureAlgorithm.ECDSA_SHA384.identifier()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"0500", "3000", "30020500", "310206002a", "3005 0604 2a0304", "3005 06012a 05ff"})
  void algorithmThatIsNoneIsRefusedXs10(String identifier) {
    assertRefused(sound().algorithm(hex(identifier.replace(" ", ""))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"3003 06012a", "3007 06012a 0500 ffff"})
  void algorithmThatIsUnknownIsReadAndNeverVerifies(String identifier) {
    Certificate certificate = read(sound().algorithm(hex(identifier.replace(" ", ""))));

    assertThat(certificate.signatureAlgorithmDescription()).isEqualTo("1.2");
    assertThat(certificate.isSignedBy(certificate)).isFalse();
  }

  @Test
  void extensionTwiceIsRefusedGv25() {
    assertThatThrownBy(
            () ->
                read(
                    sound()
                        .extension(Oids.BASIC_CONSTRAINTS, true, CA_TRUE)
                        .extension(Oids.BASIC_CONSTRAINTS, true, CA_TRUE)))
        .isInstanceOf(X509Exception.class)
        .hasMessageContaining("2.5.29.19 occurs twice");
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void manyThousandExtensionsAreReadInTime() {
    CertificateBytes bytes = sound();
    for (int i = 0; i < 300_000; i++) {
      bytes.extension(Oid.of(1, 2, i), false, NOTHING);
    }

    Certificate certificate = read(bytes);

    assertThat(certificate.extensions().list()).hasSize(300_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"010101", "0100", "01020000"})
  void criticalityThatIsNoBooleanIsRefusedXs14(String bool) {
    assertRefused(
        sound()
            .extensionElement(
                constructed(Tag.SEQUENCE, hex("0603550403"), hex(bool), hex("0400"))));
  }

  @Test
  void explicitFalseIsAcceptedXs14() {
    assertThat(
            read(sound()
                    .extensionElement(
                        constructed(
                            Tag.SEQUENCE, hex("0603551d13"), hex("010100"), hex("04023000"))))
                .extensions()
                .basicConstraints())
        .isEqualTo(new BasicConstraints(false, -1));
  }

  @ParameterizedTest
  @CsvSource({
    "3000, false, -1",
    "30030101ff, true, -1",
    "30060101ff020100, true, 0",
    "3003020105, false, 5",
    "30090101ff02047fffffff, true, 2147483647",
  })
  void basicConstraintsAreRead(String value, boolean ca, int pathLength) {
    assertThat(basicConstraints(value)).isEqualTo(new BasicConstraints(ca, pathLength));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0500", "30030101fe", "30060101ff0201ff", "30060101ff02018000"})
  void malformedBasicConstraintsAreRefusedAndANegativePathLengthIsNotNone(String value) {
    assertThatThrownBy(() -> basicConstraints(value)).isInstanceOf(X509Exception.class);
  }

  private static BasicConstraints basicConstraints(String value) {
    return java.util.Objects.requireNonNull(
        read(sound().extension(Oids.BASIC_CONSTRAINTS, true, hex(value)))
            .extensions()
            .basicConstraints());
  }

  private static byte[] longNumber(int length) {
    byte[] number = new byte[length];
    number[0] = 0x7F;
    return number;
  }

  private static CertificateBytes sound() {
    return CertificateBytes.of(KEY);
  }

  private static Certificate read(CertificateBytes bytes) {
    return Certificate.of(bytes.encoded());
  }

  private static void assertRefused(CertificateBytes bytes) {
    byte[] encoded = bytes.encoded();
    assertThatThrownBy(() -> Certificate.of(encoded)).isInstanceOf(X509Exception.class);
  }

  private static byte[] hex(String text) {
    return HexFormat.of().parseHex(text);
  }
}
