package dev.certwright.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.SigningKey;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NewAuthorityTest {
  private static final SigningKey KEY = new PortableCryptography().generate(KeyType.P_256);

  @ParameterizedTest
  @ValueSource(strings = {"kubernetes", "prod ca", "Zertifikate für Gäste", "認証局", "x"})
  void nameIsTakenAsItIs(String name) {
    CertificateAuthority authority = create(name, Duration.ofDays(1));

    assertThat(authority.certificate().subject().toString()).isEqualTo("CN=" + name);
    assertThat(authority.certificate().isSignedBy(authority.certificate())).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | name-empty",
        "' ca' | name-blanks",
        "'c\u0001a' | name-control",
        "'c\u202Ea' | name-bidi",
        "'c\u200Ba' | name-zero-width",
      })
  void nameThatCannotBeSeenAsItIsIsRefused(String name, String rule) {
    assertThatThrownBy(() -> create(name, Duration.ofDays(1)))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused ->
                assertThat(refused.findings()).extracting(Finding::rule).containsExactly(rule));
  }

  @Test
  void nameOfMoreThan64CharactersIsRefusedRfc5280() {
    assertThat(create("x".repeat(64), Duration.ofDays(1)).certificate().subject()).isNotNull();
    assertThatThrownBy(() -> create("x".repeat(65), Duration.ofDays(1)))
        .isInstanceOf(RefusedException.class)
        .hasMessageContaining("65 characters");
  }

  private static CertificateAuthority create(String name, Duration lifetime) {
    return new NewAuthority(name, lifetime).create(KEY, BigInteger.ONE, Instant.now());
  }
}
