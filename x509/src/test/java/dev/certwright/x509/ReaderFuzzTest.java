package dev.certwright.x509;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.PrivateKeyReader;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemReader;

/**
 * Any bytes give a value or an {@link X509Exception}. The ordinary build runs the kept corpus; with
 * {@code JAZZER_FUZZ=1} one method at a time searches for more.
 */
final class ReaderFuzzTest {

  @FuzzTest(maxDuration = "10s")
  void pem(byte[] bytes) {
    try {
      for (PemBlock block : PemReader.read(bytes)) {
        assertThat(block.toString()).isNotEmpty();
      }
    } catch (X509Exception refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  @FuzzTest(maxDuration = "10s")
  void certificate(byte[] bytes) {
    try {
      Certificate certificate = Certificate.of(bytes);
      certificate.extensions().basicConstraints();
      certificate.extensions().keyUsage();
      certificate.extensions().extendedKeyUsage();
      certificate.extensions().subjectKeyIdentifier();
      certificate.extensions().authorityKeyIdentifier();
      certificate.isSignedBy(certificate);
      certificate.signatureAlgorithmDescription();
      SubjectIdentity.of(certificate);
      assertThat(certificate.toString()).isNotEmpty();
    } catch (X509Exception refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  @FuzzTest(maxDuration = "10s")
  void request(byte[] bytes) {
    try {
      CertificateRequest request = CertificateRequest.of(bytes);
      request.provesPossession();
      request.signatureAlgorithmDescription();
      SubjectIdentity.of(request);
    } catch (X509Exception refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  @FuzzTest(maxDuration = "10s")
  void privateKey(byte[] bytes) {
    try {
      new PortableCryptography().signingKey(PrivateKeyReader.read(bytes, PasswordSource.NONE));
    } catch (X509Exception refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }
}
