package dev.certwright.server.testing;

import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.IssuancePolicy;
import dev.certwright.authority.IssuanceRequest;
import dev.certwright.authority.Issuer;
import dev.certwright.authority.NameRules;
import dev.certwright.authority.NewAuthority;
import dev.certwright.authority.ServerCertificate;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.PrivateKeyReader;
import dev.certwright.x509.key.SigningKey;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A CA that signs whatever a test needs. */
public final class TestAuthority {
  private static final PortableCryptography CRYPTOGRAPHY = new PortableCryptography();

  private final CertificateAuthority authority;

  private TestAuthority(CertificateAuthority authority) {
    this.authority = authority;
  }

  /** A new one. */
  public static TestAuthority create(String name) {
    return new TestAuthority(
        new NewAuthority(name, NewAuthority.DEFAULT_LIFETIME)
            .create(
                CRYPTOGRAPHY.generate(KeyType.P_256),
                BigInteger.ONE,
                Instant.now().minus(Duration.ofDays(30))));
  }

  /** Its certificate. */
  public Certificate certificate() {
    return authority.certificate();
  }

  /** Its certificate as PEM. */
  public byte[] pem() {
    return PemWriter.write(PemBlock.CERTIFICATE, authority.certificate().encoded());
  }

  /** A certificate with its key. */
  public record Credential(Certificate certificate, SigningKey key) {}

  /** A client that is good now. */
  public Credential client(String user, String... groups) {
    return client(user, Instant.now(), Duration.ofHours(1), groups);
  }

  /** A client whose time begins when it is said. */
  public Credential client(String user, Instant from, Duration lifetime, String... groups) {
    SigningKey key = CRYPTOGRAPHY.generate(KeyType.P_256);
    Issuer issuer =
        new Issuer(
            authority, new IssuancePolicy(new NameRules(true, true, true), Duration.ofDays(400)));
    return new Credential(
        issuer.sign(
            issuer.plan(new IssuanceRequest(user, List.of(groups), "", lifetime, null), from),
            key.publicKey()),
        key);
  }

  /** Writes a serving certificate for loopback and these names, and its key. */
  public void writeServer(Path certificateFile, Path keyFile, String... names) {
    SigningKey key = CRYPTOGRAPHY.generate(KeyType.P_256);
    writeServer(certificateFile, key, names);
    write(keyFile, key.exportPrivateKey().encodePrivateKeyPem(key.publicKey()));
  }

  /** Writes another serving certificate for a key that there is. */
  public void renewServer(Path certificateFile, Path keyFile) throws IOException {
    writeServer(
        certificateFile,
        CRYPTOGRAPHY.signingKey(
            PrivateKeyReader.read(Files.readAllBytes(keyFile), PasswordSource.NONE)),
        "localhost");
  }

  private void writeServer(Path certificateFile, SigningKey key, String... names) {
    Certificate certificate =
        ServerCertificate.sign(
            authority,
            key.publicKey(),
            List.of(names),
            List.of(InetAddress.getLoopbackAddress()),
            Duration.ofHours(1),
            Instant.now());
    write(certificateFile, PemWriter.write(PemBlock.CERTIFICATE, certificate.encoded()));
  }

  /** Writes a client's certificate and key, for programs. */
  public static void write(Credential credential, Path certificateFile, Path keyFile) {
    write(
        certificateFile, PemWriter.write(PemBlock.CERTIFICATE, credential.certificate().encoded()));
    write(
        keyFile,
        credential.key().exportPrivateKey().encodePrivateKeyPem(credential.key().publicKey()));
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.write(file, content);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
