package dev.certwright.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.identity.Identity;
import dev.certwright.testing.OpenSsl;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.SigningKey;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemReader;
import dev.certwright.x509.pem.PemWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CertificateTest {
  @TempDir Path folder;

  private Certificate selfSigned(String subject, String more) {
    OpenSsl.run(
        folder,
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout k -out c -utf8 -subj '"
            + subject
            + "' -days 30"
            + more);
    try {
      return Certificate.of(PemReader.read(Files.readAllBytes(folder.resolve("c"))).get(0).bytes());
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  private static Identity identityOf(Certificate certificate) {
    Identity identity = SubjectIdentity.of(certificate).identity();
    assertThat(identity).isNotNull();
    return java.util.Objects.requireNonNull(identity);
  }

  @Test
  void fieldsAreWhatOpensslPrints() {
    Certificate certificate = selfSigned("/O=devs/CN=jane", "");
    String text = OpenSsl.run(folder, "x509 -in c -noout -serial -fingerprint -sha256");

    String serial = text.substring("serial=".length(), text.indexOf('\n')).strip();
    assertThat(new java.math.BigInteger(serial, 16)).isEqualTo(certificate.serialNumber());
    assertThat(text.replace(":", ""))
        .containsIgnoringCase(java.util.HexFormat.of().formatHex(certificate.fingerprint()));
    assertThat(certificate.subject().toString()).isEqualTo("O=devs, CN=jane");
    assertThat(certificate.version()).isEqualTo(3);
    assertThat(certificate.isSelfIssued()).isTrue();
    assertThat(certificate.isSignedBy(certificate)).isTrue();
    assertThat(certificate.publicKey().description()).isEqualTo("ECDSA P-256");
  }

  @Test
  void lastCommonNameCountsX14() {
    assertThat(identityOf(selfSigned("/CN=first/CN=second", "")).name()).isEqualTo("second");
  }

  @Test
  void groupsAreAllOrganizationsInOrderX15() {
    assertThat(identityOf(selfSigned("/O=b/O=a/OU=x/O=b/CN=jane", "")).groups())
        .containsExactly("b", "a", "b", "system:authenticated");
  }

  @Test
  void multiValuedNamesKeepTheirEncodedOrderX16() {
    assertThat(identityOf(selfSigned("/O=a+O=b/CN=jane", " -multivalue-rdn")).groups())
        .contains("a", "b");
  }

  @Test
  void noCommonNameIsNoUserX13() {
    SubjectIdentity subject = SubjectIdentity.of(selfSigned("/O=devs", ""));

    assertThat(subject.identity()).isNull();
    assertThat(subject.problem()).contains("X-13");
  }

  @Test
  void uidIsReadX18AndTwoOrAnEmptyOneAreRefusedX19() throws IOException {
    assertThat(identityOf(signedWithUids("u-1")).uid()).isEqualTo("u-1");
    assertThat(identityOf(signedWithUids()).uid()).isEmpty();
    assertThat(SubjectIdentity.of(signedWithUids("u-1", "u-1")).identity()).isNull();
    assertThat(SubjectIdentity.of(signedWithUids("")).identity()).isNull();
  }

  /** A request of ours, signed by openssl, which copies its subject. */
  private Certificate signedWithUids(String... uids) throws IOException {
    java.util.ArrayList<AttributeTypeAndValue> attributes = new java.util.ArrayList<>();
    attributes.add(new AttributeTypeAndValue(Oids.COMMON_NAME, "jane"));
    for (String uid : uids) {
      attributes.add(new AttributeTypeAndValue(Oids.KUBERNETES_UID, uid));
    }
    SigningKey key = new PortableCryptography().generate(KeyType.P_256);
    CertificateRequest request =
        CertificateRequest.create(DistinguishedName.ofAttributes(attributes), key);
    Files.write(
        folder.resolve("r"), PemWriter.write(PemBlock.CERTIFICATE_REQUEST, request.encoded()));
    Files.write(folder.resolve("k"), key.exportPrivateKey().encodePrivateKeyPem(key.publicKey()));
    OpenSsl.run(folder, "x509 -req -in r -key k -days 1 -out c");
    return Certificate.of(PemReader.read(Files.readAllBytes(folder.resolve("c"))).get(0).bytes());
  }

  @Test
  void anotherKeyThanTheLikelyOneIsReadAllTheSame() {
    Certificate certificate = selfSigned("/CN=jane", "");
    PublicKeyInfo another = new PortableCryptography().generate(KeyType.P_256).publicKey();
    byte[] encoded = certificate.encoded();

    assertThat(Certificate.of(encoded, another).publicKey()).isEqualTo(certificate.publicKey());
    assertThat(Certificate.of(encoded, certificate.publicKey()).publicKey())
        .isSameAs(certificate.publicKey());
  }

  @Test
  void credentialIdTravelsInExtraX17() {
    Certificate certificate = selfSigned("/CN=jane", "");

    assertThat(identityOf(certificate).extra())
        .containsEntry(
            "authentication.kubernetes.io/credential-id",
            List.of(certificate.credentialId().value()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jane", "Jäger Йован 名", "a,b=c+d", "😀", " x "})
  void anyUnicodeNameComesThroughX12(String name) {
    DistinguishedName made =
        DistinguishedName.ofAttributes(List.of(new AttributeTypeAndValue(Oids.COMMON_NAME, name)));

    assertThat(DistinguishedName.of(made.encoded()).values(Oids.COMMON_NAME)).containsExactly(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa:2048", "ed25519", "ec -pkeyopt ec_paramgen_curve:P-384"})
  void requestsOfOpensslProvePossession(String key) throws IOException {
    OpenSsl.run(folder, "req -new -newkey " + key + " -nodes -keyout k -out r -subj /O=g/CN=u");
    CertificateRequest request =
        CertificateRequest.of(
            PemReader.read(Files.readAllBytes(folder.resolve("r"))).get(0).bytes());

    assertThat(request.provesPossession()).isTrue();
    assertThat(request.subject().toString()).isEqualTo("O=g, CN=u");
    byte[] broken = request.encoded();
    broken[broken.length - 1] ^= 1;
    assertThat(CertificateRequest.of(broken).provesPossession()).isFalse();
  }

  @Test
  void requestSignedWithPssProvesPossession() throws IOException {
    OpenSsl.run(
        folder,
        "req -new -newkey rsa:2048 -nodes -keyout k -out r -subj /CN=u -sha256 -sigopt"
            + " rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32");

    assertThat(
            CertificateRequest.of(
                    PemReader.read(Files.readAllBytes(folder.resolve("r"))).get(0).bytes())
                .provesPossession())
        .isTrue();
  }

  @Test
  void opensslVerifiesTheRequestsWeMake() throws IOException {
    for (KeyType type : new KeyType[] {KeyType.P_256, KeyType.ED25519, KeyType.RSA_2048}) {
      SigningKey key = new PortableCryptography().generate(type);
      CertificateRequest request =
          CertificateRequest.create(
              DistinguishedName.ofAttributes(
                  List.of(
                      new AttributeTypeAndValue(Oids.ORGANIZATION, "g"),
                      new AttributeTypeAndValue(Oids.COMMON_NAME, "u"))),
              key);
      Files.write(
          folder.resolve("r"), PemWriter.write(PemBlock.CERTIFICATE_REQUEST, request.encoded()));

      assertThat(OpenSsl.run(folder, "req -in r -verify -noout -subject"))
          .contains("verify OK")
          .contains("O = g, CN = u");
    }
  }

  @Test
  void mutatedBytesGiveOnlyOurOwnExceptions() {
    byte[] good = selfSigned("/O=devs/CN=jane", " -addext subjectAltName=DNS:a").encoded();
    Random random = new Random(20261124);
    int refused = 0;
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.clone();
      for (int n = random.nextInt(4); n >= 0; n--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      if (random.nextInt(4) == 0) {
        bytes = java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length));
      }
      try {
        Certificate certificate = Certificate.of(bytes);
        certificate.extensions().basicConstraints();
        certificate.extensions().keyUsage();
        certificate.extensions().extendedKeyUsage();
        certificate.isSignedBy(certificate);
        SubjectIdentity.of(certificate);
      } catch (X509Exception expected) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-----BEGIN CERTIFICATE-----\nMIIB\n",
        "-----BEGIN CERTIFICATE-----\nM!!B\n-----END CERTIFICATE-----\n",
        "-----BEGIN A-----\nMIIB\n-----END B-----\n",
        "-----BEGIN CERTIFICATE\nMIIB\n-----END CERTIFICATE-----\n",
      })
  void damagedPemIsAnErrorAndNeverSkipped(String text) {
    assertThatThrownBy(() -> PemReader.read(text.getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(X509Exception.class)
        .hasMessageContaining("line");
  }

  @Test
  void pemIsReadWithCarriageReturnsByteOrderMarkAndTextAround() {
    String text = "\uFEFF-----BEGIN A-----\r\nAQID\r\n-----END A-----\r\ntext\r\n";

    List<PemBlock> blocks = PemReader.read(text.getBytes(StandardCharsets.UTF_8));

    assertThat(blocks)
        .singleElement()
        .satisfies(b -> assertThat(b.bytes()).containsExactly(1, 2, 3));
  }
}
