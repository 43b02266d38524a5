package dev.certwright.x509;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.testing.OpenSsl;
import dev.certwright.x509.key.PortableSignatureVerifier;
import dev.certwright.x509.pem.PemReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EquivalentEncodingsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "EC -pkeyopt ec_paramgen_curve:P-256, 6, 6",
    "EC -pkeyopt ec_paramgen_curve:P-384, 6, 6",
    "EC -pkeyopt ec_paramgen_curve:P-521, 6, 6",
    "RSA -pkeyopt rsa_keygen_bits:2048, 1, 8",
    "ED25519, 1, 8",
  })
  void everyEncodingIsTakenForTheSameCertificateAndHasAnIdOfItsOwn(String key, int least, int most)
      throws IOException {
    for (int i = 0; i < 4; i++) {
      Certificate certificate = selfSigned(key);

      List<byte[]> encodings = EquivalentEncodings.of(certificate);

      assertThat(encodings).hasSizeBetween(least, most);
      assertThat(encodings).anyMatch(one -> java.util.Arrays.equals(one, certificate.encoded()));
      Set<String> ids = new HashSet<>();
      for (byte[] encoded : encodings) {
        Certificate other = Certificate.of(encoded);
        assertThat(ids.add(other.credentialId().value())).isTrue();
        assertThat(other.toBeSigned()).isEqualTo(certificate.toBeSigned());
        assertThat(other.hasSignatureOf(certificate.publicKey(), new PortableSignatureVerifier()))
            .isTrue();
        assertThat(EquivalentEncodings.credentialIds(other))
            .containsExactlyInAnyOrderElementsOf(EquivalentEncodings.credentialIds(certificate));
      }
      assertThat(EquivalentEncodings.credentialIds(certificate)).hasSize(ids.size());
    }
  }

  private Certificate selfSigned(String key) throws IOException {
    OpenSsl.run(folder, "genpkey -algorithm " + key + " -out key");
    OpenSsl.run(folder, "req -x509 -new -key key -subj /CN=jane -days 2 -out crt");
    return Certificate.of(PemReader.read(Files.readAllBytes(folder.resolve("crt"))).get(0).bytes());
  }
}
