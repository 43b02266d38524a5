package dev.certwright.x509;

import static dev.certwright.x509.testing.NameBytes.constructed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.testing.OpenSsl;
import dev.certwright.x509.der.DerWriter;
import dev.certwright.x509.der.Oid;
import dev.certwright.x509.der.Tag;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.SigningKey;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemReader;
import dev.certwright.x509.pem.PemWriter;
import dev.certwright.x509.testing.NameBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CertificateRequestTest {
  private static final SigningKey KEY = new PortableCryptography().generate(KeyType.P_256);

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(KeyType.class)
  void opensslVerifiesAndPrintsTheRequestsWeMakeOfEveryType(KeyType type) throws IOException {
    SigningKey key = new PortableCryptography().generate(type);
    DistinguishedName subject =
        DistinguishedName.ofAttributes(
            List.of(
                new AttributeTypeAndValue(Oids.ORGANIZATION, "devs"),
                new AttributeTypeAndValue(Oids.ORGANIZATION, "ops"),
                new AttributeTypeAndValue(Oids.COMMON_NAME, "jäne"),
                new AttributeTypeAndValue(Oids.KUBERNETES_UID, "42")));
    CertificateRequest request = CertificateRequest.create(subject, key);
    write("r", request.encoded());
    Files.write(folder.resolve("k"), key.exportPrivateKey().encodePrivateKeyPem(key.publicKey()));

    assertThat(OpenSsl.run(folder, "req -in r -verify -noout")).contains("verify OK");
    assertThat(
            OpenSsl.run(folder, "req -in r -noout -subject -nameopt utf8,sep_multiline,show_type"))
        .containsSubsequence(
            "UTF8STRING:devs",
            "UTF8STRING:ops",
            "UTF8STRING:jäne",
            "1.3.6.1.4.1.57683.2=UTF8STRING:42");
    OpenSsl.run(folder, "pkey -in k -check -noout");
    assertThat(OpenSsl.run(folder, "req -in r -noout -pubkey"))
        .isEqualTo(OpenSsl.run(folder, "pkey -in k -pubout"));
    assertThat(OpenSsl.run(folder, "req -in r -noout -text")).contains("Version: 1 (0x0)");
    assertThat(request.provesPossession()).isTrue();
    assertThat(CertificateRequest.of(request.encoded()).subject()).isEqualTo(subject);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rsa:3072 -sha384",
        "rsa:2048 -sha512",
        "ec -pkeyopt ec_paramgen_curve:P-521 -sha512",
        "ec -pkeyopt ec_paramgen_curve:P-224",
        "ec -pkeyopt ec_paramgen_curve:P-256 -newhdr",
        "ed25519 -outform der",
      })
  void requestsByOpensslProvePossessionUntilOneBitIsAnother(String key) throws IOException {
    OpenSsl.run(folder, "req -new -newkey " + key + " -nodes -keyout k -out r -subj /O=g/CN=u");
    byte[] file = Files.readAllBytes(folder.resolve("r"));
    byte[] der = PemReader.looksLikePem(file) ? PemReader.read(file).get(0).bytes() : file;

    assertThat(CertificateRequest.of(der).provesPossession()).isTrue();
    Random random = new Random(2);
    for (int i = 0; i < 60; i++) {
      byte[] other = der.clone();
      other[random.nextInt(other.length)] ^= (byte) (1 << random.nextInt(8));
      assertThat(provesPossession(other)).isFalse();
    }
    assertThat(
            OpenSsl.run(
                folder, "req -in r -noout -subject" + (key.contains("der") ? " -inform der" : "")))
        .contains("u");
  }

  private static boolean provesPossession(byte[] der) {
    try {
      return CertificateRequest.of(der).provesPossession();
    } catch (X509Exception unreadable) {
      return false;
    }
  }

  @Test
  void labelOfOldToolsIsTheirs() {
    OpenSsl.run(folder, "req -new -newhdr -newkey ed25519 -nodes -keyout k -out r -subj /CN=u");

    assertThat(PemReader.read(file("r")))
        .singleElement()
        .satisfies(b -> assertThat(b.label()).isEqualTo(PemBlock.NEW_CERTIFICATE_REQUEST));
  }

  @Test
  void extensionsThatAreAskedForAreListed() {
    OpenSsl.run(
        folder,
        "req -new -newkey ed25519 -nodes -keyout k -out r -subj /CN=u -addext"
            + " basicConstraints=critical,CA:TRUE -addext subjectAltName=DNS:a,email:b@c -addext"
            + " extendedKeyUsage=serverAuth");

    CertificateRequest request = CertificateRequest.of(PemReader.read(file("r")).get(0).bytes());

    assertThat(request.requestedExtensions().list())
        .extracting(Extension::oid)
        .containsExactly(
            Oids.BASIC_CONSTRAINTS, Oids.SUBJECT_ALTERNATIVE_NAME, Oids.EXTENDED_KEY_USAGE);
    assertThat(request.attributes()).containsExactly(Oids.EXTENSION_REQUEST);
  }

  @Test
  void extensionsOfEveryAttributeThatAsksForSomeAreListed() {
    byte[] one = extensionRequest(Oids.KEY_USAGE);
    byte[] two = extensionRequest(Oids.BASIC_CONSTRAINTS);
    byte[] microsoft =
        constructed(
            Tag.SEQUENCE,
            new DerWriter().oid(Oid.of(1, 3, 6, 1, 4, 1, 311, 2, 1, 14)).toByteArray(),
            constructed(Tag.SET, constructed(Tag.SEQUENCE, extension(Oids.EXTENDED_KEY_USAGE))));

    CertificateRequest request = CertificateRequest.of(request(one, two, microsoft));

    assertThat(request.provesPossession()).isTrue();
    assertThat(request.requestedExtensions().list())
        .extracting(Extension::oid)
        .containsExactly(Oids.KEY_USAGE, Oids.BASIC_CONSTRAINTS, Oids.EXTENDED_KEY_USAGE);
    assertThat(request.attributes()).hasSize(3);
  }

  @Test
  void challengePasswordIsAnAttributeLikeAnother() {
    byte[] password =
        constructed(
            Tag.SEQUENCE,
            new DerWriter().oid(Oid.of(1, 2, 840, 113549, 1, 9, 7)).toByteArray(),
            constructed(Tag.SET, new DerWriter().utf8("secret").toByteArray()));

    CertificateRequest request = CertificateRequest.of(request(password));

    assertThat(request.requestedExtensions().list()).isEmpty();
    assertThat(request.toString())
        .isEqualTo("certificate request of CN=u")
        .doesNotContain("secret");
  }

  @Test
  void damagedAttributesAreRefused() {
    for (byte[] attribute :
        new byte[][] {
          {5, 0},
          constructed(Tag.SEQUENCE),
          constructed(Tag.SEQUENCE, new DerWriter().oid(Oids.EXTENSION_REQUEST).toByteArray()),
          constructed(
              Tag.SEQUENCE,
              new DerWriter().oid(Oids.EXTENSION_REQUEST).toByteArray(),
              constructed(Tag.SET)),
          constructed(
              Tag.SEQUENCE,
              new DerWriter().oid(Oids.EXTENSION_REQUEST).toByteArray(),
              constructed(Tag.SET, new byte[] {5, 0})),
        }) {
      byte[] encoded = request(attribute);
      assertThatThrownBy(() -> CertificateRequest.of(encoded)).isInstanceOf(X509Exception.class);
    }
  }

  @Test
  void bytesAfterTheRequestAreRefused() {
    byte[] sound = request();
    byte[] longer = Arrays.copyOf(sound, sound.length + 1);

    assertThat(CertificateRequest.of(sound).provesPossession()).isTrue();
    assertThatThrownBy(() -> CertificateRequest.of(longer))
        .isInstanceOf(X509Exception.class)
        .hasMessageContaining("1 bytes follow");
  }

  @Test
  @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void manyThousandExtensionsAndAttributesAreReadInTime() {
    byte[][] extensions = new byte[100_000][];
    byte[][] attributes = new byte[50_001][];
    for (int i = 0; i < extensions.length; i++) {
      extensions[i] = extension(Oid.of(1, 2, i));
    }
    for (int i = 1; i < attributes.length; i++) {
      attributes[i] = extensionRequest(Oid.of(1, 3, i));
    }
    attributes[0] =
        constructed(
            Tag.SEQUENCE,
            new DerWriter().oid(Oids.EXTENSION_REQUEST).toByteArray(),
            constructed(Tag.SET, constructed(Tag.SEQUENCE, extensions)));

    assertThat(CertificateRequest.of(request(attributes)).requestedExtensions().list())
        .hasSize(150_000);
  }

  private static byte[] extensionRequest(Oid oid) {
    return constructed(
        Tag.SEQUENCE,
        new DerWriter().oid(Oids.EXTENSION_REQUEST).toByteArray(),
        constructed(Tag.SET, constructed(Tag.SEQUENCE, extension(oid))));
  }

  private static byte[] extension(Oid oid) {
    return constructed(
        Tag.SEQUENCE, new DerWriter().oid(oid).toByteArray(), new byte[] {4, 2, 5, 0});
  }

  /** A request with any attributes, soundly signed. */
  private static byte[] request(byte[]... attributes) {
    byte[] info =
        constructed(
            Tag.SEQUENCE,
            new byte[] {2, 1, 0},
            NameBytes.empty().with(Oids.COMMON_NAME, "u").encoded(),
            KEY.publicKey().encoded(),
            constructed(Tag.constructed(0), attributes));
    return SignedStructure.encode(info, KEY);
  }

  private void write(String name, byte[] der) throws IOException {
    Files.write(folder.resolve(name), PemWriter.write(PemBlock.CERTIFICATE_REQUEST, der));
  }

  private byte[] file(String name) {
    try {
      return Files.readAllBytes(folder.resolve(name));
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }
}
