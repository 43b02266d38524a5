package dev.certwright.x509.chain;

import static dev.certwright.x509.chain.Mutation.pick;
import static dev.certwright.x509.chain.TestDer.integer;
import static dev.certwright.x509.chain.TestDer.sequence;
import static dev.certwright.x509.chain.TestDer.text;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/** What makes the judge work: dear keys, long detours, many names, big certificates. */
final class CostMutations {
  private CostMutations() {}

  static void addTo(List<Mutation> list) {
    list.add(new Mutation("crowd with dear keys", CostMutations::dearCrowd));
    list.add(new Mutation("long way of dear keys", CostMutations::longWay));
    list.add(new Mutation("big certificates", CostMutations::big));
  }

  /** Candidates for the leaf's issuer whose keys are dear to check with; only one made it. */
  private static void dearCrowd(Scenario scenario, Random random) {
    int count = random.nextInt(8) == 0 ? pick(random, 15, 20, 25, 41, 101) : 1 + random.nextInt(6);
    CertificateSpec leaf = scenario.leaf();
    boolean rsa = random.nextBoolean();
    int bits = pick(random, 2048, 4096, 8192);
    if (rsa) {
      leaf.innerAlgorithm = SignAlgorithm.RSA_SHA256.identifier();
      byte[] forged = new byte[bits / 8];
      random.nextBytes(forged);
      forged[0] = 0;
      leaf.signatureChange = signature -> forged;
    }
    TestKey.Ec dear = pick(random, scenario.keys.p384(), scenario.keys.p521());
    for (int i = 0; i < count; i++) {
      CertificateSpec one =
          scenario.authority(
              /* issuer= */ scenario.roots.get(0).subject,
              /* subject= */ leaf.issuer,
              dear,
              scenario.roots.get(0).signer);
      one.serial = integer(3_000 + i);
      if (rsa) {
        BigInteger modulus = new BigInteger(bits, random).setBit(bits - 1).setBit(0);
        one.publicKey =
            TestKey.Rsa.spki(
                modulus, BigInteger.valueOf(pick(random, 3L, 65_537L, (long) Integer.MAX_VALUE)));
      } else if (i > 0) {
        one.publicKey = dear.other(i).publicKey();
      }
      scenario.chain.add(random.nextInt(3) > 0 ? 1 : scenario.chain.size(), one);
    }
    if (!rsa && random.nextBoolean()) {
      leaf.sign(dear, dear.usual());
    }
  }

  /** Every certificate really signed by the next, the last by nobody or by the root. */
  private static void longWay(Scenario scenario, Random random) {
    int length = random.nextInt(8) == 0 ? pick(random, 18, 19, 20, 21, 40, 101) : random.nextInt(9);
    TestKey key = pick(random, scenario.keys.p384(), scenario.keys.p521(), scenario.keys.p256());
    CertificateSpec leaf = scenario.leaf();
    CertificateSpec root = scenario.roots.get(0);
    for (int i = 0; i < length; i++) {
      byte[] issuer = i == length - 1 ? root.subject : Scenario.name("way " + (i + 1));
      boolean last = i == length - 1 && random.nextBoolean();
      CertificateSpec one =
          scenario.authority(issuer, Scenario.name("way " + i), key, last ? root.signer : key);
      scenario.chain.add(one);
    }
    leaf.issuer = length == 0 ? leaf.issuer : Scenario.name("way 0");
    leaf.sign(key, key.usual());
  }

  /** Thousands of alternative names against subtrees, or of attributes of the subject. */
  private static void big(Scenario scenario, Random random) {
    CertificateSpec certificate = scenario.any(random);
    int count = random.nextInt(8) == 0 ? 2_000 : 20;
    byte[][] parts = new byte[count][];
    for (int i = 0; i < count; i++) {
      parts[i] = text(0x82, "n" + random.nextInt(1_000) + ".example");
    }
    certificate.put(Scenario.SAN, false, sequence(parts));
    byte[][] subtrees = new byte[count][];
    for (int i = 0; i < count; i++) {
      subtrees[i] = sequence(text(0x82, "n" + random.nextInt(1_000_000) + ".example"));
    }
    scenario
        .anyAuthority(random)
        .put(
            Scenario.NAME_CONSTRAINTS,
            random.nextBoolean(),
            sequence(TestDer.tlv(0xA1, TestDer.concat(subtrees))));
  }
}
