package dev.certwright.x509.chain;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.der.DerReader;
import dev.certwright.x509.key.PortableSignatureVerifier;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemScanner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Any bytes for a bundle, for a chain and for DER give a verdict or an {@link X509Exception}. As
 * with the readers, the ordinary build runs the kept corpus only.
 */
final class ChainFuzzTest {
  private static final Instant TIME = Instant.parse("2026-01-01T00:00:00Z");
  private static final ClientVerification VERIFICATION =
      new ClientVerification(new PortableSignatureVerifier());
  private static final TestKeys KEYS = new TestKeys(3);

  /** Steps over what is no bundle, as kube-apiserver does; nothing of it is ever trusted twice. */
  @FuzzTest(maxDuration = "10s")
  void bundle(byte[] bytes) {
    int certificates = 0;
    for (PemBlock block : PemScanner.scan(bytes)) {
      certificates += block.label().equals(PemBlock.CERTIFICATE) ? 1 : 0;
    }
    try {
      assertThat(TrustAnchors.ofPem(bytes).certificates()).hasSizeBetween(1, certificates);
    } catch (X509Exception refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  /** The blocks are the chain, and the last of them is trusted. */
  @FuzzTest(maxDuration = "10s")
  void chain(byte[] bytes) {
    List<byte[]> presented = new ArrayList<>();
    for (PemBlock block : PemScanner.scan(bytes)) {
      presented.add(block.bytes());
    }
    judge(presented);
  }

  /** Length, certificate, length, certificate …: what a fuzzer changes does not have to be PEM. */
  @FuzzTest(maxDuration = "10s")
  void encodedChain(byte[] bytes) {
    List<byte[]> presented = new ArrayList<>();
    for (int at = 0; at + 2 <= bytes.length; ) {
      int length = (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
      int end = Math.min(bytes.length, at + 2 + length);
      presented.add(Arrays.copyOfRange(bytes, at + 2, end));
      at = end;
    }
    judge(presented);
  }

  /**
   * The bytes choose mutations of a good chain; a verdict names nobody and a stage, or somebody.
   */
  @FuzzTest(maxDuration = "10s")
  void mutations(byte[] bytes) {
    Scenario scenario = Scenario.good(KEYS, bytes.length % 3, new Random(bytes.length % 7));
    for (int i = 0; i + 1 < bytes.length && i < 8; i += 2) {
      if (!scenario.chain.isEmpty() && !scenario.roots.isEmpty()) {
        Mutation mutation = Mutation.ALL.get((bytes[i] & 0xFF) % Mutation.ALL.size());
        try {
          mutation.change().apply(scenario, new Random(bytes[i + 1]));
        } catch (IndexOutOfBoundsException | IllegalArgumentException brokenBefore) {
          // As in the differential: the case stays as it is.
        }
      }
    }
    ChainAnswer answer =
        new ChainJudge(new PortableSignatureVerifier())
            .answer(scenario.question("1", new CertificateSpec.SignatureMemory()));

    assertThat(answer.ok()).isEqualTo(answer.stage().isEmpty());
    assertThat(answer.ok()).isNotEqualTo(answer.name().isEmpty());
  }

  @FuzzTest(maxDuration = "10s")
  void der(byte[] bytes) {
    walk(DerReader.of(bytes), 0);
  }

  /** Sequences of sequences as deep as a certificate is; every other element is skipped. */
  private static void walk(DerReader reader, int depth) {
    try {
      while (!reader.isEmpty()) {
        byte[] element = reader.readElement();
        assertThat(element).hasSizeGreaterThanOrEqualTo(2);
        if (depth < 8 && (element[0] & 0x20) != 0) {
          walk(DerReader.of(element).readAny(), depth + 1);
        }
      }
    } catch (X509Exception refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  private static void judge(List<byte[]> presented) {
    try {
      List<Certificate> trusted = new ArrayList<>();
      if (!presented.isEmpty()) {
        trusted.add(Certificate.of(presented.get(presented.size() - 1)));
      }
      ClientVerdict verdict =
          VERIFICATION.verifyEncoded(presented, TrustAnchors.of(trusted), TIME, Purpose.ANY);
      if (verdict instanceof ClientVerdict.Refused refused) {
        assertThat(refused.refusal().message()).isNotBlank();
      } else {
        assertThat(((ClientVerdict.Accepted) verdict).identity().name()).isNotEmpty();
      }
    } catch (X509Exception unreadable) {
      assertThat(unreadable.getMessage()).isNotBlank();
    }
  }
}
