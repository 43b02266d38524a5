package dev.certwright.authority;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.testing.OpenSsl;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.NativeCryptography;
import dev.certwright.x509.key.SigningKey;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What openssl says about every kind of certificate we make. */
final class IssuedCertificateTest {
  private static final Map<KeyType, SigningKey> KEYS = new EnumMap<>(KeyType.class);

  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  @TempDir Path temporary;

  /** Keys are dear: one of each type for all tests. */
  private static SigningKey key(KeyType type) {
    return requireNonNull(
        KEYS.computeIfAbsent(type, missing -> NativeCryptography.orPortable().generate(missing)));
  }

  private CertificateAuthority authority(KeyType type, Duration age) {
    return new NewAuthority("kubernetes-client-ca", Duration.ofDays(30))
        .create(key(type), BigInteger.valueOf(4711), now.minus(age));
  }

  private Certificate issued(CertificateAuthority authority, KeyType type) {
    Issuer issuer = new Issuer(authority, IssuancePolicy.STRICT);
    return issuer.sign(
        issuer.plan(
            new IssuanceRequest(
                "jäne@corp.com", List.of("devs", "ops & co"), "u-42", Duration.ofDays(1), null),
            now),
        key(type).publicKey());
  }

  @ParameterizedTest
  @CsvSource({
    "P_256, P_256",
    "P_256, P_384",
    "P_256, ED25519",
    "P_256, RSA_2048",
    "P_256, RSA_3072",
    "RSA_2048, RSA_4096",
    "RSA_2048, P_256",
    "ED25519, P_256",
    "P_384, ED25519",
  })
  void opensslAcceptsTheClientAndTheServerDoesNot(KeyType authorityType, KeyType type) {
    TestFolder folder = new TestFolder(temporary);
    CertificateAuthority authority = authority(authorityType, Duration.ofDays(1));
    folder.write("ca", authority.certificate());
    folder.write("c", issued(authority, type));
    folder.write("k", key(type));

    assertThat(folder.openssl("verify -x509_strict -check_ss_sig -CAfile ca ca")).contains("OK");
    assertThat(folder.openssl("verify -x509_strict -purpose sslclient -CAfile ca c"))
        .contains("OK");
    assertThat(OpenSsl.tryRun(temporary, "verify -purpose sslserver -CAfile ca c").exitCode())
        .isNotZero();
    assertThat(OpenSsl.tryRun(temporary, "verify -purpose sslclient -CAfile c c").exitCode())
        .as("a client certificate is no CA")
        .isNotZero();
    // Private and public half belong together, and the private one is sound.
    assertThat(folder.openssl("x509 -in c -noout -pubkey"))
        .isEqualTo(folder.openssl("pkey -in k -pubout"));
    folder.openssl("pkey -in k -check -noout");
  }

  @ParameterizedTest
  @EnumSource(
      value = KeyType.class,
      names = {"P_256", "P_384", "ED25519", "RSA_2048"})
  void everyFieldIsAsPromised(KeyType type) {
    TestFolder folder = new TestFolder(temporary);
    CertificateAuthority authority = authority(KeyType.P_256, Duration.ofDays(1));
    Certificate certificate = issued(authority, type);
    folder.write("c", certificate);

    String text = folder.openssl("x509 -in c -noout -text -nameopt utf8,sep_comma_plus_space");
    assertThat(text)
        .contains("Version: 3 (0x2)")
        .contains("Signature Algorithm: ecdsa-with-SHA256")
        .contains("Issuer: CN=kubernetes-client-ca")
        .contains("Not Before: " + inOpensslsWords(now.minus(Duration.ofMinutes(5))))
        .contains("Not After : " + inOpensslsWords(now.plus(Duration.ofDays(1))));
    assertThat(
            folder.openssl(
                "x509 -in c -noout -subject -nameopt utf8,sep_multiline,show_type,sname"))
        .containsSubsequence(
            "O=UTF8STRING:devs\n",
            "O=UTF8STRING:ops & co\n",
            "CN=UTF8STRING:jäne@corp.com\n",
            "1.3.6.1.4.1.57683.2=UTF8STRING:u-42\n")
        .doesNotContain("+");
    assertThat(extension(text, "X509v3 Basic Constraints: critical")).isEqualTo("CA:FALSE");
    assertThat(extension(text, "X509v3 Key Usage: critical"))
        .isEqualTo(type.isRsa() ? "Digital Signature, Key Encipherment" : "Digital Signature");
    assertThat(extension(text, "X509v3 Extended Key Usage: "))
        .isEqualTo("TLS Web Client Authentication");
    assertThat(extension(text, "X509v3 Subject Key Identifier: "))
        .isEqualTo(colons(key(type).publicKey().keyIdentifier()));
    assertThat(extension(text, "X509v3 Authority Key Identifier: ").replace("keyid:", ""))
        .isEqualTo(
            colons(requireNonNull(authority.certificate().extensions().subjectKeyIdentifier())));
    assertThat(certificate.extensions().list()).hasSize(5);
    assertThat(certificate.serialNumber().signum()).isPositive();
    assertThat(certificate.serialNumber().bitLength()).isLessThanOrEqualTo(127);
  }

  @Test
  void everyFieldOfANewAuthorityIsAsPromised() {
    TestFolder folder = new TestFolder(temporary);
    CertificateAuthority authority = authority(KeyType.P_384, Duration.ZERO);
    folder.write("ca", authority.certificate());

    String text = folder.openssl("x509 -in ca -noout -text");
    assertThat(text)
        .contains("Version: 3 (0x2)")
        .contains("Serial Number: 4711 (0x1267)")
        .contains("Signature Algorithm: ecdsa-with-SHA384")
        .contains("Not Before: " + inOpensslsWords(now.minus(Duration.ofMinutes(5))))
        .contains("Not After : " + inOpensslsWords(now.plus(Duration.ofDays(30))));
    assertThat(extension(text, "X509v3 Basic Constraints: critical"))
        .isEqualTo("CA:TRUE, pathlen:0");
    assertThat(extension(text, "X509v3 Key Usage: critical"))
        .isEqualTo("Certificate Sign, CRL Sign");
    assertThat(extension(text, "X509v3 Subject Key Identifier: "))
        .isEqualTo(colons(key(KeyType.P_384).publicKey().keyIdentifier()));
    assertThat(text).doesNotContain("Extended Key Usage");
    assertThat(AuthorityCheck.of(authority.certificate(), List.of(), now))
        .extracting(Finding::severity)
        .doesNotContain(Severity.FORBIDDEN);
  }

  @Test
  void nothingSignsBelowAClientCertificate() {
    TestFolder folder = new TestFolder(temporary);
    CertificateAuthority authority = authority(KeyType.P_256, Duration.ofDays(1));
    folder.write("ca", authority.certificate());
    folder.write("c", issued(authority, KeyType.P_384));
    folder.write("c.key", key(KeyType.P_384));
    folder.write("k", key(KeyType.ED25519));
    folder.signed("x", "k", "/CN=x", "c", "keyUsage=digitalSignature\n", "-days 1");

    assertThat(OpenSsl.tryRun(temporary, "verify -CAfile ca -untrusted c x").exitCode())
        .isNotZero();
  }

  @Test
  void serverCertificateIsForServersOnly() throws UnknownHostException {
    TestFolder folder = new TestFolder(temporary);
    CertificateAuthority authority = authority(KeyType.P_256, Duration.ofDays(1));
    folder.write("ca", authority.certificate());
    folder.write(
        "s",
        ServerCertificate.sign(
            authority,
            key(KeyType.P_384).publicKey(),
            List.of("localhost", "a.example"),
            List.of(
                InetAddress.getByAddress(new byte[] {127, 0, 0, 1}),
                InetAddress.getByAddress(
                    new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1})),
            Duration.ofHours(1),
            now));

    assertThat(
            folder.openssl(
                "verify -x509_strict -purpose sslserver -verify_hostname a.example -CAfile ca s"))
        .contains("OK");
    assertThat(folder.openssl("verify -purpose sslserver -verify_ip ::1 -CAfile ca s"))
        .contains("OK");
    assertThat(OpenSsl.tryRun(temporary, "verify -purpose sslclient -CAfile ca s").exitCode())
        .isNotZero();
  }

  private static String inOpensslsWords(Instant time) {
    return DateTimeFormatter.ofPattern("MMM ppd HH:mm:ss yyyy 'GMT'", Locale.ROOT)
        .format(time.atZone(ZoneOffset.UTC));
  }

  private static String colons(byte[] bytes) {
    return HexFormat.ofDelimiter(":").withUpperCase().formatHex(bytes);
  }

  /** The one line below an extension's name. */
  private static String extension(String text, String name) {
    List<String> lines = text.lines().map(String::strip).toList();
    int at = lines.indexOf(name.strip());
    assertThat(at).as(name + " in " + text).isNotNegative();
    return lines.get(at + 1);
  }
}
