package dev.certwright.x509.key;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The native form; where there is none for the platform, what is used in its place. */
final class NativeCryptographyTest {
  private static final List<KeyType> TYPES = List.of(KeyType.P_256, KeyType.P_384, KeyType.P_256);

  private final Cryptography cryptography = NativeCryptography.orPortable();

  @Test
  void onLinuxWithAnIntelProcessorItIsFoundAndElsewhereNothingBreaks() {
    boolean here =
        System.getProperty("os.name").equals("Linux")
            && System.getProperty("os.arch").equals("amd64")
            && Files.notExists(Path.of("/lib/ld-musl-x86_64.so.1"));

    assertThat(cryptography.description().startsWith("native")).isEqualTo(here);
  }

  @Test
  void keysThatTakeTurnsInSeveralThreadsSignEachForItself() throws Exception {
    List<SigningKey> keys = new ArrayList<>();
    for (KeyType type : TYPES) {
      keys.add(cryptography.generate(type));
      keys.add(cryptography.adopt(new PortableCryptography().generate(type)));
    }
    assertThat(keys).extracting(key -> key.publicKey().encoded()).doesNotHaveDuplicates();
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try {
      List<Callable<Integer>> work =
          List.of(() -> wrong(keys), () -> wrong(keys), () -> wrong(keys));
      for (var one : threads.invokeAll(work)) {
        assertThat(one.get()).isZero();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** How many signatures are not of their key. */
  private static int wrong(List<SigningKey> keys) {
    int wrong = 0;
    for (int i = 0; i < 300; i++) {
      SigningKey key = keys.get(i * 5 % keys.size());
      byte[] message = ("message " + i).getBytes(US_ASCII);
      byte[] signature = key.sign(message);
      wrong +=
          new PortableSignatureVerifier()
                  .verify(key.publicKey(), key.signatureAlgorithm(), message, signature)
              ? 0
              : 1;
    }
    return wrong;
  }
}
