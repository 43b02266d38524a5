package dev.certwright.x509.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.testing.OpenSsl;
import dev.certwright.x509.Oids;
import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.SignatureAlgorithm;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.der.DerWriter;
import dev.certwright.x509.der.Tag;
import dev.certwright.x509.testing.NameBytes;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signatures by openssl, and signatures and keys that are none. */
final class SignatureVerificationTest {
  private static final byte[] MESSAGE = "message".getBytes(StandardCharsets.UTF_8);

  @TempDir static Path folder;

  @BeforeAll
  static void makeKeys() throws IOException {
    Files.write(folder.resolve("m"), MESSAGE);
    OpenSsl.run(folder, "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out rsa");
    OpenSsl.run(folder, "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1024 -out rsa1024");
    OpenSsl.run(folder, "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:1016 -out rsa1016");
    OpenSsl.run(
        folder,
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:3 -out"
            + " rsa3");
    for (String curve : new String[] {"secp224r1", "prime256v1", "secp384r1", "secp521r1"}) {
      OpenSsl.run(folder, "ecparam -name " + curve + " -genkey -noout -out " + curve);
    }
    OpenSsl.run(folder, "ecparam -name secp256k1 -genkey -noout -out secp256k1");
    OpenSsl.run(folder, "genpkey -algorithm ed25519 -out ed25519");
  }

  @ParameterizedTest
  @CsvSource({
    "rsa, -digest sha256, RSA_SHA256",
    "rsa, -digest sha384, RSA_SHA384",
    "rsa, -digest sha512, RSA_SHA512",
    "rsa3, -digest sha256, RSA_SHA256",
    "rsa1024, -digest sha256, RSA_SHA256",
    "rsa, -digest sha256 -pkeyopt rsa_padding_mode:pss -pkeyopt rsa_pss_saltlen:32, RSA_PSS_SHA256",
    "rsa, -digest sha384 -pkeyopt rsa_padding_mode:pss -pkeyopt rsa_pss_saltlen:48, RSA_PSS_SHA384",
    "rsa, -digest sha512 -pkeyopt rsa_padding_mode:pss -pkeyopt rsa_pss_saltlen:64, RSA_PSS_SHA512",
    "secp224r1, -digest sha256, ECDSA_SHA256",
    "prime256v1, -digest sha256, ECDSA_SHA256",
    "prime256v1, -digest sha512, ECDSA_SHA512",
    "secp384r1, -digest sha384, ECDSA_SHA384",
    "secp521r1, -digest sha512, ECDSA_SHA512",
    "secp521r1, -digest sha256, ECDSA_SHA256",
    "ed25519, '', ED25519",
  })
  void signatureByOpensslIsValidAndNoOtherIsGv22(
      String name, String options, SignatureAlgorithm algorithm) {
    PublicKeyInfo key = publicKey(name);
    byte[] signature = sign(name, options);

    assertThat(SignatureVerification.verify(key, algorithm, MESSAGE, signature)).isTrue();
    for (int bit = 0; bit < 8 * signature.length; bit += 41) {
      byte[] other = signature.clone();
      other[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(SignatureVerification.verify(key, algorithm, MESSAGE, other)).isFalse();
    }
    assertThat(SignatureVerification.verify(key, algorithm, new byte[0], signature)).isFalse();
    for (SignatureAlgorithm other : SignatureAlgorithm.values()) {
      if (other != algorithm) {
        assertThat(SignatureVerification.verify(key, other, MESSAGE, signature))
            .as(other.name())
            .isFalse();
      }
    }
  }

  @Test
  void pssWithAnotherSaltThanItsHashIsNotValidXs21() {
    byte[] signature =
        sign("rsa", "-digest sha256 -pkeyopt rsa_padding_mode:pss -pkeyopt rsa_pss_saltlen:20");

    assertThat(
            SignatureVerification.verify(
                publicKey("rsa"), SignatureAlgorithm.RSA_PSS_SHA256, MESSAGE, signature))
        .isFalse();
  }

  @Test
  void rsaKeyBelow1024BitsVerifiesNothingGv23() {
    assertThat(
            SignatureVerification.verify(
                publicKey("rsa1016"),
                SignatureAlgorithm.RSA_SHA256,
                MESSAGE,
                sign("rsa1016", "-digest sha256")))
        .isFalse();
  }

  @Test
  void curveThatGoDoesNotKnowVerifiesNothingGv22() {
    assertThat(
            SignatureVerification.verify(
                publicKey("secp256k1"),
                SignatureAlgorithm.ECDSA_SHA256,
                MESSAGE,
                sign("secp256k1", "-digest sha256")))
        .isFalse();
  }

  @Test
  void exponentAndModulusOutsideTheBoundsVerifyNothingXs20() {
    BigInteger modulus = publicKey("rsa").modulus();
    byte[] signature = sign("rsa", "-digest sha256");
    for (BigInteger exponent :
        new BigInteger[] {
          BigInteger.ONE,
          BigInteger.TWO,
          BigInteger.valueOf(4),
          BigInteger.valueOf(65536),
          BigInteger.ONE.shiftLeft(31).add(BigInteger.ONE),
          BigInteger.ONE.shiftLeft(62).add(BigInteger.ONE)
        }) {
      assertVerifiesNothing(rsa(modulus, exponent), signature);
    }
    BigInteger usual = BigInteger.valueOf(65537);
    assertVerifiesNothing(rsa(modulus.add(BigInteger.ONE), usual), signature);
    assertVerifiesNothing(rsa(BigInteger.ONE, usual), signature);
    assertVerifiesNothing(
        rsa(BigInteger.ONE.shiftLeft(20_000).add(BigInteger.ONE), usual), signature);
    // The signature whose value is 1 is "valid" for every message under an exponent that fits.
    byte[] one = new byte[256];
    one[255] = 1;
    assertVerifiesNothing(rsa(modulus, usual), one);
  }

  @Test
  void highSOfEcdsaIsAcceptedAndPaddedNumbersAreNotXs22() {
    BigInteger order = EcCurve.P_256.domain().order();
    EcdsaSignature signature = EcdsaSignature.of(sign("prime256v1", "-digest sha256"));
    PublicKeyInfo key = publicKey("prime256v1");
    EcdsaSignature other = new EcdsaSignature(signature.r(), order.subtract(signature.s()));

    assertThat(ecdsa(key, other.encoded())).isTrue();
    byte[] padded =
        NameBytes.constructed(
            Tag.SEQUENCE,
            new DerWriter().element(Tag.INTEGER, padded(signature.r())).toByteArray(),
            new DerWriter().integer(signature.s()).toByteArray());
    assertThat(ecdsa(key, padded)).isFalse();
  }

  @Test
  void ecdsaNumbersOutsideTheOrderAreNotValid() {
    BigInteger order = EcCurve.P_256.domain().order();
    EcdsaSignature sound = EcdsaSignature.of(sign("prime256v1", "-digest sha256"));
    PublicKeyInfo key = publicKey("prime256v1");
    for (BigInteger number :
        new BigInteger[] {
          BigInteger.ZERO,
          BigInteger.ONE.negate(),
          order,
          order.add(sound.r()),
          BigInteger.ONE.shiftLeft(100_000)
        }) {
      assertThat(ecdsa(key, new EcdsaSignature(number, sound.s()).encoded())).isFalse();
      assertThat(ecdsa(key, new EcdsaSignature(sound.r(), number).encoded())).isFalse();
    }
  }

  @Test
  void pointsThatAreCompressedOrNotOnTheCurveAreNoKeysXs22() {
    byte[] point = publicKey("prime256v1").key();
    byte[] compressed = java.util.Arrays.copyOf(point, 33);
    compressed[0] = (byte) (2 + (point[64] & 1));
    byte[] hybrid = point.clone();
    hybrid[0] = (byte) (6 + (point[64] & 1));
    byte[] besides = point.clone();
    besides[64] ^= 1;
    for (byte[] other :
        new byte[][] {compressed, hybrid, besides, {0}, {}, new byte[65], {4}, new byte[100_000]}) {
      assertThatThrownBy(() -> PublicKeyInfo.ofEc(Oids.P_256, other))
          .isInstanceOf(X509Exception.class);
    }
    assertThatThrownBy(() -> PublicKeyInfo.ofEc(Oids.P_384, point))
        .isInstanceOf(X509Exception.class);
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void randomKeysAndSignaturesAreNeverValidAndNeverAnException() {
    Random random = new Random(17);
    PublicKeyInfo p256 = publicKey("prime256v1");
    PublicKeyInfo p521 = publicKey("secp521r1");
    for (int i = 0; i < 3000; i++) {
      byte[] key = new byte[random.nextInt(140)];
      random.nextBytes(key);
      byte[] signature = new byte[random.nextInt(300)];
      random.nextBytes(signature);
      PublicKeyInfo info =
          switch (random.nextInt(4)) {
            case 0 -> p256;
            case 1 -> p521;
            case 2 -> PublicKeyInfo.ofEd25519(java.util.Arrays.copyOf(key, 32));
            default -> rsa(new BigInteger(1, key).add(BigInteger.ONE), BigInteger.valueOf(65537));
          };
      for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
        assertThat(SignatureVerification.verify(info, algorithm, MESSAGE, signature)).isFalse();
      }
    }
  }

  private static void assertVerifiesNothing(PublicKeyInfo key, byte[] signature) {
    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      assertThat(SignatureVerification.verify(key, algorithm, MESSAGE, signature)).isFalse();
    }
  }

  private static boolean ecdsa(PublicKeyInfo key, byte[] signature) {
    return SignatureVerification.verify(key, SignatureAlgorithm.ECDSA_SHA256, MESSAGE, signature);
  }

  private static byte[] padded(BigInteger number) {
    byte[] bytes = number.toByteArray();
    byte[] longer = new byte[bytes.length + 1];
    System.arraycopy(bytes, 0, longer, 1, bytes.length);
    return longer;
  }

  private static PublicKeyInfo rsa(BigInteger modulus, BigInteger exponent) {
    byte[] key =
        NameBytes.constructed(
            Tag.SEQUENCE,
            new DerWriter().integer(modulus).toByteArray(),
            new DerWriter().integer(exponent).toByteArray());
    return PublicKeyInfo.of(
        NameBytes.constructed(
            Tag.SEQUENCE,
            NameBytes.constructed(
                Tag.SEQUENCE,
                new DerWriter().oid(Oids.RSA_ENCRYPTION).toByteArray(),
                new byte[] {5, 0}),
            new DerWriter().bits(key).toByteArray()));
  }

  private static PublicKeyInfo publicKey(String name) {
    OpenSsl.run(folder, "pkey -in " + name + " -pubout -outform der -out p");
    return PublicKeyInfo.of(file("p"));
  }

  private static byte[] sign(String name, String options) {
    OpenSsl.run(
        folder,
        "pkeyutl -sign -inkey "
            + name
            + " -rawin -in m -out s"
            + (options.isEmpty() ? "" : " " + options));
    return file("s");
  }

  private static byte[] file(String name) {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }
}
