package dev.certwright.benchmarks;

import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.IssuancePlan;
import dev.certwright.authority.IssuancePolicy;
import dev.certwright.authority.IssuanceRequest;
import dev.certwright.authority.Issuer;
import dev.certwright.authority.NewAuthority;
import dev.certwright.kubeconfig.CredentialKubeconfig;
import dev.certwright.kubeconfig.ServerUrl;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.CertificateRequest;
import dev.certwright.x509.key.Cryptography;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.NativeCryptography;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.SigningKey;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemWriter;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** The steps of {@code issue}, one by one and together, without files. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Issuing {
  private static final IssuanceRequest JANE =
      new IssuanceRequest(
          "jane", List.of("devs", "ops"), "", IssuancePolicy.DEFAULT_LIFETIME, null);

  /** Which arithmetic; {@code native} is the portable one where there is no other. */
  @Param({"portable", "native"})
  public String arithmetic = "portable";

  private Cryptography cryptography = new PortableCryptography();
  private Issuer issuer = issuer(cryptography);
  private SigningKey key = cryptography.generate(KeyType.P_256);
  private Instant now = Instant.now();
  private IssuancePlan plan = issuer.plan(JANE, now);

  /** Makes a CA. */
  @Setup
  public void prepare() {
    cryptography =
        arithmetic.equals("native") ? NativeCryptography.orPortable() : new PortableCryptography();
    issuer = issuer(cryptography);
    key = cryptography.generate(KeyType.P_256);
    now = Instant.now();
    plan = issuer.plan(JANE, now);
  }

  private static Issuer issuer(Cryptography cryptography) {
    CertificateAuthority authority =
        new NewAuthority("benchmark", NewAuthority.DEFAULT_LIFETIME)
            .create(cryptography.generate(KeyType.P_256), BigInteger.ONE, Instant.now());
    return new Issuer(authority, IssuancePolicy.STRICT);
  }

  /** All checks of names, lifetime and CA. */
  @Benchmark
  public IssuancePlan plan() {
    return issuer.plan(JANE, now);
  }

  /** A new P-256 key. */
  @Benchmark
  public SigningKey key() {
    return cryptography.generate(KeyType.P_256);
  }

  /** A request, signed. */
  @Benchmark
  public CertificateRequest request() {
    return CertificateRequest.create(plan.subject(), key);
  }

  /** A certificate, signed. */
  @Benchmark
  public Certificate certificate() {
    return issuer.sign(plan, key.publicKey());
  }

  /** Everything that goes into somebody's folder. */
  @Benchmark
  public byte[] everything() {
    IssuancePlan fresh = issuer.plan(JANE, now);
    SigningKey own = cryptography.generate(KeyType.P_256);
    CertificateRequest request = CertificateRequest.create(fresh.subject(), own);
    Certificate certificate = issuer.sign(fresh, own.publicKey());
    byte[] pem = PemWriter.write(PemBlock.CERTIFICATE, certificate.encoded());
    byte[] kubeconfig =
        CredentialKubeconfig.builder()
            .cluster("cluster", ServerUrl.of("https://10.0.0.1:6443"))
            .user("jane@cluster")
            .context("jane@cluster")
            .clusterCa(pem)
            .certificate(pem)
            .key(own.exportPrivateKey().encodePrivateKeyPem(own.publicKey()))
            .build()
            .toBytes();
    kubeconfig[0] ^= PemWriter.write(PemBlock.CERTIFICATE_REQUEST, request.encoded())[0];
    return kubeconfig;
  }
}
