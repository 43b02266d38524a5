package dev.certwright.x509.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class EcSigningKeyTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final byte[] MESSAGE = "a certificate".getBytes(StandardCharsets.UTF_8);

  @ParameterizedTest
  @EnumSource(EcCurve.class)
  void domainParametersAreThoseOfTheNamedCurve(EcCurve curve) {
    X9ECParameters named = CustomNamedCurves.getByName(curve.jcaName());

    DomainParameters ours = curve.domain();

    assertThat(ours.order()).isEqualTo(named.getN());
    assertThat(named.getH()).isEqualTo(BigInteger.ONE);
    assertThat(ours.curve()).isEqualTo(named.getCurve());
    assertThat(ours.generator().getEncoded(false)).isEqualTo(named.getG().getEncoded(false));
    assertThat(curve.contains(ours.generator().getEncoded(false))).isTrue();
  }

  @ParameterizedTest
  @EnumSource(EcCurve.class)
  void publicKeyIsTheMultipleThatPlainAdditionGives(EcCurve curve) {
    BigInteger order = curve.domain().order();
    for (BigInteger scalar :
        List.of(
            BigInteger.ONE,
            BigInteger.TWO,
            BigInteger.valueOf(3),
            order.shiftRight(1),
            order.subtract(BigInteger.TWO),
            order.subtract(BigInteger.ONE),
            curve.domain().randomScalar(RANDOM))) {
      byte[] expected =
          CustomNamedCurves.getByName(curve.jcaName())
              .getG()
              .multiply(scalar)
              .normalize()
              .getEncoded(false);

      assertThat(EcSigningKey.of(curve, scalar, RANDOM).publicKey().key()).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = EcCurve.class,
      names = {"P_256", "P_384", "P_521"})
  void signaturesAreValidForAnotherImplementationAndNeverTheSame(EcCurve curve) throws Exception {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      EcSigningKey key = EcSigningKey.generate(curve, RANDOM);
      Signature verification =
          Signature.getInstance(curve.algorithm().digest().replace("-", "") + "withECDSA", "SunEC");
      verification.initVerify(
          KeyFactory.getInstance("EC", "SunEC")
              .generatePublic(new X509EncodedKeySpec(key.publicKey().encoded())));
      byte[] first = key.sign(MESSAGE);
      byte[] second = key.sign(MESSAGE);

      verification.update(MESSAGE);
      assertThat(verification.verify(first)).isTrue();
      assertThat(seen.add(EcdsaSignature.of(first).r().toString())).isTrue();
      assertThat(seen.add(EcdsaSignature.of(second).r().toString())).isTrue();
      assertThat(EcdsaVerification.read(curve, second)).isNotNull();
    }
  }

  @ParameterizedTest
  @EnumSource(EcCurve.class)
  void numbersOutsideTheOrderAreNoKeys(EcCurve curve) {
    BigInteger order = curve.domain().order();
    for (BigInteger scalar :
        List.of(BigInteger.ZERO, BigInteger.ONE.negate(), order, order.add(BigInteger.ONE))) {
      assertThatThrownBy(() -> EcSigningKey.of(curve, scalar, RANDOM))
          .isInstanceOf(KeyException.class)
          .hasMessageContaining("between 1 and the order");
    }
  }
}
