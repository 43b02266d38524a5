package dev.certwright.x509.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Keys of every family that matters, made once for a run. */
final class TestKeys {
  private final List<TestKey> usual = new ArrayList<>();
  private final List<TestKey> all = new ArrayList<>();
  private final List<TestKey.Rsa> rsa = new ArrayList<>();
  private final TestKey.Ec p384;
  private final TestKey.Ec p521;

  TestKeys(long seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 6; i++) {
      usual.add(TestKey.Ec.of("secp256r1", "1.2.840.10045.3.1.7", random));
    }
    usual.add(TestKey.Ed25519.of(random));
    usual.add(TestKey.Ed25519.of(random));
    all.addAll(usual);
    all.add(TestKey.Ec.of("secp224r1", "1.3.132.0.33", random));
    p384 = TestKey.Ec.of("secp384r1", "1.3.132.0.34", random);
    p521 = TestKey.Ec.of("secp521r1", "1.3.132.0.35", random);
    all.add(p384);
    all.add(p521);
    for (int bits : new int[] {2048, 2048, 1024, 1031, 1023, 768}) {
      rsa.add(TestKey.Rsa.of(bits, 65537, random));
    }
    rsa.add(TestKey.Rsa.of(2048, 3, random));
    all.addAll(rsa);
  }

  /** Of the cheap and common ones. */
  TestKey usual(Random random) {
    return usual.get(random.nextInt(usual.size()));
  }

  /** One of the usual ones. */
  TestKey p256() {
    return usual.get(0);
  }

  TestKey.Ec p384() {
    return p384;
  }

  TestKey.Ec p521() {
    return p521;
  }

  TestKey any(Random random) {
    return all.get(random.nextInt(all.size()));
  }

  TestKey.Rsa anyRsa(Random random) {
    return rsa.get(random.nextInt(rsa.size()));
  }
}
