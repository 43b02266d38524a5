package dev.certwright.x509.chain;

import static dev.certwright.x509.chain.Mutation.pick;
import static dev.certwright.x509.chain.TestDer.bytes;
import static dev.certwright.x509.chain.TestDer.concat;
import static dev.certwright.x509.chain.TestDer.oid;
import static dev.certwright.x509.chain.TestDer.rdn;
import static dev.certwright.x509.chain.TestDer.sequence;
import static dev.certwright.x509.chain.TestDer.text;
import static dev.certwright.x509.chain.TestDer.tlv;

import java.util.List;
import java.util.Random;

/** Subjects and issuers (rules, XS-01 to XS-05, GV-03). */
final class NameMutations {
  private static final String UID = "1.3.6.1.4.1.57683.2";

  private NameMutations() {}

  static void addTo(List<Mutation> list) {
    list.add(new Mutation("subject of odd attributes", NameMutations::oddSubject));
    list.add(new Mutation("subject built at random", NameMutations::randomSubject));
    list.add(new Mutation("uid", NameMutations::uid));
    list.add(new Mutation("issuer that looks the same", NameMutations::likeIssuer));
    list.add(new Mutation("empty names", NameMutations::emptyNames));
  }

  private static byte[] value(Random random) {
    String word =
        pick(
            random,
            "",
            "jane",
            "a",
            "system:masters",
            "Jäger",
            "名",
            "x\u0000y",
            " ",
            "*.a&b",
            "user@host",
            "a_b",
            "12 3",
            "😀");
    int tag =
        pick(
            random, 0x0C, 0x0C, 0x0C, 0x13, 0x16, 0x14, 0x12, 0x1E, 0x1C, 0x1A, 0x1B, 0x02, 0x04,
            0x30, 0x2C, 0x13, 0x05);
    if (tag == 0x1E) {
      byte[] utf16 = word.getBytes(java.nio.charset.StandardCharsets.UTF_16BE);
      byte[] odd =
          pick(
              random,
              new byte[0],
              bytes(0, 0),
              bytes(0),
              bytes(0xFF, 0xFE),
              bytes(0xD8, 0),
              bytes(0xFD, 0xD0),
              bytes(0xFD, 0xEF),
              bytes(0xFF, 0xFF),
              bytes(0, 0, 0, 0));
      return tlv(tag, utf16, odd);
    }
    byte[] broken =
        pick(
            random,
            new byte[0],
            new byte[0],
            new byte[0],
            bytes(0x80),
            bytes(0xC0, 0x80),
            bytes(0xED, 0xA0, 0x80),
            bytes(0xF4, 0x90, 0x80, 0x80),
            bytes(0xE2, 0x82));
    return tlv(
        tag, Scenario.ascii(""), word.getBytes(java.nio.charset.StandardCharsets.UTF_8), broken);
  }

  private static byte[] attribute(Random random) {
    String type =
        pick(
            random,
            Scenario.CN,
            Scenario.CN,
            Scenario.O,
            Scenario.O,
            "2.5.4.11",
            UID,
            "2.5.4.5",
            "2.5.4.3.1",
            "2.5.4.45",
            "1.2.840.113549.1.9.1");
    byte[] value = random.nextInt(3) > 0 ? text(0x0C, pick(random, "a", "b", "")) : value(random);
    byte[] after = random.nextInt(8) == 0 ? bytes(1, 2, 3) : new byte[0];
    return sequence(oid(type), value, after);
  }

  private static void randomSubject(Scenario scenario, Random random) {
    byte[] content = {};
    int count = random.nextInt(6);
    for (int i = 0; i < count; i++) {
      byte[] set = {};
      int inSet = random.nextInt(4) == 0 ? random.nextInt(4) : 1;
      for (int k = 0; k < inSet; k++) {
        set = concat(set, attribute(random));
      }
      content = concat(content, tlv(random.nextInt(40) == 0 ? 0x30 : 0x31, set));
    }
    scenario.leaf().subject = sequence(content);
  }

  private static void oddSubject(Scenario scenario, Random random) {
    byte[] content =
        concat(
            rdn(Scenario.O, value(random)),
            rdn(Scenario.CN, random.nextBoolean() ? value(random) : text(0x0C, "jane")));
    if (random.nextInt(4) == 0) {
      content = concat(content, rdn(Scenario.CN, value(random)));
    }
    if (random.nextInt(8) == 0) {
      content = concat(content, tlv(0x31), rdn("2.5.4.11", text(0x0C, "x")));
    }
    scenario.leaf().subject = sequence(content);
  }

  private static void uid(Scenario scenario, Random random) {
    byte[] content = scenario.leaf().subject;
    byte[] inner = java.util.Arrays.copyOfRange(content, 2, content.length);
    int count = 1 + random.nextInt(2);
    for (int i = 0; i < count; i++) {
      byte[] one =
          rdn(UID, random.nextInt(3) == 0 ? value(random) : text(0x0C, pick(random, "u", "", "v")));
      inner = random.nextBoolean() ? concat(inner, one) : concat(one, inner);
    }
    scenario.leaf().subject = sequence(inner);
  }

  private static void likeIssuer(Scenario scenario, Random random) {
    CertificateSpec certificate = scenario.chain.get(random.nextInt(scenario.chain.size()));
    int kind = random.nextInt(4);
    if (kind == 0) {
      certificate.issuer = sequence(rdn(Scenario.CN, text(0x13, "root")));
    } else if (kind == 1) {
      certificate.issuer = sequence(rdn(Scenario.CN, text(0x0C, "Root")));
    } else if (kind == 2) {
      certificate.issuer = sequence(rdn(Scenario.CN, text(0x0C, "root ")));
    } else {
      certificate.issuer = sequence(rdn(Scenario.CN, value(random)));
    }
  }

  private static void emptyNames(Scenario scenario, Random random) {
    CertificateSpec root = scenario.roots.get(0);
    byte[] empty = pick(random, sequence(), sequence(tlv(0x31)));
    for (CertificateSpec child : scenario.chain) {
      if (java.util.Arrays.equals(child.issuer, root.subject)) {
        child.issuer = empty;
      }
    }
    root.subject = empty;
    if (random.nextBoolean()) {
      root.issuer = empty;
    }
  }
}
