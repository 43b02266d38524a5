package dev.certwright.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialIdTest {

  @Test
  void idIsThePrefixAndLowerCaseHexX17() {
    byte[] digest = new byte[32];
    digest[0] = (byte) 0xAB;
    digest[31] = 0x0F;

    assertThat(CredentialId.ofSha256(digest).value())
        .isEqualTo("X509SHA256=ab" + "00".repeat(30) + "0f");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "X509SHA256=", "x509sha256=00", "X509SHA256=AB"})
  void textsOfAnotherFormAreRefused(String text) {
    assertThat(CredentialId.isWellFormed(text)).isFalse();
    assertThatThrownBy(() -> new CredentialId(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void upperCaseHexIsRefusedBecauseUpstreamComparesBytes() {
    assertThat(CredentialId.isWellFormed("X509SHA256=" + "AB".repeat(32))).isFalse();
  }
}
