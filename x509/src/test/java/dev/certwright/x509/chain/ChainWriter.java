package dev.certwright.x509.chain;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/**
 * Prints questions about chains, one a line, for measurements. Arguments: the kind and how many.
 *
 * <ul>
 *   <li>{@code p-256}: clients of a P-256 CA
 *   <li>{@code p-256-intermediate}: the same below an intermediate, which is presented
 *   <li>{@code rsa-2048}: clients with P-256 keys of an RSA CA
 *   <li>{@code hostile}: good chains with mutations that make the judge work
 * </ul>
 *
 * Each client is another one, so that nothing can be remembered.
 */
public final class ChainWriter {
  private static final TestKeys KEYS = new TestKeys(1);
  private static final CertificateSpec.SignatureMemory MEMORY =
      new CertificateSpec.SignatureMemory();

  private ChainWriter() {}

  /** See the class. */
  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[1]);
    BufferedWriter out =
        new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.US_ASCII));
    for (int i = 0; i < count; i++) {
      Scenario scenario = arguments[0].equals("hostile") ? hostile(i) : good(arguments[0], i);
      out.write(scenario.question(Integer.toString(i), MEMORY).line());
      out.write('\n');
    }
    out.flush();
  }

  private static Scenario good(String kind, int number) {
    TestKey client = TestKey.Ec.of("secp256r1", "1.2.840.10045.3.1.7", new Random(number));
    TestKey authority = kind.equals("rsa-2048") ? RsaTestKeys.OF_2048_BITS : KEYS.p256();
    Scenario scenario =
        Scenario.good(KEYS, kind.equals("p-256-intermediate") ? 1 : 0, new Random(1));
    CertificateSpec root = scenario.roots.get(0);
    KeyMutations.rekey(scenario, root, authority, authority.publicKey());
    scenario.leaf().publicKey = client.publicKey();
    scenario.leaf().serial = TestDer.integer(1_000 + number);
    if (scenario.chain.size() > 1) {
      TestKey between = KEYS.p256().other(1);
      KeyMutations.rekey(scenario, scenario.chain.get(1), between, between.publicKey());
    }
    return scenario;
  }

  private static Scenario hostile(int number) {
    Random random = new Random(number);
    Scenario scenario = Scenario.good(KEYS, random.nextInt(3), random);
    Mutation.named(
            Mutation.pick(
                random,
                "crowd with dear keys",
                "long way of dear keys",
                "big certificates",
                "crowd of the same name",
                "web of authorities"))
        .change()
        .apply(scenario, random);
    return scenario;
  }
}
