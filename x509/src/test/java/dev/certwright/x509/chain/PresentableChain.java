package dev.certwright.x509.chain;

import dev.certwright.x509.Certificate;
import dev.certwright.x509.X509Exception;
import java.security.PrivateKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * A random or hostile chain that can be presented to a server: valid now, unless a mutation decides
 * otherwise.
 *
 * @param id seed, number and mutations
 * @param roots DER of the CAs that the chain was made for
 * @param presented DER, leaf first
 * @param key of the leaf; null if nobody has it, because the leaf's key is made up
 */
public record PresentableChain(
    String id, List<byte[]> roots, List<byte[]> presented, @Nullable PrivateKey key) {
  private static final byte[] USUAL_END = TestDer.text(0x17, "270101000000Z");
  private static final byte[] LATE_END = TestDer.text(0x17, "491231235959Z");

  /** So many of them; the same seed makes the same, but for RSA-PSS signatures. */
  public static List<PresentableChain> generate(long seed, int count) {
    TestKeys keys = new TestKeys(seed);
    CertificateSpec.SignatureMemory memory = new CertificateSpec.SignatureMemory();
    List<PresentableChain> chains = new ArrayList<>();
    for (int number = 0; chains.size() < count; number++) {
      Random random = new Random(seed * 1_000_003L + number);
      Scenario scenario = Scenario.good(keys, random.nextInt(3), random);
      StringBuilder id = new StringBuilder("seed " + seed + ", number " + number);
      int mutations = number % 10 == 0 ? 0 : 1 + random.nextInt(2);
      for (int i = 0; i < mutations; i++) {
        Mutation mutation = Mutation.ALL.get(random.nextInt(Mutation.ALL.size()));
        if (scenario.chain.isEmpty() || scenario.roots.isEmpty()) {
          break;
        }
        try {
          mutation.change().apply(scenario, random);
          id.append(", ").append(mutation.name());
        } catch (IndexOutOfBoundsException | IllegalArgumentException brokenBefore) {
          id.append(", not ").append(mutation.name());
        }
      }
      if (!scenario.chain.isEmpty()) {
        chains.add(of(id.toString(), scenario, keys, memory));
      }
    }
    return chains;
  }

  private static PresentableChain of(
      String id, Scenario scenario, TestKeys keys, CertificateSpec.SignatureMemory memory) {
    List<byte[]> presented = encoded(scenario.chain, memory);
    return new PresentableChain(
        id, encoded(scenario.roots, memory), presented, key(presented.get(0), keys));
  }

  private static @Nullable PrivateKey key(byte[] leaf, TestKeys keys) {
    try {
      return keys.privateKeyOf(Certificate.of(leaf).publicKey().encoded());
    } catch (X509Exception unreadable) {
      return null;
    }
  }

  private static List<byte[]> encoded(
      List<CertificateSpec> specs, CertificateSpec.SignatureMemory memory) {
    List<byte[]> encoded = new ArrayList<>();
    for (CertificateSpec spec : specs) {
      spec.notAfter = Arrays.equals(spec.notAfter, USUAL_END) ? LATE_END : spec.notAfter;
      encoded.add(spec.encode(memory));
    }
    return encoded;
  }
}
