package dev.certwright.x509.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.interfaces.RSAPrivateCrtKey;
import org.junit.jupiter.api.Test;

class RsaTestKeysTest {
  @Test
  void areOfPrimesAndHaveTheLengthsThatMatter() {
    for (TestKey.Rsa key : RsaTestKeys.ALL) {
      RSAPrivateCrtKey numbers = (RSAPrivateCrtKey) key.privateKey();

      assertThat(numbers.getPrimeP().isProbablePrime(50)).isTrue();
      assertThat(numbers.getPrimeQ().isProbablePrime(50)).isTrue();
    }
    assertThat(RsaTestKeys.ALL)
        .extracting(TestKey.Rsa::modulus)
        .extracting(BigInteger::bitLength)
        .containsExactly(2048, 2048, 1024, 1031, 1023, 768, 2048);
  }
}
