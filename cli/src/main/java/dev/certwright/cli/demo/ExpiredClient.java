package dev.certwright.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.IssuancePlan;
import dev.certwright.authority.IssuancePolicy;
import dev.certwright.authority.IssuanceRequest;
import dev.certwright.authority.Issuer;
import dev.certwright.authority.NameRules;
import dev.certwright.kubeconfig.CredentialKubeconfig;
import dev.certwright.kubeconfig.ServerUrl;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.Validity;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.SigningKey;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** A client as it will be when its day is over: no command makes such a one. */
final class ExpiredClient {
  private static final Duration AGO = Duration.ofMinutes(2);

  private ExpiredClient() {}

  /** Writes {@code client.crt}, {@code client.key} and {@code kubeconfig} into a new folder. */
  static void write(
      CertificateAuthority authority, String user, String group, String url, Path folder)
      throws IOException {
    SigningKey key = new PortableCryptography().generate(KeyType.P_256);
    Issuer issuer =
        new Issuer(
            authority, new IssuancePolicy(new NameRules(false, false, false), Duration.ofDays(1)));
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    IssuancePlan good =
        issuer.plan(new IssuanceRequest(user, List.of(group), "", Duration.ofHours(1), null), now);
    IssuancePlan over =
        new IssuancePlan(
            good.identity(),
            good.subject(),
            new Validity(now.minus(AGO), now.minusSeconds(1)),
            false,
            good.serialNumber(),
            good.findings());
    Certificate certificate = issuer.sign(over, key.publicKey());
    byte[] certificatePem = PemWriter.write(PemBlock.CERTIFICATE, certificate.encoded());
    byte[] keyPem = key.exportPrivateKey().encodePrivateKeyPem(key.publicKey());
    CredentialKubeconfig kubeconfig =
        CredentialKubeconfig.builder()
            .cluster("demo", ServerUrl.of(url))
            .clusterCa(PemWriter.write(PemBlock.CERTIFICATE, authority.certificate().encoded()))
            .user(user)
            .context(user + "@demo")
            .certificate(certificatePem)
            .key(keyPem)
            .build();
    Files.createDirectories(folder);
    Files.write(folder.resolve("client.crt"), certificatePem);
    Files.write(folder.resolve("client.key"), keyPem);
    Files.write(folder.resolve("kubeconfig"), kubeconfig.toYaml().getBytes(UTF_8));
  }
}
