package dev.certwright.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SignatureAlgorithmTest {
  private static final String PSS = "06092a864886f70d01010a";
  private static final String SHA_256 = "0609608648016503040201";
  private static final String SHA_384 = "0609608648016503040202";
  private static final String MGF_1 = "06092a864886f70d010108";

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"RSA_PSS_SHA256", "RSA_PSS_SHA384", "RSA_PSS_SHA512"})
  void whatIsWrittenIsRead(SignatureAlgorithm algorithm) {
    assertThat(SignatureAlgorithm.of(algorithm.identifier())).isEqualTo(algorithm);
  }

  @Test
  void pssIsReadAndNeverWritten() {
    assertThatThrownBy(SignatureAlgorithm.RSA_PSS_SHA256::identifier)
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void rsaParametersMayBeAnythingAndEd25519sMustBeAbsentXs21() {
    assertThat(of(sequence("06092a864886f70d01010b"))).isEqualTo(SignatureAlgorithm.RSA_SHA256);
    assertThat(of(sequence("06092a864886f70d01010b" + "020105")))
        .isEqualTo(SignatureAlgorithm.RSA_SHA256);
    assertThat(of(sequence("06032b6570"))).isEqualTo(SignatureAlgorithm.ED25519);
    assertThat(of(sequence("06032b6570" + "0500"))).isNull();
  }

  @Test
  void pssOfEqualHashesAndTheirSaltIsKnownXs21() {
    assertThat(pss(hash(SHA_256), mask(MGF_1, SHA_256 + "0500"), salt(32), ""))
        .isEqualTo(SignatureAlgorithm.RSA_PSS_SHA256);
    assertThat(pss(hash(SHA_256 + "0500"), mask(MGF_1, SHA_256), salt(32), tagged(3, "020101")))
        .isEqualTo(SignatureAlgorithm.RSA_PSS_SHA256);
    assertThat(pss(hash(SHA_384), mask(MGF_1, SHA_384), salt(48), ""))
        .isEqualTo(SignatureAlgorithm.RSA_PSS_SHA384);
  }

  @Test
  void pssOfAnyOtherKindIsUnknownXs21() {
    String sound = hash(SHA_256) + mask(MGF_1, SHA_256) + salt(32);
    assertThat(pss(hash(SHA_256), mask(MGF_1, SHA_384), salt(32), "")).isNull();
    assertThat(pss(hash(SHA_384), mask(MGF_1, SHA_384), salt(32), "")).isNull();
    assertThat(pss(hash(SHA_256), mask(MGF_1, SHA_256), salt(20), "")).isNull();
    assertThat(pss(hash(SHA_256), mask(MGF_1, SHA_256), "", "")).isNull();
    assertThat(pss("", "", "", "")).isNull();
    assertThat(pss(hash("06052b0e03021a"), mask(MGF_1, "06052b0e03021a"), salt(20), "")).isNull();
    // A trailer other than 1, another mask function than MGF1, parameters of a hash that are no
    // NULL.
    assertThat(pss(sound, "", "", tagged(3, "020102"))).isNull();
    assertThat(pss(hash(SHA_256), mask(SHA_256, SHA_256), salt(32), "")).isNull();
    assertThat(pss(hash(SHA_256 + "020100"), mask(MGF_1, SHA_256), salt(32), "")).isNull();
    assertThat(pss(hash(SHA_256), mask(MGF_1, SHA_256 + "020100"), salt(32), "")).isNull();
    assertThat(of(sequence(PSS))).isNull();
    assertThat(of(sequence(PSS + "0500"))).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a000", "a0020500", "a00430020500", "ff", "a0", "a00b300906072a8648ce3d0201"})
  void malformedPssParametersAreUnknownAndNoException(String contents) {
    assertThat(of(sequence(PSS + HexFormat.of().formatHex(sequence(contents))))).isNull();
  }

  @Test
  void weakAlgorithmsAreUnknownXs20() {
    assertThat(of(sequence("06092a864886f70d010105" + "0500"))).isNull();
    assertThat(of(sequence("06092a864886f70d010104" + "0500"))).isNull();
    assertThat(of(sequence("06072a8648ce3d0401"))).isNull();
    assertThat(of(sequence("06072a8648ce380403"))).isNull();
  }

  private static @org.jspecify.annotations.Nullable SignatureAlgorithm pss(
      String hash, String mask, String salt, String trailer) {
    String parameters = HexFormat.of().formatHex(sequence(hash + mask + salt + trailer));
    return of(sequence(PSS + parameters));
  }

  private static String hash(String identifier) {
    return tagged(0, HexFormat.of().formatHex(sequence(identifier)));
  }

  private static String mask(String function, String identifier) {
    return tagged(
        1,
        HexFormat.of()
            .formatHex(sequence(function + HexFormat.of().formatHex(sequence(identifier)))));
  }

  private static String salt(int length) {
    return tagged(2, "0201" + HexFormat.of().toHexDigits((byte) length));
  }

  private static String tagged(int number, String contents) {
    return element(0xA0 | number, contents);
  }

  private static byte[] sequence(String contents) {
    return HexFormat.of().parseHex(element(0x30, contents));
  }

  private static String element(int tag, String contents) {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits((byte) tag) + hex.toHexDigits((byte) (contents.length() / 2)) + contents;
  }

  private static @org.jspecify.annotations.Nullable SignatureAlgorithm of(byte[] identifier) {
    return SignatureAlgorithm.of(identifier);
  }
}
