package dev.certwright.x509.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.testing.OpenSsl;
import dev.certwright.x509.Oids;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.der.DerWriter;
import dev.certwright.x509.der.Tag;
import dev.certwright.x509.pem.PemReader;
import dev.certwright.x509.testing.NameBytes;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Unencrypted keys that are odd, damaged or made to do harm. */
final class PrivateKeyStructureTest {
  private static final Cryptography CRYPTOGRAPHY = new PortableCryptography();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "30",
        "3000",
        "0500",
        "3003020100",
        "30050201000500",
        "3080",
        "not a key",
        "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----",
        "-----BEGIN RSA PRIVATE KEY-----\nMAA=\n-----END RSA PRIVATE KEY-----",
        "-----BEGIN EC PRIVATE KEY-----\nMAA=\n-----END EC PRIVATE KEY-----",
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nMAA=\n-----END ENCRYPTED PRIVATE KEY-----",
        "-----BEGIN DSA PRIVATE KEY-----\nMAA=\n-----END DSA PRIVATE KEY-----",
        "-----BEGIN OPENSSH PRIVATE KEY-----\nMAA=\n-----END OPENSSH PRIVATE KEY-----",
        "-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----",
        "-----BEGIN PUBLIC KEY-----\nMAA=\n-----END PUBLIC KEY-----",
      })
  void whatIsNoKeyIsRefused(String text) {
    byte[] bytes =
        text.matches("([0-9a-f]{2})+")
            ? java.util.HexFormat.of().parseHex(text)
            : text.getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(
            () -> CRYPTOGRAPHY.signingKey(PrivateKeyReader.read(bytes, PasswordSource.NONE)))
        .isInstanceOf(KeyException.class);
    assertThat(PrivateKeyReader.looksLikeDer(bytes)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "genpkey -algorithm x25519 -out k",
        "genpkey -algorithm ed448 -out k",
        "genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out k",
      })
  void keyOfAnotherFamilyIsRefusedWithTheFamiliesThatCanSign(String command) {
    OpenSsl.run(folder, command);

    PrivateKeyInfo key = PrivateKeyReader.read(file("k"), PasswordSource.NONE);

    assertThat(key).hasToString("OTHER private key");
    assertThatThrownBy(() -> CRYPTOGRAPHY.signingKey(key))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining("RSA, EC nor Ed25519");
  }

  @Test
  void rsaKeyOfThreePrimesIsRefusedWithItsReason() {
    OpenSsl.run(folder, "genrsa -primes 3 -out k 2048");

    assertThatThrownBy(() -> PrivateKeyReader.read(file("k"), PasswordSource.NONE))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining("two primes");
  }

  @Test
  void ellipticNumbersOutsideTheirCurveAreRefused() {
    BigInteger order = EcCurve.P_256.domain().order();
    for (BigInteger number :
        new BigInteger[] {
          BigInteger.ZERO, order, order.add(BigInteger.ONE), BigInteger.ONE.shiftLeft(256)
        }) {
      byte[] sec1 = sec1(number);
      assertThatThrownBy(
              () -> CRYPTOGRAPHY.signingKey(PrivateKeyReader.read(sec1, PasswordSource.NONE)))
          .isInstanceOf(KeyException.class);
    }
    assertThat(
            CRYPTOGRAPHY
                .signingKey(
                    PrivateKeyReader.read(
                        sec1(order.subtract(BigInteger.ONE)), PasswordSource.NONE))
                .publicKey()
                .description())
        .isEqualTo("ECDSA P-256");
  }

  @Test
  void smallEllipticNumbersAreWrittenInFullLength() throws IOException {
    SigningKey key =
        CRYPTOGRAPHY.signingKey(
            PrivateKeyReader.read(sec1(BigInteger.valueOf(5)), PasswordSource.NONE));
    Files.write(folder.resolve("k"), key.exportPrivateKey().encodePrivateKeyPem(key.publicKey()));

    OpenSsl.run(folder, "pkey -in k -check -noout");
    OpenSsl.run(folder, "pkcs8 -topk8 -nocrypt -in k -outform der -out p");
    assertThat(PrivateKeyReader.read(file("p"), PasswordSource.NONE).scalar()).isEqualTo(5);
  }

  @Test
  void ed25519KeyOfAnotherLengthIsRefused() {
    for (int length : new int[] {0, 31, 33, 64}) {
      byte[] inner = new DerWriter().octets(new byte[length]).toByteArray();
      byte[] pkcs8 =
          sequence(
              new byte[] {2, 1, 0},
              sequence(new DerWriter().oid(Oids.ED25519).toByteArray()),
              new DerWriter().octets(inner).toByteArray());
      assertThatThrownBy(
              () -> CRYPTOGRAPHY.signingKey(PrivateKeyReader.read(pkcs8, PasswordSource.NONE)))
          .isInstanceOf(KeyException.class)
          .hasMessageContaining("32 bytes");
    }
  }

  @Test
  void rsaKeyWhoseNumbersDoNotBelongTogetherCannotSign() {
    OpenSsl.run(folder, "genrsa -traditional -out k 2048");
    OpenSsl.run(folder, "rsa -in k -traditional -outform der -out d");
    byte[] sound = file("d");
    byte[] message = {1, 2, 3};
    int broken = 0;
    for (int at = 300; at < sound.length; at += 53) {
      byte[] bytes = sound.clone();
      bytes[at] ^= 4;
      try {
        SigningKey key = CRYPTOGRAPHY.signingKey(PrivateKeyReader.read(bytes, PasswordSource.NONE));
        byte[] signature = key.sign(message);
        assertThat(
                SignatureVerification.verify(
                    key.publicKey(), key.signatureAlgorithm(), message, signature))
            .as("a signature was given out though the number at byte %d is wrong", at)
            .isTrue();
      } catch (X509Exception refused) {
        broken++;
      }
    }
    assertThat(broken).isPositive();
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void rsaKeyThatIsAbsurdlyLargeOrSmallIsRefusedBeforeItIsUsed() {
    for (int bits : new int[] {8, 500, 20_000, 1_000_000}) {
      BigInteger number = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
      byte[] one = integer(BigInteger.valueOf(3));
      byte[] pkcs1 =
          sequence(
              integer(BigInteger.ZERO),
              integer(number),
              integer(BigInteger.valueOf(65537)),
              integer(number.subtract(BigInteger.TWO)),
              one,
              one,
              one,
              one,
              one);
      assertThatThrownBy(
              () ->
                  CRYPTOGRAPHY
                      .signingKey(PrivateKeyReader.read(pkcs1, PasswordSource.NONE))
                      .sign(new byte[] {1}))
          .as("%d bits", bits)
          .isInstanceOf(KeyException.class);
    }
  }

  @Test
  void rsaKeyWithNegativeOrMissingNumbersIsRefused() {
    byte[] minus = integer(BigInteger.valueOf(-3));
    byte[] zero = integer(BigInteger.ZERO);
    for (byte[] pkcs1 :
        new byte[][] {
          sequence(zero, minus, minus, minus, minus, minus, minus, minus, minus),
          sequence(zero, zero, zero, zero, zero, zero, zero, zero, zero),
          sequence(zero, zero),
          sequence(zero, minus, minus),
        }) {
      assertThatThrownBy(
              () -> CRYPTOGRAPHY.signingKey(PrivateKeyReader.read(pkcs1, PasswordSource.NONE)))
          .isInstanceOf(KeyException.class);
    }
  }

  @Test
  void messagesAboutDamagedKeysNeverHoldTheirBytes() {
    OpenSsl.run(folder, "ecparam -name prime256v1 -genkey -noout -out k");
    OpenSsl.run(folder, "pkey -in k -traditional -outform der -out d");
    byte[] sound = file("d");
    String secret = PrivateKeyReader.read(sound, PasswordSource.NONE).scalar().toString(16);
    Random random = new Random(4);
    for (int i = 0; i < 2000; i++) {
      byte[] bytes = sound.clone();
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        assertThat(
                CRYPTOGRAPHY
                    .signingKey(PrivateKeyReader.read(bytes, PasswordSource.NONE))
                    .toString())
            .doesNotContain(secret.substring(0, 8));
      } catch (X509Exception refused) {
        for (Throwable t = refused; t != null; t = t.getCause()) {
          assertThat(String.valueOf(t.getMessage()))
              .doesNotContainIgnoringCase(secret.substring(0, 8))
              .doesNotContainIgnoringCase(secret.substring(40, 48));
        }
      }
    }
  }

  @Test
  void innerCurveOfAPkcs8KeyThatIsAnotherIsRefused() {
    byte[] inner =
        sequence(
            integer(BigInteger.ONE),
            new DerWriter().octets(new byte[31]).toByteArray(),
            NameBytes.constructed(
                Tag.constructed(0), new DerWriter().oid(Oids.P_384).toByteArray()));
    byte[] pkcs8 =
        sequence(
            integer(BigInteger.ZERO),
            sequence(
                new DerWriter().oid(Oids.EC_PUBLIC_KEY).toByteArray(),
                new DerWriter().oid(Oids.P_256).toByteArray()),
            new DerWriter().octets(inner).toByteArray());

    assertThatThrownBy(() -> PrivateKeyReader.read(pkcs8, PasswordSource.NONE))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining("curve");
  }

  @Test
  void certificateInTheSameFileDoesNotMatter() throws IOException {
    OpenSsl.run(
        folder,
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout k -out c -subj /CN=x");
    String both = Files.readString(folder.resolve("c")) + Files.readString(folder.resolve("k"));

    PrivateKeyInfo key =
        PrivateKeyReader.read(both.getBytes(StandardCharsets.US_ASCII), PasswordSource.NONE);

    assertThat(key).isEqualTo(PrivateKeyReader.read(file("k"), PasswordSource.NONE));
    assertThat(PemReader.read(both.getBytes(StandardCharsets.US_ASCII))).hasSize(2);
  }

  private static byte[] sec1(BigInteger number) {
    byte[] bytes = number.toByteArray();
    return sequence(
        integer(BigInteger.ONE),
        new DerWriter().octets(bytes).toByteArray(),
        NameBytes.constructed(Tag.constructed(0), new DerWriter().oid(Oids.P_256).toByteArray()));
  }

  private static byte[] sequence(byte[]... elements) {
    return NameBytes.constructed(Tag.SEQUENCE, elements);
  }

  private static byte[] integer(BigInteger value) {
    return new DerWriter().integer(value).toByteArray();
  }

  private byte[] file(String name) {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }
}
