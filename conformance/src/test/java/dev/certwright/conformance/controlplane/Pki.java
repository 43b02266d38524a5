package dev.certwright.conformance.controlplane;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.IssuancePolicy;
import dev.certwright.authority.IssuanceRequest;
import dev.certwright.authority.Issuer;
import dev.certwright.authority.NameRules;
import dev.certwright.authority.NewAuthority;
import dev.certwright.authority.ServerCertificate;
import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.kubeconfig.CredentialKubeconfig;
import dev.certwright.kubeconfig.ServerUrl;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.SigningKey;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Keys and certificates of a control plane, all made by Certwright, in one folder: {@code ca.crt}
 * and {@code ca.key} (for clients and servers), {@code server.crt} and {@code server.key}, {@code
 * service-account.key}.
 */
public final class Pki {
  /** So far back may clients' lives begin: the CA is older than it is. */
  public static final Duration AGE = Duration.ofDays(30);

  private static final String NAME = "control-plane-ca";
  private static final PortableCryptography CRYPTOGRAPHY = new PortableCryptography();

  private final Path folder;
  private final CertificateAuthority authority;

  private Pki(Path folder, CertificateAuthority authority) {
    this.folder = folder;
    this.authority = authority;
  }

  /** Makes everything anew. */
  static Pki create(Path folder) {
    return create(folder, NAME);
  }

  /** Makes another whose CA has the same name and another key. */
  public static Pki createWithSameName(Path folder) {
    return create(folder, NAME);
  }

  private static Pki create(Path folder, String name) {
    SigningKey key = CRYPTOGRAPHY.generate(KeyType.P_256);
    CertificateAuthority authority =
        new NewAuthority(name, NewAuthority.DEFAULT_LIFETIME)
            .create(key, BigInteger.ONE, Instant.now().minus(AGE));
    AuthorityFiles.in(folder)
        .create(authority, key.exportPrivateKey().encodePrivateKeyPem(key.publicKey()));
    return new Pki(folder, authority).withServer();
  }

  /** Reads the CA in a folder, such as {@code certwright ca init} makes, and makes the rest. */
  static Pki around(Path folder) {
    return new Pki(folder, AuthorityFiles.in(folder).load(CRYPTOGRAPHY, PasswordSource.NONE))
        .withServer();
  }

  private Pki withServer() {
    SigningKey server = CRYPTOGRAPHY.generate(KeyType.P_256);
    Certificate certificate =
        ServerCertificate.sign(
            authority,
            server.publicKey(),
            List.of("localhost", "kubernetes", "kubernetes.default.svc"),
            List.of(InetAddress.getLoopbackAddress()),
            Duration.ofDays(30),
            Instant.now());
    write("server.crt", PemWriter.write(PemBlock.CERTIFICATE, certificate.encoded()));
    write("server.key", pem(server));
    write("service-account.key", pem(CRYPTOGRAPHY.generate(KeyType.P_256)));
    return this;
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  /** The certificate of the CA. */
  public Path authorityFile() {
    return folder.resolve("ca.crt");
  }

  /** Who signs. */
  public CertificateAuthority authority() {
    return authority;
  }

  /**
   * A kubeconfig of whoever is asked for, without any of the guard rails.
   *
   * @param server such as {@code https://127.0.0.1:6443}
   * @param now when it was issued, for lives that are over or to come
   */
  public Path issue(
      String user, List<String> groups, Duration lifetime, Instant now, String server) {
    SigningKey key = CRYPTOGRAPHY.generate(KeyType.P_256);
    Issuer issuer =
        new Issuer(
            authority, new IssuancePolicy(new NameRules(true, true, true), Duration.ofDays(400)));
    Certificate certificate =
        issuer.sign(
            issuer.plan(new IssuanceRequest(user, groups, "", lifetime, null), now),
            key.publicKey());
    return kubeconfig(certificate, key, server);
  }

  /** A kubeconfig with a certificate for servers, which no client may use (rule X-09). */
  public Path issueForServer(String name, String server) {
    SigningKey key = CRYPTOGRAPHY.generate(KeyType.P_256);
    Certificate certificate =
        ServerCertificate.sign(
            authority,
            key.publicKey(),
            List.of(name),
            List.of(),
            Duration.ofHours(1),
            Instant.now());
    return kubeconfig(certificate, key, server);
  }

  private Path kubeconfig(Certificate certificate, SigningKey key, String server) {
    CredentialKubeconfig kubeconfig =
        CredentialKubeconfig.builder()
            .cluster("control-plane", ServerUrl.of(server))
            .clusterCa(PemWriter.write(PemBlock.CERTIFICATE, authority.certificate().encoded()))
            .user("user")
            .context("user@control-plane")
            .certificate(PemWriter.write(PemBlock.CERTIFICATE, certificate.encoded()))
            .key(pem(key))
            .build();
    return write(
        certificate.serialNumber().toString(36) + ".kubeconfig",
        kubeconfig.toYaml().getBytes(UTF_8));
  }

  private static byte[] pem(SigningKey key) {
    return key.exportPrivateKey().encodePrivateKeyPem(key.publicKey());
  }

  private Path write(String name, byte[] content) {
    try {
      Path file = folder.resolve(name);
      Path whole = Files.write(folder.resolve(name + ".new"), content);
      return Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
