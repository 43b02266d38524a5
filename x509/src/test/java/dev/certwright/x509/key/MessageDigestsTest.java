package dev.certwright.x509.key;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

final class MessageDigestsTest {
  /** The example of FIPS 180-4 that everybody has. */
  private static final String ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  private static String abc(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest("abc".getBytes(US_ASCII)));
  }

  @Test
  void hashesAreTheSameBeforeAndAfterANativeProviderIsLoaded() {
    String before = abc(MessageDigests.of("SHA-256"));
    NativeCryptography.find();

    assertThat(before).isEqualTo(ABC);
    assertThat(abc(MessageDigests.of("SHA-256"))).isEqualTo(ABC);
  }

  @Test
  void whatOneIsToldTheNextDoesNotKnow() {
    MessageDigest first = MessageDigests.of("SHA-256");
    first.update((byte) 'x');

    assertThat(abc(MessageDigests.of("SHA-256"))).isEqualTo(ABC);
    assertThat(abc(first)).isNotEqualTo(ABC);
  }
}
