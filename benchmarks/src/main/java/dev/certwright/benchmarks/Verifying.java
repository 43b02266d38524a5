package dev.certwright.benchmarks;

import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.IssuancePolicy;
import dev.certwright.authority.IssuanceRequest;
import dev.certwright.authority.Issuer;
import dev.certwright.authority.NewAuthority;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.chain.ChainResult;
import dev.certwright.x509.chain.ChainVerifier;
import dev.certwright.x509.chain.Purpose;
import dev.certwright.x509.chain.TrustAnchors;
import dev.certwright.x509.key.Cryptography;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.PortableSignatureVerifier;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** One client certificate under one CA, P-256, parsing included. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Verifying {
  private final Instant now = Instant.now();
  private final TrustAnchors anchors;
  private final byte[] encoded;
  private final ChainVerifier verifier = new ChainVerifier(new PortableSignatureVerifier());

  /** Issues it. */
  public Verifying() {
    Cryptography cryptography = new PortableCryptography();
    CertificateAuthority authority =
        new NewAuthority("benchmark", NewAuthority.DEFAULT_LIFETIME)
            .create(cryptography.generate(KeyType.P_256), BigInteger.ONE, now);
    Issuer issuer = new Issuer(authority, IssuancePolicy.STRICT);
    anchors = TrustAnchors.of(List.of(authority.certificate()));
    encoded =
        issuer
            .sign(
                issuer.plan(
                    new IssuanceRequest(
                        "jane", List.of("devs"), "", IssuancePolicy.DEFAULT_LIFETIME, null),
                    now),
                cryptography.generate(KeyType.P_256).publicKey())
            .encoded();
  }

  /** DER to verdict. */
  @Benchmark
  public ChainResult verify() {
    return verifier.verify(
        Certificate.of(encoded), List.of(), anchors, now, Purpose.CLIENT_AUTHENTICATION);
  }
}
