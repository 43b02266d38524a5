package dev.certwright.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.x509.AttributeTypeAndValue;
import dev.certwright.x509.CertificateRequest;
import dev.certwright.x509.DistinguishedName;
import dev.certwright.x509.Oids;
import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.SignedStructure;
import dev.certwright.x509.der.DerWriter;
import dev.certwright.x509.der.Tag;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.SigningKey;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that somebody brings, made by openssl. */
final class RequestCheckTest {
  private static final DistinguishedName PLANNED =
      DistinguishedName.ofAttributes(
          List.of(
              new AttributeTypeAndValue(Oids.ORGANIZATION, "devs"),
              new AttributeTypeAndValue(Oids.COMMON_NAME, "jane")));

  @TempDir Path temporary;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rsa:2048",
        "rsa:3072 -sha384",
        "rsa:2048 -pkeyopt rsa_keygen_pubexp:3",
        "rsa:2048 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32",
        "ec -pkeyopt ec_paramgen_curve:P-256",
        "ec -pkeyopt ec_paramgen_curve:P-384 -sha384",
        "ec -pkeyopt ec_paramgen_curve:P-521",
        "ed25519",
        "ed25519 -newhdr",
      })
  void soundRequestsOfEveryKeyTypeAreTakenWithoutAWord(String key) {
    TestFolder folder = new TestFolder(temporary);
    folder.openssl("req -new -newkey " + key + " -nodes -keyout k -out r -subj /O=devs/CN=jane");

    assertThat(RequestCheck.of(folder.request("r"), PLANNED)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rsa:1024 | key-weak | 1024 bits",
        "rsa:2047 | key-weak | 2047 bits",
        "ec -pkeyopt ec_paramgen_curve:secp224r1 | key-curve | P-224",
        "ec -pkeyopt ec_paramgen_curve:secp256k1 | key-curve | 1.3.132.0.10",
        "ec -pkeyopt ec_paramgen_curve:brainpoolP256r1 | key-curve | 1.3.36.3.3.2.8.1.1.7",
        "ec -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit | key-curve | explicit",
        "ed448 | key-type | 1.3.101.113",
      })
  void keysThatAreTooWeakOrOfNoUseAreRefusedForThatAlone(String key, String rule, String found) {
    TestFolder folder = new TestFolder(temporary);
    folder.openssl("req -new -newkey " + key + " -nodes -keyout k -out r -subj /O=devs/CN=jane");

    assertThat(RequestCheck.of(folder.request("r"), PLANNED))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule()).isEqualTo(rule);
              assertThat(finding.severity()).isEqualTo(Severity.FORBIDDEN);
              assertThat(finding.found()).contains(found);
              assertThat(finding.advice()).isNotBlank();
            });
  }

  @ParameterizedTest
  @CsvSource({
    "1, key-exponent",
    "2, key-exponent",
    "65536, key-exponent",
    "2147483649, key-exponent",
    "4611686018427387905, key-exponent",
  })
  void exponentsThatKubeApiserverRefusesAreRefused(BigInteger exponent, String rule) {
    BigInteger modulus = BigInteger.ONE.shiftLeft(2047).add(BigInteger.ONE);

    assertThat(RequestCheck.ofKey(rsa(modulus, exponent)))
        .extracting(Finding::rule)
        .containsExactly(rule);
    assertThat(RequestCheck.ofKey(rsa(modulus, BigInteger.valueOf(3)))).isEmpty();
  }

  @Test
  void modulusThatIsEvenOrFarTooLongIsRefused() {
    BigInteger usual = BigInteger.valueOf(65537);

    assertThat(RequestCheck.ofKey(rsa(BigInteger.ONE.shiftLeft(2047), usual)))
        .extracting(Finding::rule)
        .containsExactly("key-weak");
    assertThat(RequestCheck.ofKey(rsa(BigInteger.ONE.shiftLeft(8192).add(BigInteger.ONE), usual)))
        .extracting(Finding::rule)
        .containsExactly("key-large");
    assertThat(RequestCheck.ofKey(rsa(BigInteger.ONE.shiftLeft(8191).add(BigInteger.ONE), usual)))
        .isEmpty();
  }

  @Test
  void requestSignedByAnotherKeyIsRefused() {
    SigningKey one = new PortableCryptography().generate(KeyType.P_256);
    SigningKey other = new PortableCryptography().generate(KeyType.P_256);
    DerWriter writer = new DerWriter();
    int info = writer.mark();
    writer.wrap(Tag.constructed(0), info);
    writer.raw(one.publicKey().encoded()).raw(PLANNED.encoded()).integer(0);
    byte[] toBeSigned = writer.wrap(Tag.SEQUENCE, info).toByteArray();
    CertificateRequest stolen = CertificateRequest.of(SignedStructure.encode(toBeSigned, other));
    CertificateRequest own = CertificateRequest.of(SignedStructure.encode(toBeSigned, one));

    assertThat(RequestCheck.of(own, PLANNED)).isEmpty();
    assertThat(RequestCheck.of(stolen, PLANNED))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule()).isEqualTo("csr-signature");
              assertThat(finding.severity()).isEqualTo(Severity.FORBIDDEN);
              assertThat(finding.found()).contains("not signed by the key");
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rsa:2048 -sha1 | 1.2.840.113549.1.1.5",
        "rsa:2048 -md5 | 1.2.840.113549.1.1.4",
        "ec -pkeyopt ec_paramgen_curve:P-256 -sha1 | 1.2.840.10045.4.1",
        "rsa:2048 -sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:20 | 1.2.840.113549.1.1.10",
      })
  void signatureOfAKindThatIsNotTakenIsNotCalledAnotherKeys(String key, String algorithm) {
    TestFolder folder = new TestFolder(temporary);
    folder.openssl("req -new -newkey " + key + " -nodes -keyout k -out r -subj /O=devs/CN=jane");

    assertThat(RequestCheck.of(folder.request("r"), PLANNED))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule()).isEqualTo("csr-signature-algorithm");
              assertThat(finding.severity()).isEqualTo(Severity.FORBIDDEN);
              assertThat(finding.found()).contains(algorithm);
              assertThat(finding.advice()).contains("SHA-256");
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/O=devs/CN=john",
        "/O=system:masters/CN=jane",
        "/CN=jane/O=devs",
        "/O=devs/O=devs/CN=jane",
        "/O=devs/CN=jane/OU=x",
        "/O=devs/CN=Jane",
      })
  void otherSubjectIsShownAndNeverAdopted(String subject) {
    TestFolder folder = new TestFolder(temporary);
    folder.openssl("req -new -newkey ed25519 -nodes -keyout k -out r -subj " + subject);

    assertThat(RequestCheck.of(folder.request("r"), PLANNED))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule()).isEqualTo("csr-subject");
              assertThat(finding.severity()).isEqualTo(Severity.WARNING);
              assertThat(finding.found())
                  .contains(folder.request("r").subject().toString(), PLANNED.toString());
            });
  }

  @Test
  void emptySubjectSaysNothing() {
    TestFolder folder = new TestFolder(temporary);
    folder.openssl("req -new -newkey ed25519 -nodes -keyout k -out r -subj /");

    assertThat(RequestCheck.of(folder.request("r"), PLANNED)).isEmpty();
  }

  @Test
  void stringTypesDoNotMakeAnotherSubject() {
    TestFolder folder = new TestFolder(temporary);
    folder.write("cnf", "[req]\ndistinguished_name=d\nstring_mask=nombstr\n[d]\n");
    folder.openssl(
        "req -config cnf -new -newkey ed25519 -nodes -keyout k -out r -subj /O=devs/CN=jane");

    assertThat(folder.request("r").subject()).isNotEqualTo(PLANNED);
    assertThat(RequestCheck.of(folder.request("r"), PLANNED)).isEmpty();
  }

  @Test
  void everyExtensionThatIsAskedForIsListedAndLeftOut() {
    TestFolder folder = new TestFolder(temporary);
    folder.openssl(
        "req -new -newkey ed25519 -nodes -keyout k -out r -subj /O=devs/CN=jane -addext"
            + " basicConstraints=critical,CA:TRUE -addext subjectAltName=DNS:a -addext"
            + " keyUsage=keyCertSign");

    assertThat(RequestCheck.of(folder.request("r"), PLANNED))
        .hasSize(3)
        .allSatisfy(
            finding -> {
              assertThat(finding.rule()).isEqualTo("csr-extension");
              assertThat(finding.severity()).isEqualTo(Severity.NOTE);
            })
        .extracting(Finding::found)
        .satisfies(
            found ->
                assertThat(String.join("\n", found))
                    .contains("2.5.29.19", "2.5.29.17", "2.5.29.15"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "URI:ht tp://h%zz",
        "DER:30038201e4",
        "DER:3005870301020a",
        "DER:3003820561",
        "DER:040161",
      })
  void alternativeNamesThatNobodyCanReadAreRefused(String names) {
    TestFolder folder = new TestFolder(temporary);
    folder.write(
        "cnf",
        "[req]\ndistinguished_name=d\nreq_extensions=e\n[d]\n[e]\nsubjectAltName=" + names + "\n");
    folder.openssl(
        "req -config cnf -new -newkey ed25519 -nodes -keyout k -out r -subj /O=devs/CN=jane");

    assertThat(RequestCheck.of(folder.request("r"), PLANNED))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule()).isEqualTo("csr-extension-malformed");
              assertThat(finding.severity()).isEqualTo(Severity.FORBIDDEN);
              assertThat(finding.advice()).contains("without them");
            });
  }

  private static PublicKeyInfo rsa(BigInteger modulus, BigInteger exponent) {
    DerWriter numbers = new DerWriter();
    int mark = numbers.mark();
    numbers.integer(exponent).integer(modulus).wrap(Tag.SEQUENCE, mark);
    DerWriter info = new DerWriter();
    int whole = info.mark();
    info.bits(numbers.toByteArray());
    int identifier = info.mark();
    info.nothing().oid(Oids.RSA_ENCRYPTION).wrap(Tag.SEQUENCE, identifier);
    return PublicKeyInfo.of(info.wrap(Tag.SEQUENCE, whole).toByteArray());
  }
}
