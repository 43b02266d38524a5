package dev.certwright.x509.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.testing.OpenSsl;
import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.der.DerWriter;
import dev.certwright.x509.der.Oid;
import dev.certwright.x509.der.Tag;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemReader;
import dev.certwright.x509.pem.PemWriter;
import dev.certwright.x509.testing.NameBytes;
import java.io.IOException;
import java.io.InputStream;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that openssl encrypted, the passwords that open them, and files made to do harm. */
final class EncryptedKeyTest {
  private static final String UNUSUAL = "pässwörd ✓ 密";
  private static final Oid PBES2 = Oid.of(1, 2, 840, 113549, 1, 5, 13);
  private static final Oid PBKDF2 = Oid.of(1, 2, 840, 113549, 1, 5, 12);
  private static final Oid SCRYPT = Oid.of(1, 3, 6, 1, 4, 1, 11591, 4, 11);
  private static final Oid AES_256_CBC = Oid.of(2, 16, 840, 1, 101, 3, 4, 1, 42);
  private static final Oid PBE_SHA1_3DES = Oid.of(1, 2, 840, 113549, 1, 12, 1, 3);

  @TempDir static Path folder;

  @BeforeAll
  static void makeKeys() throws IOException {
    OpenSsl.run(folder, "ecparam -name prime256v1 -genkey -noout -out ec");
    OpenSsl.run(folder, "genrsa -traditional -out rsa 2048");
    OpenSsl.run(folder, "genpkey -algorithm ed25519 -out ed25519");
    Files.writeString(folder.resolve("unusual"), UNUSUAL + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pkcs8 -topk8 -v2 aes-256-cbc",
        "pkcs8 -topk8 -scrypt",
        "pkcs8 -topk8 -v1 PBE-SHA1-3DES",
        "ec -aes256",
      })
  void passwordBeyondAsciiIsTheBytesThatOpensslWasGiven(String command) {
    OpenSsl.run(folder, command + " -in ec -passout file:unusual -out e");

    PrivateKeyInfo key = PrivateKeyReader.read(file("e"), UNUSUAL::toCharArray);

    assertThat(publicKey(key)).isEqualTo(publicKeyByOpenssl("ec"));
  }

  @Test
  void keyThatWeEncryptWithAPasswordBeyondAsciiOpensInOpenssl() throws IOException {
    SigningKey key = new PortableCryptography().generate(KeyType.P_384);
    Files.write(
        folder.resolve("e"),
        KeyEncryption.encryptPem(key.exportPrivateKey(), UNUSUAL.toCharArray()));

    OpenSsl.run(folder, "pkey -in e -passin file:unusual -check -noout");
    assertThat(OpenSsl.run(folder, "asn1parse -in e"))
        .contains("PBES2", "PBKDF2", "hmacWithSHA256", "aes-256-cbc");
  }

  @ParameterizedTest
  @CsvSource({"ec, ec -aes128", "ec, ec -des3", "rsa, rsa -traditional -aes192"})
  void eachOfManyWrongPasswordsForAnOldPemIsCalledWrong(String key, String command) {
    OpenSsl.run(folder, command + " -in " + key + " -passout pass:right -out e");
    assertThat(new String(file("e"), StandardCharsets.US_ASCII)).contains("DEK-Info");
    byte[] encrypted = file("e");

    for (int i = 0; i < 1000; i++) {
      String wrong = "wrong" + i;
      assertThatThrownBy(() -> PrivateKeyReader.read(encrypted, wrong::toCharArray))
          .as(wrong)
          .isInstanceOf(PasswordException.class)
          .hasMessageNotContaining(wrong);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ec", "rsa", "ed25519"})
  void eachOfManyWrongPasswordsForAPkcs8IsCalledWrong(String key) {
    OpenSsl.run(
        folder, "pkcs8 -topk8 -in " + key + " -v2 aes-128-cbc -iter 1 -passout pass:right -out e");
    byte[] encrypted = file("e");

    for (int i = 0; i < 1000; i++) {
      String wrong = "wrong" + i;
      assertThatThrownBy(() -> PrivateKeyReader.read(encrypted, wrong::toCharArray))
          .as(wrong)
          .isInstanceOf(PasswordException.class)
          .hasMessageNotContaining(wrong);
    }
  }

  /** Made by OpenSSL's legacy provider, which is not everywhere; the password is "right". */
  @ParameterizedTest
  @ValueSource(strings = {"pbes1-md5-des.pem", "pbes1-sha1-des.pem", "old-des.pem"})
  void formsOfOpensslBefore11AreRead(String name) throws IOException {
    assertThat(publicKey(PrivateKeyReader.read(resource(name), "right"::toCharArray)))
        .isEqualTo(PublicKeyInfo.of(PemReader.read(resource("public.pem")).get(0).bytes()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"SHA1", "SHA224", "SHA256", "SHA384", "SHA512"})
  void everyUsualPseudoRandomFunctionIsRead(String hash) {
    OpenSsl.run(
        folder,
        "pkcs8 -topk8 -in ec -v2 aes-192-cbc -iter 1 -passout pass:right -out e -v2prf hmacWith"
            + hash);

    assertThat(publicKey(PrivateKeyReader.read(file("e"), "right"::toCharArray)))
        .isEqualTo(publicKeyByOpenssl("ec"));
  }

  @Test
  void emptyPasswordIsAPasswordLikeAnother() {
    OpenSsl.run(folder, "pkcs8 -topk8 -in ec -v2 aes-256-cbc -passout pass:right -out e");

    assertThatThrownBy(() -> PrivateKeyReader.read(file("e"), () -> new char[0]))
        .isInstanceOf(PasswordException.class)
        .hasMessageContaining("does not open");
  }

  @Test
  void passwordIsWipedAfterUse() {
    OpenSsl.run(folder, "pkcs8 -topk8 -in ec -v2 aes-256-cbc -passout pass:right -out e");
    char[] password = "right".toCharArray();

    PrivateKeyReader.read(file("e"), () -> password);

    assertThat(password).containsOnly('\0');
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pkcs8 -topk8 -in ed25519 -v2 camellia-256-cbc",
        "pkcs8 -topk8 -in ed25519 -v2 aria-128-cbc",
        "pkcs8 -topk8 -in ed25519 -v2 aes-256-ofb",
        "ec -in ec -aria256",
        "ec -in ec -camellia256",
      })
  void cipherThatIsNotReadIsNotCalledAWrongPassword(String command) {
    OpenSsl.run(folder, command + " -passout pass:right -out e");
    byte[] encrypted = file("e");

    PublicKeyInfo read;
    try {
      read = publicKey(PrivateKeyReader.read(encrypted, "right"::toCharArray));
    } catch (PasswordException mislabelled) {
      throw new AssertionError("the password is right", mislabelled);
    } catch (KeyException unread) {
      assertThat(unread).hasMessageContaining("not read here");
      return;
    }
    assertThat(read).isEqualTo(publicKeyByOpenssl(command.contains("ed25519") ? "ed25519" : "ec"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AES-256-CBC",
        ",",
        "AES-256-CBC,",
        "AES-256-CBC,00",
        "AES-256-CBC,0011223344556677",
        "AES-256-CBC,zz112233445566778899aabbccddeeff",
        "DES-EDE3-CBC,00112233",
        "AES-257-CBC,00112233445566778899aabbccddeeff",
        "AES-256-GCM,00112233445566778899aabbccddeeff",
        "RC2-40-CBC,00",
        "BF-CBC,",
        ",00112233445566778899aabbccddeeff",
      })
  void headerOfAnOldPemThatIsDamagedIsRefused(String header) {
    String pem =
        "-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: "
            + header
            + "\n\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n-----END EC PRIVATE KEY-----\n";

    assertThatThrownBy(() -> read(pem)).isInstanceOf(KeyException.class);
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void workThatAFileMayDemandIsBounded() {
    for (BigInteger iterations :
        new BigInteger[] {
          BigInteger.ZERO,
          BigInteger.ONE.negate(),
          BigInteger.valueOf(5_000_001),
          BigInteger.ONE.shiftLeft(31),
          BigInteger.ONE.shiftLeft(63),
          BigInteger.ONE.shiftLeft(64).add(BigInteger.ONE),
          BigInteger.ONE.shiftLeft(70_000)
        }) {
      for (byte[] derivation :
          new byte[][] {
            pbes2(algorithm(PBKDF2, sequence(octets(8), integer(iterations)))),
            algorithm(PBE_SHA1_3DES, sequence(octets(8), integer(iterations)))
          }) {
        assertThatThrownBy(() -> read(encrypted(derivation)))
            .isInstanceOf(KeyException.class)
            .isNotInstanceOf(PasswordException.class)
            .message()
            .hasSizeLessThan(200);
      }
    }
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void memoryThatAFileMayDemandIsBounded() {
    BigInteger[][] costs = {
      {big(1 << 16), big(16), big(1)},
      {big(1 << 30), big(1), big(1)},
      {big(2), big(1 << 20), big(1)},
      {big(2), big(8), big(1 << 20)},
      {big(-2), big(8), big(1)},
      {big(2), big(-8), big(1)},
      {big(2), big(8), big(-1)},
      {big(0), big(8), big(1)},
      {big(3), big(8), big(1)},
      {BigInteger.ONE.shiftLeft(64), big(8), big(1)},
    };
    for (BigInteger[] cost : costs) {
      byte[] derivation =
          pbes2(
              algorithm(
                  SCRYPT,
                  sequence(octets(8), integer(cost[0]), integer(cost[1]), integer(cost[2]))));
      assertThatThrownBy(() -> read(encrypted(derivation)))
          .as(java.util.Arrays.toString(cost))
          .isInstanceOf(KeyException.class)
          .isNotInstanceOf(PasswordException.class);
    }
  }

  @Test
  void parametersThatAreMissingOrOfAnotherKindAreRefused() {
    byte[] nothing = {};
    byte[] nil = {5, 0};
    for (byte[] algorithm :
        new byte[][] {
          algorithm(PBES2, nothing),
          algorithm(PBES2, nil),
          algorithm(PBES2, sequence(nothing)),
          algorithm(PBES2, sequence(nil, nil)),
          pbes2(algorithm(PBKDF2, nothing)),
          pbes2(algorithm(PBKDF2, nil)),
          pbes2(algorithm(PBKDF2, sequence(octets(8)))),
          pbes2(algorithm(PBKDF2, sequence(algorithm(PBES2, nil), integer(big(1))))),
          pbes2(algorithm(SCRYPT, nothing)),
          pbes2(algorithm(SCRYPT, sequence(octets(8)))),
          pbes2(algorithm(Oid.of(1, 2, 3), nil)),
          algorithm(PBE_SHA1_3DES, nothing),
          algorithm(PBE_SHA1_3DES, nil),
          algorithm(PBE_SHA1_3DES, sequence(octets(7), integer(big(1)))),
          algorithm(Oid.of(1, 2, 3), sequence(octets(8), integer(big(1)))),
          algorithm(Oid.of(1, 2, 3), nothing),
          sequence(nothing),
          nil,
        }) {
      assertThatThrownBy(() -> read(encrypted(algorithm))).isInstanceOf(KeyException.class);
    }
  }

  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void mutatedFilesGiveOnlyOurOwnExceptions() {
    OpenSsl.run(
        folder,
        "pkcs8 -topk8 -in ec -v2 aes-256-cbc -iter 1 -passout pass:right -outform der -out 1");
    OpenSsl.run(
        folder,
        "pkcs8 -topk8 -in ec -v1 PBE-SHA1-3DES -iter 1 -passout pass:right -outform der -out 2");
    OpenSsl.run(
        folder,
        "pkcs8 -topk8 -in ec -scrypt -scrypt_N 2 -scrypt_r 1 -scrypt_p 1 -passout pass:right"
            + " -outform der -out 3");
    OpenSsl.run(folder, "ec -in ec -aes256 -passout pass:right -out 4");
    Random random = new Random(11);
    int refused = 0;
    for (String name : new String[] {"1", "2", "3", "4"}) {
      byte[] sound = file(name);
      PrivateKeyReader.read(sound, "right"::toCharArray);
      for (int i = 0; i < 1000; i++) {
        byte[] bytes = sound.clone();
        for (int n = random.nextInt(3); n >= 0; n--) {
          bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        }
        try {
          new PortableCryptography().signingKey(PrivateKeyReader.read(bytes, "right"::toCharArray));
        } catch (X509Exception expected) {
          refused++;
        }
      }
    }
    assertThat(refused).isGreaterThan(2500);
  }

  private static PrivateKeyInfo read(String pem) {
    return PrivateKeyReader.read(pem.getBytes(StandardCharsets.ISO_8859_1), "right"::toCharArray);
  }

  private static String encrypted(byte[] algorithm) {
    byte[] der = sequence(algorithm, new DerWriter().octets(new byte[32]).toByteArray());
    return new String(
        PemWriter.write(PemBlock.ENCRYPTED_PRIVATE_KEY, der), StandardCharsets.ISO_8859_1);
  }

  private static byte[] pbes2(byte[] derivation) {
    return algorithm(PBES2, sequence(derivation, algorithm(AES_256_CBC, octets(16))));
  }

  private static byte[] algorithm(Oid oid, byte[] parameters) {
    return sequence(new DerWriter().oid(oid).toByteArray(), parameters);
  }

  private static byte[] sequence(byte[]... elements) {
    return NameBytes.constructed(Tag.SEQUENCE, elements);
  }

  private static byte[] octets(int length) {
    return new DerWriter().octets(new byte[length]).toByteArray();
  }

  private static byte[] integer(BigInteger value) {
    return new DerWriter().integer(value).toByteArray();
  }

  private static BigInteger big(long value) {
    return BigInteger.valueOf(value);
  }

  private static PublicKeyInfo publicKey(PrivateKeyInfo key) {
    return new PortableCryptography().signingKey(key).publicKey();
  }

  private static PublicKeyInfo publicKeyByOpenssl(String name) {
    String pem = OpenSsl.run(folder, "pkey -in " + name + " -pubout");
    return PublicKeyInfo.of(PemReader.read(pem.getBytes(StandardCharsets.US_ASCII)).get(0).bytes());
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = EncryptedKeyTest.class.getResourceAsStream(name)) {
      return java.util.Objects.requireNonNull(in, name).readAllBytes();
    }
  }

  private static byte[] file(String name) {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }
}
