package dev.certwright.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.x509.der.DerReader;
import dev.certwright.x509.der.DerWriter;
import dev.certwright.x509.der.Oid;
import dev.certwright.x509.der.Tag;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.PrivateKeyReader;
import dev.certwright.x509.key.SignatureVerification;
import dev.certwright.x509.key.SigningKey;
import dev.certwright.x509.pem.PemReader;
import dev.certwright.x509.testing.CertificateBytes;
import dev.certwright.x509.testing.NameBytes;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sixteen megabytes, the most that is read of a file, of whatever costs a reader most. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class HostileSizeTest {
  private static final int SIZE = 16 << 20;
  private static final SigningKey KEY = new PortableCryptography().generate(KeyType.P_256);

  @ParameterizedTest
  @ValueSource(ints = {0, 0x30, 0x80, 0xFF, '-', '\n', 'A'})
  void oneByteOverAndOverIsRefusedByEveryReader(int b) {
    byte[] bytes = new byte[SIZE];
    Arrays.fill(bytes, (byte) b);

    assertThat(PemReader.read(bytes)).isEmpty();
    assertThatThrownBy(() -> Certificate.of(bytes)).isInstanceOf(X509Exception.class);
    assertThatThrownBy(() -> CertificateRequest.of(bytes)).isInstanceOf(X509Exception.class);
    assertThatThrownBy(() -> PrivateKeyReader.read(bytes, PasswordSource.NONE))
        .isInstanceOf(X509Exception.class);
    assertThat(PrivateKeyReader.looksLikeDer(bytes)).isFalse();
  }

  @Test
  void nameOfAMillionAttributesIsRead() {
    byte[] attribute =
        NameBytes.constructed(
            Tag.SET, NameBytes.attribute(Oids.ORGANIZATION, Tag.UTF8_STRING, new byte[] {'g'}));
    byte[][] attributes = new byte[1_000_000][];
    Arrays.fill(attributes, attribute);

    Certificate certificate =
        Certificate.of(
            CertificateBytes.of(KEY)
                .subject(NameBytes.constructed(Tag.SEQUENCE, attributes))
                .encoded());

    assertThat(certificate.subject().values(Oids.ORGANIZATION)).hasSize(1_000_000);
    assertThat(SubjectIdentity.of(certificate).identity()).isNull();
  }

  @Test
  void extensionsWhoseHashCodesAreAllEqualAreRead() {
    CertificateBytes bytes = CertificateBytes.of(KEY);
    byte[] oid = new byte[34];
    for (int i = 0; i < 1 << 16; i++) {
      // "Aa" and "BB" have one hash code, so all words made of them have.
      for (int bit = 0; bit < 16; bit++) {
        oid[2 * bit] = (byte) ((i >> bit & 1) == 0 ? 'A' : 'B');
        oid[2 * bit + 1] = (byte) ((i >> bit & 1) == 0 ? 'a' : 'B');
      }
      bytes.extension(Oid.ofContents(oid), false, new byte[0]);
    }

    assertThat(Certificate.of(bytes.encoded()).extensions().list()).hasSize(1 << 16);
  }

  @Test
  void objectIdentifierOfManyArcsIsPrinted() {
    assertThat(Oid.ofContents(new byte[SIZE]).toString()).hasSize(2 * SIZE + 1);
  }

  @Test
  void keyOfAMillionBitsVerifiesNothing() {
    BigInteger modulus = BigInteger.ONE.shiftLeft(1_000_000).add(BigInteger.ONE);
    byte[] numbers =
        NameBytes.constructed(
            Tag.SEQUENCE,
            new DerWriter().integer(modulus).toByteArray(),
            new DerWriter().integer(Integer.MAX_VALUE).toByteArray());
    byte[] key =
        NameBytes.constructed(
            Tag.SEQUENCE,
            NameBytes.constructed(
                Tag.SEQUENCE,
                new DerWriter().oid(Oids.RSA_ENCRYPTION).toByteArray(),
                new byte[] {5, 0}),
            new DerWriter().bits(numbers).toByteArray());
    byte[] signature = modulus.subtract(BigInteger.TWO).toByteArray();

    for (SignatureAlgorithm algorithm : SignatureAlgorithm.values()) {
      assertThat(
              SignatureVerification.verify(
                  PublicKeyInfo.of(key), algorithm, new byte[1], signature))
          .isFalse();
    }
  }

  @Test
  void nestingToAnyDepthIsNotFollowed() {
    DerWriter writer = new DerWriter();
    int mark = writer.mark();
    for (int i = 0; i < 500_000; i++) {
      writer.wrap(Tag.SEQUENCE, mark);
    }
    byte[] deep = writer.toByteArray();

    assertThatThrownBy(() -> Certificate.of(deep)).isInstanceOf(X509Exception.class);
    assertThatThrownBy(() -> DistinguishedName.of(deep)).isInstanceOf(X509Exception.class);
    assertThatThrownBy(() -> PrivateKeyReader.read(deep, PasswordSource.NONE))
        .isInstanceOf(X509Exception.class);
    DerReader.of(deep).readAny();
  }

  @Test
  void bundleOfManyCertificatesIsRead() {
    String pem =
        new String(
            dev.certwright.x509.pem.PemWriter.write(
                "CERTIFICATE", CertificateBytes.of(KEY).encoded()),
            StandardCharsets.US_ASCII);
    byte[] bundle = pem.repeat(SIZE / pem.length()).getBytes(StandardCharsets.US_ASCII);

    assertThat(PemReader.read(bundle)).hasSizeGreaterThan(30_000);
  }
}
