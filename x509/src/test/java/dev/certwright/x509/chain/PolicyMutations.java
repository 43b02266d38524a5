package dev.certwright.x509.chain;

import static dev.certwright.x509.chain.Mutation.pick;
import static dev.certwright.x509.chain.TestDer.bytes;
import static dev.certwright.x509.chain.TestDer.concat;
import static dev.certwright.x509.chain.TestDer.integer;
import static dev.certwright.x509.chain.TestDer.oid;
import static dev.certwright.x509.chain.TestDer.sequence;
import static dev.certwright.x509.chain.TestDer.tlv;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/** Certificate policies (rules GV-30, XS-44). */
final class PolicyMutations {
  private static final String ANY = "2.5.29.32.0";

  private PolicyMutations() {}

  static void addTo(List<Mutation> list) {
    list.add(new Mutation("policies along the chain", PolicyMutations::along));
    list.add(new Mutation("policies along the chain, demanded", PolicyMutations::demanded));
    list.add(new Mutation("policies of odd form", PolicyMutations::oddForm));
  }

  private static byte[] policy(Random random) {
    return oid(pick(random, "1.2.3", "1.2.4", "1.2.5", ANY));
  }

  private static byte[] policies(Random random) {
    byte[] list = {};
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      list = concat(list, sequence(policy(random)));
    }
    return sequence(list);
  }

  private static void give(CertificateSpec certificate, Random random) {
    if (random.nextInt(5) > 0) {
      // Distinct ones mostly; a repeated policy refuses the certificate.
      certificate.put(
          Scenario.POLICIES,
          false,
          random.nextInt(6) == 0
              ? policies(random)
              : pick(
                  random,
                  sequence(sequence(oid("1.2.3"))),
                  sequence(sequence(oid("1.2.4"))),
                  sequence(sequence(oid(ANY))),
                  sequence(sequence(oid("1.2.3")), sequence(oid("1.2.4"))),
                  sequence(sequence(oid("1.2.3")), sequence(oid(ANY)))));
    }
    if (random.nextInt(2) == 0) {
      byte[] mappings = {};
      int count = 1 + random.nextInt(3);
      for (int i = 0; i < count; i++) {
        mappings =
            concat(
                mappings,
                sequence(
                    random.nextInt(10) == 0 ? oid(ANY) : oid(pick(random, "1.2.3", "1.2.4")),
                    random.nextInt(10) == 0
                        ? oid(ANY)
                        : oid(pick(random, "1.2.4", "1.2.5", "1.2.3"))));
      }
      certificate.put(Scenario.MAPPINGS, random.nextBoolean(), sequence(mappings));
    }
    if (random.nextInt(3) == 0) {
      certificate.put(
          Scenario.POLICY_CONSTRAINTS,
          true,
          sequence(
              random.nextBoolean() ? tlv(0x80, bytes(random.nextInt(3))) : new byte[0],
              random.nextBoolean() ? tlv(0x81, bytes(random.nextInt(3))) : new byte[0]));
    }
    if (random.nextInt(3) == 0) {
      certificate.put(Scenario.INHIBIT_ANY, true, integer(random.nextInt(3)));
    }
  }

  private static void along(Scenario scenario, Random random) {
    scenario.roots.forEach(root -> give(root, random));
    scenario.chain.forEach(certificate -> give(certificate, random));
  }

  private static void demanded(Scenario scenario, Random random) {
    along(scenario, random);
    CertificateSpec certificate = scenario.chain.get(random.nextInt(scenario.chain.size()));
    certificate.put(Scenario.POLICY_CONSTRAINTS, true, sequence(tlv(0x80, bytes(0))));
    if (random.nextInt(3) == 0) {
      // A self-issued step, which does not count.
      CertificateSpec other = scenario.chain.get(random.nextInt(scenario.chain.size()));
      other.subject = other.issuer;
    }
  }

  private static void oddForm(Scenario scenario, Random random) {
    CertificateSpec certificate = scenario.any(random);
    boolean critical = random.nextBoolean();
    switch (random.nextInt(4)) {
      case 0 ->
          certificate.put(
              Scenario.POLICIES,
              critical,
              pick(
                  random,
                  sequence(),
                  sequence(sequence()),
                  sequence(sequence(oid("1.2.3")), sequence(oid("1.2.3"))),
                  sequence(sequence(bytes(6, 0))),
                  sequence(sequence(bytes(6, 2, 0x80, 1))),
                  sequence(sequence(bytes(6, 1, 0x81))),
                  sequence(sequence(bytes(6, 8, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F))),
                  sequence(sequence(oid("1.2.3"), sequence(bytes(5, 0)))),
                  sequence(oid("1.2.3")),
                  tlv(0x31)));
      case 1 ->
          certificate.put(
              Scenario.MAPPINGS,
              critical,
              pick(
                  random,
                  sequence(),
                  sequence(sequence()),
                  sequence(sequence(oid("1.2.3"))),
                  sequence(sequence(bytes(6, 0), bytes(6, 0))),
                  sequence(sequence(oid("1.2.3"), oid("1.2.4"), bytes(5, 0))),
                  sequence(sequence(bytes(6, 1, 0x80), oid("1.2.4"))),
                  sequence(oid("1.2.3"))));
      case 2 ->
          certificate.put(
              Scenario.POLICY_CONSTRAINTS,
              critical,
              pick(
                  random,
                  sequence(),
                  sequence(tlv(0x80)),
                  sequence(tlv(0x80, bytes(0xFF))),
                  sequence(tlv(0x80, bytes(0, 1))),
                  sequence(tlv(0x81, bytes(0)), tlv(0x80, bytes(0))),
                  sequence(tlv(0x80, new byte[9])),
                  sequence(tlv(0x80, bytes(0x7F, 0, 0, 0, 0, 0, 0, 0))),
                  sequence(tlv(0xA0, bytes(0))),
                  sequence(bytes(5, 0)),
                  tlv(0x31),
                  sequence(tlv(0x80, bytes(0x80, 0, 0, 0, 0, 0, 0, 0)))));
      default ->
          certificate.put(
              Scenario.INHIBIT_ANY,
              critical,
              pick(
                  random,
                  integer(0),
                  integer(-1),
                  integer(BigInteger.ONE.shiftLeft(62)),
                  integer(BigInteger.ONE.shiftLeft(63)),
                  bytes(2, 2, 0, 1),
                  bytes(5, 0),
                  new byte[0],
                  concat(integer(1), bytes(9))));
    }
  }
}
