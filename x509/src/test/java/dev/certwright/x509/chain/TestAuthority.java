package dev.certwright.x509.chain;

import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemWriter;
import java.security.PrivateKey;
import java.util.Random;

/** A CA for tests of any module: valid from 2025 to 2027 unless told otherwise, ECDSA P-256. */
public final class TestAuthority {
  private static final String LATE_END = "491231235959Z";

  private final CertificateSpec.SignatureMemory memory = new CertificateSpec.SignatureMemory();
  private final TestKey key;
  private final byte[] name;
  private final CertificateSpec certificate;
  private final Random random;
  private final String end;
  private int serial = 1;

  private TestAuthority(String commonName, long seed, String end) {
    this.end = end;
    this.random = new Random(seed);
    this.key = TestKey.Ec.of("secp256r1", "1.2.840.10045.3.1.7", random);
    this.name = Scenario.name(commonName);
    this.certificate = authority(name, key);
  }

  /** The same seed makes the same key. */
  public static TestAuthority of(String commonName, long seed) {
    return new TestAuthority(commonName, seed, "270101000000Z");
  }

  /** The same, valid until the end of 2049: for servers whose clock is the real one. */
  public static TestAuthority lasting(String commonName, long seed) {
    return new TestAuthority(commonName, seed, LATE_END);
  }

  private CertificateSpec authority(byte[] subject, TestKey own) {
    CertificateSpec ca = new CertificateSpec(name, subject, own, key);
    ca.notAfter = TestDer.text(0x17, end);
    ca.put(Scenario.BASIC, true, TestDer.sequence(TestDer.bool(true)));
    ca.put(Scenario.KEY_USAGE, true, TestDer.tlv(3, TestDer.bytes(2, 0x04)));
    return ca;
  }

  /** Its own certificate, DER. */
  public byte[] encoded() {
    return certificate.encode(memory);
  }

  /** Its own certificate, PEM. */
  public byte[] pem() {
    return PemWriter.write(PemBlock.CERTIFICATE, encoded());
  }

  /**
   * A client's certificate, DER.
   *
   * @param notBefore UTCTime
   * @param notAfter UTCTime
   */
  public byte[] client(String commonName, String notBefore, String notAfter) {
    return client(commonName, notBefore, notAfter, newKey());
  }

  /**
   * A client that can do handshakes.
   *
   * @param certificate DER
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Client(byte[] certificate, PrivateKey key) {}

  /** A client with its key, valid as long as the CA. */
  public Client presentedClient(String commonName) {
    TestKey own = newKey();
    return new Client(client(commonName, "250101000000Z", end, own), own.privateKey());
  }

  private TestKey newKey() {
    return TestKey.Ec.of("secp256r1", "1.2.840.10045.3.1.7", random);
  }

  private byte[] client(String commonName, String notBefore, String notAfter, TestKey own) {
    CertificateSpec leaf =
        new CertificateSpec(
            name,
            TestDer.sequence(
                TestDer.rdn(Scenario.O, TestDer.text(0x0C, "devs")),
                TestDer.rdn(Scenario.CN, TestDer.text(0x0C, commonName))),
            own,
            key);
    leaf.serial = TestDer.integer(++serial);
    leaf.notBefore = TestDer.text(0x17, notBefore);
    leaf.notAfter = TestDer.text(0x17, notAfter);
    leaf.put(Scenario.EKU, false, TestDer.sequence(TestDer.oid(Scenario.CLIENT_AUTH)));
    return leaf.encode(memory);
  }
}
