package dev.certwright.x509.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.testing.OpenSsl;
import dev.certwright.x509.SignatureAlgorithm;
import dev.certwright.x509.pem.PemReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PrivateKeyReaderTest {
  private static final PasswordSource SESAME = () -> "open sesame".toCharArray();

  @TempDir Path folder;

  private byte[] file(String name) {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  /** Reads, signs, and lets openssl say whether the public half is right. */
  private void assertUsable(byte[] bytes, PasswordSource password, String publicPem) {
    SigningKey key = new PortableCryptography().signingKey(PrivateKeyReader.read(bytes, password));
    byte[] message = "message".getBytes(StandardCharsets.UTF_8);
    assertThat(key.publicKey().encoded())
        .isEqualTo(PemReader.read(publicPem.getBytes(StandardCharsets.UTF_8)).get(0).bytes());
    assertThat(
            SignatureVerification.verify(
                key.publicKey(), key.signatureAlgorithm(), message, key.sign(message)))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "genrsa -out k 2048 | pkcs8",
        "genrsa -traditional -out k 2048 | pkcs1",
        "genrsa -out k 3072 | pkcs8",
        "ecparam -name prime256v1 -genkey -noout -out k | sec1",
        "ecparam -name prime256v1 -genkey -out k | sec1 after EC PARAMETERS",
        "ecparam -name secp384r1 -genkey -noout -out k | sec1",
        "ecparam -name secp521r1 -genkey -noout -out k | sec1",
        "ecparam -name secp224r1 -genkey -noout -out k | sec1",
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out k | pkcs8",
        "genpkey -algorithm ed25519 -out k | pkcs8",
      })
  void everyUnencryptedFormOfOpensslIsReadAsPemAndDer(String command, String form) {
    OpenSsl.run(folder, command);
    String publicPem = OpenSsl.run(folder, "pkey -in k -pubout");

    assertUsable(file("k"), PasswordSource.NONE, publicPem);
    for (String type : new String[] {"pkcs8 -topk8 -nocrypt -in k", "pkey -traditional -in k"}) {
      OpenSsl.run(folder, type + " -outform der -out k.der");
      assertUsable(file("k.der"), PasswordSource.NONE, publicPem);
    }
    assertThat(form).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pkcs8 -topk8 -in k -v2 aes-256-cbc -passout 'pass:open sesame' -out e",
        "pkcs8 -topk8 -in k -v2 aes-128-cbc -v2prf hmacWithSHA512 -passout 'pass:open sesame' -out e",
        "pkcs8 -topk8 -in k -v2 aes-192-cbc -v2prf hmacWithSHA1 -passout 'pass:open sesame' -out e",
        "pkcs8 -topk8 -in k -v2 des3 -passout 'pass:open sesame' -out e",
        "pkcs8 -topk8 -in k -scrypt -passout 'pass:open sesame' -out e",
        "pkcs8 -topk8 -in k -v1 PBE-SHA1-3DES -passout 'pass:open sesame' -out e",
        "ec -in k -aes256 -passout 'pass:open sesame' -out e",
        "ec -in k -aes128 -passout 'pass:open sesame' -out e",
        "ec -in k -des3 -passout 'pass:open sesame' -out e",
      })
  void everyEncryptedFormOfOpensslOpensWithItsPasswordOnly(String command) {
    OpenSsl.run(folder, "ecparam -name prime256v1 -genkey -noout -out k");
    OpenSsl.run(folder, command);
    String publicPem = OpenSsl.run(folder, "pkey -in k -pubout");

    assertUsable(file("e"), SESAME, publicPem);
    assertThatThrownBy(() -> PrivateKeyReader.read(file("e"), () -> "wrong".toCharArray()))
        .isInstanceOf(KeyException.class)
        .hasMessageNotContaining("wrong");
    assertThatThrownBy(() -> PrivateKeyReader.read(file("e"), PasswordSource.NONE))
        .isInstanceOf(PasswordException.class)
        .hasMessageContaining("no password was given");
  }

  @Test
  void oldStyleEncryptedRsaIsRead() {
    OpenSsl.run(folder, "genrsa -traditional -aes256 -passout 'pass:open sesame' -out e 2048");
    String publicPem = OpenSsl.run(folder, "pkey -in e -passin 'pass:open sesame' -pubout");

    assertUsable(file("e"), SESAME, publicPem);
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyType.class,
      names = {"P_256", "P_384", "ED25519", "RSA_2048", "RSA_3072"})
  void opensslTakesTheKeysWeMakeAndVerifiesWhatTheySign(KeyType type) throws IOException {
    for (Cryptography cryptography :
        new Cryptography[] {new PortableCryptography(), NativeCryptography.orPortable()}) {
      SigningKey key = cryptography.generate(type);
      Files.write(folder.resolve("k"), key.exportPrivateKey().encodePrivateKeyPem(key.publicKey()));

      OpenSsl.run(folder, "pkey -in k -check -noout");
      assertUsable(file("k"), PasswordSource.NONE, OpenSsl.run(folder, "pkey -in k -pubout"));
      Files.write(folder.resolve("m"), new byte[] {1, 2, 3});
      Files.write(folder.resolve("s"), key.sign(new byte[] {1, 2, 3}));
      OpenSsl.run(folder, "pkey -in k -pubout -out p");
      String digest =
          key.signatureAlgorithm() == SignatureAlgorithm.ED25519
              ? "-rawin"
              : "-rawin -digest " + key.signatureAlgorithm().digest().replace("-", "");
      assertThat(OpenSsl.run(folder, "pkeyutl -verify -pubin -inkey p -in m -sigfile s " + digest))
          .contains("Signature Verified Successfully");
    }
  }

  @Test
  void encryptedKeyOfOursOpensInOpenssl() throws IOException {
    SigningKey key = new PortableCryptography().generate(KeyType.P_256);
    Files.write(
        folder.resolve("e"),
        KeyEncryption.encryptPem(key.exportPrivateKey(), "open sesame".toCharArray()));

    OpenSsl.run(folder, "pkey -in e -passin 'pass:open sesame' -check -noout");
    assertUsable(
        file("e"), SESAME, OpenSsl.run(folder, "pkey -in e -passin 'pass:open sesame' -pubout"));
  }

  @Test
  void keyWithExplicitCurveParametersIsRefusedWithItsReason() {
    OpenSsl.run(folder, "ecparam -name prime256v1 -param_enc explicit -genkey -noout -out k");

    assertThatThrownBy(() -> PrivateKeyReader.read(file("k"), PasswordSource.NONE))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining("named curve");
  }

  @Test
  void unknownCurveIsRefusedWithItsReason() {
    OpenSsl.run(folder, "ecparam -name secp256k1 -genkey -noout -out k");

    assertThatThrownBy(
            () ->
                new PortableCryptography()
                    .signingKey(PrivateKeyReader.read(file("k"), PasswordSource.NONE)))
        .isInstanceOf(KeyException.class)
        .hasMessageContaining("P-224, P-256, P-384 and P-521");
  }

  @Test
  void fileThatAsksForTooMuchWorkIsRefusedAtOnce() {
    OpenSsl.run(folder, "ecparam -name prime256v1 -genkey -noout -out k");
    OpenSsl.run(
        folder,
        "pkcs8 -topk8 -in k -v2 aes-256-cbc -passout 'pass:open sesame' -outform der -out e");
    byte[] bytes = file("e");
    // The iteration count 2048 is the INTEGER 02 02 08 00; nothing else in the file is.
    int at = indexOf(bytes, new byte[] {2, 2, 8, 0});
    byte[] costly = insertTwo(bytes, at);

    assertThatThrownBy(() -> PrivateKeyReader.read(costly, SESAME))
        .isInstanceOf(KeyException.class);
  }

  /** Makes the four-byte number 0x7FFFFFFF of it and mends the lengths around. */
  private static byte[] insertTwo(byte[] bytes, int at) {
    byte[] result = new byte[bytes.length];
    System.arraycopy(bytes, 0, result, 0, bytes.length);
    result[at + 2] = 0x7F;
    result[at + 3] = (byte) 0xFF;
    return result;
  }

  private static int indexOf(byte[] bytes, byte[] wanted) {
    for (int i = 0; i + wanted.length <= bytes.length; i++) {
      boolean same = true;
      for (int j = 0; same && j < wanted.length; j++) {
        same = bytes[i + j] == wanted[j];
      }
      if (same) {
        return i;
      }
    }
    throw new AssertionError("not found");
  }

  @Test
  void twoKeysInOneFileAreRefused() {
    OpenSsl.run(folder, "ecparam -name prime256v1 -genkey -noout -out k");
    String twice = new String(file("k"), StandardCharsets.UTF_8).repeat(2);

    assertThatThrownBy(
            () ->
                PrivateKeyReader.read(twice.getBytes(StandardCharsets.UTF_8), PasswordSource.NONE))
        .hasMessageContaining("two private keys");
  }

  @Test
  void keysNeverPrintThemselves() {
    SigningKey key = new PortableCryptography().generate(KeyType.P_256);

    assertThat(key.toString()).isEqualTo("ECDSA P-256 signing key");
    assertThat(key.exportPrivateKey().toString()).isEqualTo("EC private key");
  }
}
