package dev.certwright.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.testing.OpenSsl;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.SigningKey;
import dev.certwright.x509.pem.PemWriter;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Judged by openssl. */
final class RevocationListTest {
  private static final PortableCryptography CRYPTOGRAPHY = new PortableCryptography();
  private final Instant now = Instant.now();

  @TempDir Path folder;

  private CertificateAuthority authority(KeyType type) {
    return new NewAuthority("test ca", Duration.ofDays(1))
        .create(CRYPTOGRAPHY.generate(type), BigInteger.TEN, now);
  }

  private void publish(CertificateAuthority authority, List<RevocationList.Entry> entries)
      throws IOException {
    write("ca.crt", authority.certificate());
    Files.write(
        folder.resolve("ca.crl"),
        new RevocationList(authority).sign(entries, now, Duration.ofDays(7)));
  }

  private void write(String name, Certificate certificate) throws IOException {
    Files.write(folder.resolve(name), PemWriter.write("CERTIFICATE", certificate.encoded()));
  }

  private OpenSsl.Result verify(String file) {
    OpenSsl.run(folder, "crl -inform DER -in ca.crl -out ca.crl.pem");
    return OpenSsl.tryRun(
        folder, "verify -crl_check -CAfile ca.crt -CRLfile ca.crl.pem -purpose sslclient " + file);
  }

  @ParameterizedTest
  @EnumSource(names = {"P_256", "ED25519", "RSA_2048"})
  void certificateOnTheListIsRefusedAndTheOtherOfTheSamePersonIsNot(KeyType type)
      throws IOException {
    CertificateAuthority authority = authority(type);
    Certificate first = issue(authority);
    Certificate second = issue(authority);
    write("first.crt", first);
    write("second.crt", second);

    publish(authority, List.of(new RevocationList.Entry(first.serialNumber(), now, false)));

    OpenSsl.Result refused = verify("first.crt");
    assertThat(refused.exitCode()).isNotZero();
    assertThat(refused.output()).contains("certificate revoked");
    OpenSsl.Result taken = verify("second.crt");
    assertThat(taken.exitCode()).as(taken.output()).isZero();
  }

  private Certificate issue(CertificateAuthority authority) {
    SigningKey key = CRYPTOGRAPHY.generate(KeyType.P_256);
    Issuer issuer = new Issuer(authority, IssuancePolicy.STRICT);
    return issuer.sign(
        issuer.plan(
            new IssuanceRequest("jane", List.of("devs"), "", Duration.ofHours(1), null), now),
        key.publicKey());
  }

  @Test
  void emptyListIsValid() throws IOException {
    publish(authority(KeyType.P_256), List.of());

    assertThat(OpenSsl.run(folder, "crl -inform DER -in ca.crl -CAfile ca.crt -noout -text"))
        .contains("No Revoked Certificates", "verify OK", "X509v3 CRL Number");
  }

  @Test
  void suspendedOnesAreOnHoldAndManyAreInTheOrderOfTheirNumbers() throws IOException {
    List<RevocationList.Entry> entries = new ArrayList<>();
    for (int i = 999; i >= 0; i--) {
      entries.add(new RevocationList.Entry(BigInteger.valueOf(1 + i), now, i == 0));
    }
    publish(authority(KeyType.P_256), entries);

    String text = OpenSsl.run(folder, "crl -inform DER -in ca.crl -CAfile ca.crt -noout -text");
    assertThat(text).contains("verify OK").containsOnlyOnce("Certificate Hold");
    assertThat(text.split("Serial Number", -1)).hasSize(1_001);
    assertThat(text.indexOf("Serial Number: 01\n")).isLessThan(text.indexOf("Serial Number: 02\n"));
  }
}
