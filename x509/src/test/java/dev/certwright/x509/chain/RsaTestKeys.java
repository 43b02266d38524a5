package dev.certwright.x509.chain;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/**
 * RSA keys of tests, the same for all runs, of primes that were found once: to look for others
 * takes seconds of each run.
 */
final class RsaTestKeys {
  static final TestKey.Rsa OF_2048_BITS =
      TestKey.Rsa.of(65_537, prime(1024, 201), prime(1024, 689));

  /** Too short for upstream (rule XS-20). */
  static final TestKey.Rsa OF_1023_BITS = TestKey.Rsa.of(65_537, prime(512, 90), prime(511, 185));

  static final List<TestKey.Rsa> ALL =
      List.of(
          OF_2048_BITS,
          TestKey.Rsa.of(65_537, prime(1024, 1601), prime(1024, 1681)),
          TestKey.Rsa.of(65_537, prime(512, 24), prime(512, 52)),
          TestKey.Rsa.of(65_537, prime(516, 368), prime(515, 295)),
          OF_1023_BITS,
          TestKey.Rsa.of(65_537, prime(384, 114), prime(384, 443)),
          TestKey.Rsa.of(3, prime(1024, 10_972), prime(1024, 11_203)));

  private RsaTestKeys() {}

  /** A prime if this seed is one of those above; the highest two of its bits are set. */
  private static BigInteger prime(int bits, int seed) {
    return new BigInteger(bits, new Random(seed)).setBit(bits - 1).setBit(bits - 2).setBit(0);
  }
}
