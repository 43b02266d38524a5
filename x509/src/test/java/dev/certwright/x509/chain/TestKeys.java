package dev.certwright.x509.chain;

import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Keys of every family that matters, made once for a run. */
final class TestKeys {
  private final List<TestKey> usual = new ArrayList<>();
  private final List<TestKey> others = new ArrayList<>();
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
    others.addAll(usual);
    others.add(TestKey.Ec.of("secp224r1", "1.3.132.0.33", random));
    p384 = TestKey.Ec.of("secp384r1", "1.3.132.0.34", random);
    p521 = TestKey.Ec.of("secp521r1", "1.3.132.0.35", random);
    others.add(p384);
    others.add(p521);
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

  /** RSA, which takes longest, is one of six. */
  TestKey any(Random random) {
    return random.nextInt(6) == 0 ? anyRsa(random) : others.get(random.nextInt(others.size()));
  }

  /** The private key that belongs to this SubjectPublicKeyInfo; null if it is none of these. */
  @Nullable PrivateKey privateKeyOf(byte[] publicKey) {
    List<TestKey> all = new ArrayList<>(others);
    all.addAll(RsaTestKeys.ALL);
    for (TestKey key : all) {
      if (Arrays.equals(key.publicKey(), publicKey)) {
        return key.privateKey();
      }
    }
    return null;
  }

  TestKey.Rsa anyRsa(Random random) {
    return RsaTestKeys.ALL.get(random.nextInt(RsaTestKeys.ALL.size()));
  }
}
