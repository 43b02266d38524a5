package dev.certwright.x509.chain;

import static dev.certwright.x509.chain.Mutation.pick;
import static dev.certwright.x509.chain.TestDer.bool;
import static dev.certwright.x509.chain.TestDer.bytes;
import static dev.certwright.x509.chain.TestDer.concat;
import static dev.certwright.x509.chain.TestDer.integer;
import static dev.certwright.x509.chain.TestDer.octets;
import static dev.certwright.x509.chain.TestDer.oid;
import static dev.certwright.x509.chain.TestDer.sequence;
import static dev.certwright.x509.chain.TestDer.text;
import static dev.certwright.x509.chain.TestDer.tlv;

import java.math.BigInteger;
import java.util.List;
import java.util.Random;

/**
 * Extensions other than names and policies (rules GV-07 to GV-20, XS-10 to XS-14, XS-31 to XS-34).
 */
final class ExtensionMutations {
  private ExtensionMutations() {}

  static void addTo(List<Mutation> list) {
    list.add(new Mutation("basic constraints", ExtensionMutations::basicConstraints));
    list.add(new Mutation("path length", ExtensionMutations::pathLength));
    list.add(new Mutation("key usage", ExtensionMutations::keyUsage));
    list.add(new Mutation("extended key usage", ExtensionMutations::extendedKeyUsage));
    list.add(new Mutation("extended key usage along the chain", ExtensionMutations::nestedUsage));
    list.add(new Mutation("key identifiers", ExtensionMutations::keyIdentifiers));
    list.add(new Mutation("unknown extension", ExtensionMutations::unknown));
    list.add(new Mutation("extension twice", ExtensionMutations::twice));
    list.add(new Mutation("extension of odd form", ExtensionMutations::oddForm));
    list.add(new Mutation("extension lost", ExtensionMutations::lost));
    list.add(new Mutation("places to ask", ExtensionMutations::places));
    list.add(new Mutation("malformed value", ExtensionMutations::malformed));
  }

  private static void basicConstraints(Scenario scenario, Random random) {
    byte[] value =
        pick(
            random,
            sequence(),
            sequence(bool(true)),
            sequence(bool(false)),
            sequence(bytes(1, 1, 1)),
            sequence(bytes(1, 2, 0xFF, 0xFF)),
            sequence(bool(true), integer(0)),
            sequence(integer(0)),
            sequence(bool(true), integer(-1)),
            sequence(bool(true), integer(1), bytes(5, 0)),
            sequence(bool(true), integer(BigInteger.ONE.shiftLeft(31))),
            sequence(bool(true), integer(BigInteger.ONE.shiftLeft(32))),
            sequence(bool(true), integer(BigInteger.ONE.shiftLeft(63).subtract(BigInteger.ONE))),
            sequence(bool(true), integer(BigInteger.ONE.shiftLeft(63))),
            sequence(bool(true), integer(BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE))),
            sequence(bool(true), integer(BigInteger.ONE.shiftLeft(64))),
            sequence(bool(true), bytes(2, 2, 0, 1)),
            sequence(bytes(5, 0), bool(true)),
            tlv(0x31),
            new byte[0]);
    scenario.any(random).put(Scenario.BASIC, random.nextBoolean(), value);
  }

  private static void pathLength(Scenario scenario, Random random) {
    CertificateSpec authority = scenario.anyAuthority(random);
    authority.put(Scenario.BASIC, true, sequence(bool(true), integer(random.nextInt(3))));
    if (random.nextInt(3) == 0) {
      for (CertificateSpec other : scenario.chain) {
        other.issuer = authority.subject;
      }
    }
  }

  private static void keyUsage(Scenario scenario, Random random) {
    byte[] value =
        pick(
            random,
            tlv(3, bytes(2, 0x04)),
            tlv(3, bytes(7, 0x80)),
            tlv(3, bytes(0)),
            tlv(3, bytes(0, 0)),
            tlv(3, bytes(0, 0xFB)),
            tlv(3, bytes(0, 0xFF, 0x80)),
            tlv(3, bytes(7, 0, 0x80)),
            tlv(3, bytes(6, 0, 0x40)),
            tlv(3, bytes(2, 0x05)),
            tlv(3, bytes(8, 0x04)),
            tlv(3, bytes(1)),
            tlv(3),
            tlv(3, bytes(0, 0x04, 0, 0, 0, 0)),
            tlv(4, bytes(0x04)),
            tlv(3, bytes(2, 0x04), bytes(0)));
    scenario.any(random).put(Scenario.KEY_USAGE, random.nextBoolean(), value);
  }

  private static final String[] PURPOSES = {
    Scenario.CLIENT_AUTH,
    Scenario.CLIENT_AUTH,
    "1.3.6.1.5.5.7.3.1",
    "2.5.29.37.0",
    "1.3.6.1.5.5.7.3.3",
    "1.2.3.4",
    "1.3.6.1.4.1.311.10.3.3",
    "2.16.840.1.113730.4.1",
    "1.3.6.1.5.5.7.3.2.1",
    "2.5.29.37"
  };

  private static byte[] purposes(Random random) {
    byte[] list = {};
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      list = concat(list, oid(PURPOSES[random.nextInt(PURPOSES.length)]));
    }
    return random.nextInt(12) == 0
        ? sequence(list, pick(random, bytes(5, 0), bytes(6, 0), bytes(6, 1, 0x80)))
        : sequence(list);
  }

  private static void extendedKeyUsage(Scenario scenario, Random random) {
    scenario.any(random).put(Scenario.EKU, random.nextBoolean(), purposes(random));
  }

  private static void nestedUsage(Scenario scenario, Random random) {
    for (CertificateSpec root : scenario.roots) {
      if (random.nextBoolean()) {
        root.put(Scenario.EKU, false, purposes(random));
      }
    }
    for (CertificateSpec certificate : scenario.chain) {
      if (random.nextBoolean()) {
        certificate.put(Scenario.EKU, false, purposes(random));
      }
    }
    scenario.anyExtendedKeyUsage = random.nextInt(4) == 0;
  }

  private static void keyIdentifiers(Scenario scenario, Random random) {
    CertificateSpec certificate = scenario.any(random);
    boolean critical = random.nextInt(6) == 0;
    if (random.nextBoolean()) {
      certificate.put(
          Scenario.SKI,
          critical,
          pick(
              random,
              octets(bytes(1, 2, 3)),
              octets(new byte[0]),
              octets(bytes(9)),
              bytes(5, 0),
              concat(octets(bytes(1)), bytes(0)),
              new byte[0]));
    } else {
      certificate.put(
          Scenario.AKI,
          critical,
          pick(
              random,
              sequence(tlv(0x80, bytes(1, 2, 3))),
              sequence(tlv(0x80, bytes(9))),
              sequence(tlv(0x80)),
              sequence(),
              sequence(tlv(0xA0, bytes(1))),
              sequence(tlv(0xA1, bytes(5, 0)), tlv(0x82, bytes(1))),
              sequence(bytes(0x80, 5, 1)),
              tlv(0x80, bytes(1)),
              concat(sequence(), bytes(0))));
    }
  }

  private static void unknown(Scenario scenario, Random random) {
    scenario
        .any(random)
        .put(
            pick(
                random,
                "1.2.3.4",
                "2.5.29.99",
                "2.5.29",
                "2.5.29.15.1",
                "2.5.29.18",
                "2.5.29.46",
                "1.3.6.1.5.5.7.1.24",
                "2.5.29.2147483647",
                "1.3.6.1.4.1.11129.2.4.3"),
            random.nextBoolean(),
            pick(random, bytes(5, 0), new byte[0], bytes(1, 2, 3)));
  }

  private static void twice(Scenario scenario, Random random) {
    CertificateSpec certificate = scenario.any(random);
    if (!certificate.extensions.isEmpty()) {
      certificate.extensions.add(
          certificate.extensions.get(random.nextInt(certificate.extensions.size())));
    }
  }

  private static void oddForm(Scenario scenario, Random random) {
    CertificateSpec certificate = scenario.any(random);
    if (certificate.extensions.isEmpty()) {
      return;
    }
    CertificateSpec.ExtensionSpec extension =
        certificate.extensions.get(random.nextInt(certificate.extensions.size()));
    extension.critical =
        pick(
            random,
            bool(false),
            bool(true),
            bytes(1, 1, 1),
            bytes(1, 0),
            bytes(1, 2, 0, 0),
            new byte[0],
            concat(bool(true), bool(true)),
            bytes(5, 0));
  }

  private static void lost(Scenario scenario, Random random) {
    CertificateSpec certificate = scenario.any(random);
    if (random.nextInt(4) == 0) {
      certificate.extensions.clear();
    } else if (!certificate.extensions.isEmpty()) {
      certificate.extensions.remove(random.nextInt(certificate.extensions.size()));
    }
  }

  private static void places(Scenario scenario, Random random) {
    byte[] uri = text(0x86, "http://x");
    if (random.nextBoolean()) {
      byte[] access = sequence(oid("1.3.6.1.5.5.7.48.1"), uri);
      scenario
          .any(random)
          .put(
              Scenario.AIA,
              random.nextInt(6) == 0,
              pick(
                  random,
                  sequence(access),
                  sequence(access, access),
                  sequence(),
                  sequence(sequence()),
                  sequence(sequence(oid("1.2.3"), bytes(0x82, 1, 65))),
                  sequence(bytes(5, 0)),
                  sequence(sequence(oid("1.2.3"))),
                  sequence(sequence(oid("1.2.3"), bytes(0x86, 9))),
                  bytes(5, 0),
                  sequence(sequence(oid("1.2.3"), bytes(0x1F)))));
    } else {
      scenario
          .any(random)
          .put(
              Scenario.CRL_POINTS,
              random.nextInt(4) == 0,
              pick(
                  random,
                  sequence(sequence(tlv(0xA0, tlv(0xA0, uri)))),
                  sequence(sequence(tlv(0xA0, tlv(0xA0, uri, uri, bytes(5, 0))))),
                  sequence(sequence(tlv(0xA0, tlv(0xA0, bytes(0x86, 9))))),
                  sequence(sequence(tlv(0xA0, tlv(0xA1, uri)))),
                  sequence(sequence(tlv(0xA0))),
                  sequence(sequence(tlv(0x81, bytes(0)))),
                  sequence(sequence()),
                  sequence(),
                  sequence(uri),
                  bytes(4, 0),
                  sequence(sequence(tlv(0x80, uri)))));
    }
  }

  private static void malformed(Scenario scenario, Random random) {
    String type =
        pick(
            random,
            Scenario.BASIC,
            Scenario.KEY_USAGE,
            Scenario.EKU,
            Scenario.SAN,
            Scenario.NAME_CONSTRAINTS,
            Scenario.POLICIES,
            Scenario.MAPPINGS,
            Scenario.POLICY_CONSTRAINTS,
            Scenario.INHIBIT_ANY,
            Scenario.SKI,
            Scenario.AKI,
            Scenario.AIA,
            Scenario.CRL_POINTS);
    byte[] value = new byte[random.nextInt(12)];
    random.nextBytes(value);
    if (value.length > 1 && random.nextInt(3) > 0) {
      value[0] = pick(random, (byte) 0x30, (byte) 3, (byte) 4, (byte) 2);
      value[1] = (byte) (value.length - 2);
    }
    scenario.any(random).put(type, random.nextBoolean(), value);
  }
}
