package dev.certwright.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.testing.OpenSsl;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.CertificateRequest;
import dev.certwright.x509.KeyUsage;
import dev.certwright.x509.Oids;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.SigningKey;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemReader;
import dev.certwright.x509.pem.PemWriter;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class IssuerTest {
  private static final PortableCryptography CRYPTOGRAPHY = new PortableCryptography();
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  @TempDir Path folder;

  private CertificateAuthority authority(KeyType type, Duration lifetime) {
    return new NewAuthority("ca", lifetime)
        .create(CRYPTOGRAPHY.generate(type), BigInteger.TEN, now);
  }

  private static IssuanceRequest request(String user, String... groups) {
    return new IssuanceRequest(user, List.of(groups), "", Duration.ofHours(24), null);
  }

  private void write(String name, Certificate certificate) {
    try {
      Files.write(
          folder.resolve(name), PemWriter.write(PemBlock.CERTIFICATE, certificate.encoded()));
    } catch (IOException failed) {
      throw new AssertionError(failed);
    }
  }

  @ParameterizedTest
  @CsvSource({"P_256,P_256", "P_256,RSA_2048", "RSA_2048,P_256", "P_384,ED25519", "ED25519,P_384"})
  void opensslAcceptsEveryCombinationOfKeys(KeyType caType, KeyType type) {
    CertificateAuthority authority = authority(caType, Duration.ofDays(30));
    Issuer issuer = new Issuer(authority, IssuancePolicy.STRICT);
    SigningKey key = CRYPTOGRAPHY.generate(type);

    Certificate certificate =
        issuer.sign(issuer.plan(request("jane", "devs", "ops"), now), key.publicKey());

    write("ca", authority.certificate());
    write("c", certificate);
    assertThat(OpenSsl.run(folder, "verify -x509_strict -purpose sslclient -CAfile ca c"))
        .contains("OK");
    assertThat(OpenSsl.run(folder, "x509 -in c -noout -text"))
        .contains("Subject: O = devs, O = ops, CN = jane")
        .contains("TLS Web Client Authentication")
        .contains("X509v3 Basic Constraints: critical")
        .contains("CA:FALSE")
        .contains("X509v3 Key Usage: critical");
    Set<KeyUsage> usage = certificate.extensions().keyUsage();
    assertThat(usage)
        .isEqualTo(
            type.isRsa()
                ? Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT)
                : Set.of(KeyUsage.DIGITAL_SIGNATURE));
  }

  @Test
  void authorityKeyIdentifierIsTheAuthoritysSubjectKeyIdentifierCS42() {
    CertificateAuthority authority = authority(KeyType.P_256, Duration.ofDays(30));
    Issuer issuer = new Issuer(authority, IssuancePolicy.STRICT);

    Certificate certificate =
        issuer.sign(
            issuer.plan(request("jane"), now), CRYPTOGRAPHY.generate(KeyType.P_256).publicKey());

    assertThat(certificate.extensions().authorityKeyIdentifier())
        .isEqualTo(authority.certificate().extensions().subjectKeyIdentifier());
    assertThat(certificate.extensions().extendedKeyUsage()).containsExactly(Oids.CLIENT_AUTH);
  }

  @Test
  void validityBeginsFiveMinutesBackAndEndsAfterTheLifetime() {
    CertificateAuthority authority =
        new NewAuthority("ca", Duration.ofDays(30))
            .create(
                CRYPTOGRAPHY.generate(KeyType.P_256),
                BigInteger.ONE,
                now.minus(Duration.ofDays(1)));
    IssuancePlan plan = new Issuer(authority, IssuancePolicy.STRICT).plan(request("jane"), now);

    assertThat(plan.validity().notBefore()).isEqualTo(now.minus(Duration.ofMinutes(5)));
    assertThat(plan.validity().notAfter()).isEqualTo(now.plus(Duration.ofHours(24)));
    assertThat(plan.clippedByAuthority()).isFalse();
  }

  @Test
  void validityNeverLeavesTheAuthoritys() {
    CertificateAuthority authority = authority(KeyType.P_256, Duration.ofHours(2));
    IssuancePlan plan =
        new Issuer(authority, IssuancePolicy.STRICT)
            .plan(request("jane"), now.minus(Duration.ofMinutes(3)));

    assertThat(plan.validity().notBefore())
        .isEqualTo(authority.certificate().validity().notBefore());
    assertThat(plan.validity().notAfter()).isEqualTo(authority.certificate().validity().notAfter());
    assertThat(plan.clippedByAuthority()).isTrue();
  }

  @Test
  void serialNumbersArePositiveOf127BitsAndDiffer() {
    Issuer issuer =
        new Issuer(authority(KeyType.P_256, Duration.ofDays(30)), IssuancePolicy.STRICT);
    Set<BigInteger> seen = new HashSet<>();
    int longest = 0;
    for (int i = 0; i < 500; i++) {
      BigInteger serial = issuer.plan(request("jane"), now).serialNumber();
      assertThat(serial.signum()).isPositive();
      longest = Math.max(longest, serial.bitLength());
      seen.add(serial);
    }
    assertThat(seen).hasSize(500);
    assertThat(longest).isBetween(120, 127);
  }

  @Test
  void uidStandsLastAsUtf8() {
    IssuancePlan plan =
        new Issuer(authority(KeyType.P_256, Duration.ofDays(30)), IssuancePolicy.STRICT)
            .plan(
                new IssuanceRequest(
                    "jane", List.of("devs"), "u-1", Duration.ofHours(1), BigInteger.TWO),
                now);

    assertThat(plan.subject().toString()).isEqualTo("O=devs, CN=jane, UID=u-1");
    assertThat(plan.identity().uid()).isEqualTo("u-1");
    assertThat(plan.findings()).extracting(Finding::rule).contains("serial-number");
  }

  @Test
  void subjectIsWhatTheScriptMadeButForStringTypes() throws IOException {
    OpenSsl.run(folder, "genrsa -out k 2048");
    OpenSsl.run(folder, "req -new -key k -utf8 -subj /O=read-only-users/CN=brancz -out r");
    OpenSsl.run(
        folder,
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout cak -out ca -subj /CN=ca");
    OpenSsl.run(folder, "x509 -req -in r -CA ca -CAkey cak -set_serial 1 -days 365 -out c");
    Certificate script =
        Certificate.of(PemReader.read(Files.readAllBytes(folder.resolve("c"))).get(0).bytes());
    CertificateAuthority authority = authority(KeyType.P_256, Duration.ofDays(3650));
    Issuer issuer = new Issuer(authority, IssuancePolicy.STRICT);
    IssuanceRequest like =
        new IssuanceRequest("brancz", List.of("read-only-users"), "", Duration.ofDays(365), null);
    Certificate ours = issuer.sign(issuer.plan(like, now), script.publicKey());

    // The same: who it is, for which key, in this order, each attribute in an RDN of its own.
    assertThat(ours.subject().encoded()).isEqualTo(script.subject().encoded());
    assertThat(ours.publicKey()).isEqualTo(script.publicKey());
    assertThat(Duration.between(now, ours.validity().notAfter())).isEqualTo(Duration.ofDays(365));
    // Other on purpose: a number of its own, a start for slow clocks, and what it is good for.
    assertThat(script.serialNumber()).isEqualTo(BigInteger.ONE);
    assertThat(ours.serialNumber()).isNotEqualTo(BigInteger.ONE);
    assertThat(script.extensions().find(Oids.EXTENDED_KEY_USAGE)).isNull();
    assertThat(ours.extensions().extendedKeyUsage()).containsExactly(Oids.CLIENT_AUTH);
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyType.class,
      names = {"P_256", "RSA_2048", "ED25519"})
  void intermediateIsPresentedWithItsClients(KeyType type) throws IOException {
    OpenSsl.run(
        folder,
        "req -x509 -newkey rsa:2048 -nodes -keyout rootk -out root -subj /CN=root -days 30");
    SigningKey key = CRYPTOGRAPHY.generate(type);
    Files.write(folder.resolve("k"), key.exportPrivateKey().encodePrivateKeyPem(key.publicKey()));
    Files.writeString(
        folder.resolve("ext"),
        "basicConstraints=critical,CA:TRUE,pathlen:0\nkeyUsage=keyCertSign\n");
    OpenSsl.run(folder, "req -new -key k -subj /CN=middle -out r");
    OpenSsl.run(folder, "x509 -req -in r -CA root -CAkey rootk -days 20 -extfile ext -out middle");
    Certificate root =
        Certificate.of(PemReader.read(Files.readAllBytes(folder.resolve("root"))).get(0).bytes());
    Certificate middle =
        Certificate.of(PemReader.read(Files.readAllBytes(folder.resolve("middle"))).get(0).bytes());

    CertificateAuthority authority = CertificateAuthority.of(List.of(root, middle), key);
    Issuer issuer = new Issuer(authority, IssuancePolicy.STRICT);
    Certificate leaf =
        issuer.sign(
            issuer.plan(request("jane"), Instant.now()),
            CRYPTOGRAPHY.generate(KeyType.P_256).publicKey());

    assertThat(authority.certificate()).isEqualTo(middle);
    assertThat(authority.above()).containsExactly(root);
    assertThat(authority.intermediates()).containsExactly(middle);
    write("c", leaf);
    assertThat(OpenSsl.run(folder, "verify -CAfile root -untrusted middle -purpose sslclient c"))
        .contains("OK");
  }

  @Test
  void lifetimesOutsideTheBoundsAreRefused() {
    Issuer issuer =
        new Issuer(authority(KeyType.P_256, Duration.ofDays(3650)), IssuancePolicy.STRICT);

    for (Duration lifetime : List.of(Duration.ofDays(401), Duration.ofMinutes(9))) {
      assertThatThrownBy(
              () -> issuer.plan(new IssuanceRequest("j", List.of(), "", lifetime, null), now))
          .isInstanceOfSatisfying(
              RefusedException.class,
              refused ->
                  assertThat(refused.findings()).extracting(Finding::rule).contains("lifetime"));
    }
  }

  @Test
  void requestOfAnotherIsCheckedForWeakKeys() {
    for (String key :
        List.of(
            "rsa:1024",
            "rsa:2048 -pkeyopt rsa_keygen_pubexp:1",
            "ec -pkeyopt ec_paramgen_curve:secp224r1",
            "ec -pkeyopt ec_paramgen_curve:secp256k1")) {
      boolean made = true;
      try {
        OpenSsl.run(folder, "req -new -newkey " + key + " -nodes -keyout k -out r -subj /CN=u");
      } catch (AssertionError refusedByOpenssl) {
        made = key.contains("pubexp");
        assertThat(made).as("only the exponent 1 may be refused by openssl itself").isTrue();
        continue;
      }
      try {
        CertificateRequest request =
            CertificateRequest.of(
                PemReader.read(Files.readAllBytes(folder.resolve("r"))).get(0).bytes());
        assertThat(RequestCheck.ofKey(request.publicKey()))
            .as(key)
            .extracting(Finding::severity)
            .contains(Severity.FORBIDDEN);
      } catch (IOException failed) {
        throw new AssertionError(failed);
      }
    }
  }
}
