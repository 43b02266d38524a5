package dev.certwright.x509.chain;

import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Keys of every family that matters, made once for a run. */
final class TestKeys {
  /** The same for all runs: they take long to find. */
  private static final class Made {
    static final List<TestKey.Rsa> RSA = new ArrayList<>();

    static {
      Random random = new Random(1);
      for (int bits : new int[] {2048, 2048, 1024, 1031, 1023, 768}) {
        RSA.add(TestKey.Rsa.of(bits, 65537, random));
      }
      RSA.add(TestKey.Rsa.of(2048, 3, random));
    }
  }

  private final List<TestKey> usual = new ArrayList<>();
  private final List<TestKey> all = new ArrayList<>();
  private final TestKey.Ec p256;
  private final TestKey.Ec p384;
  private final TestKey.Ec p521;

  TestKeys(long seed) {
    Random random = new Random(seed);
    p256 = TestKey.Ec.of("secp256r1", "1.2.840.10045.3.1.7", random);
    usual.add(p256);
    for (int i = 1; i < 6; i++) {
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
    all.addAll(Made.RSA);
  }

  /** Of the cheap and common ones. */
  TestKey usual(Random random) {
    return usual.get(random.nextInt(usual.size()));
  }

  TestKey.Ec p256() {
    return p256;
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

  /** The private key that belongs to this SubjectPublicKeyInfo; null if it is none of these. */
  @Nullable PrivateKey privateKeyOf(byte[] publicKey) {
    for (TestKey key : all) {
      if (Arrays.equals(key.publicKey(), publicKey)) {
        return key.privateKey();
      }
    }
    return null;
  }

  TestKey.Rsa anyRsa(Random random) {
    return Made.RSA.get(random.nextInt(Made.RSA.size()));
  }
}
