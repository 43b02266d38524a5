package dev.certwright.x509.chain;

import static dev.certwright.x509.chain.Mutation.pick;
import static dev.certwright.x509.chain.TestDer.bool;
import static dev.certwright.x509.chain.TestDer.bytes;
import static dev.certwright.x509.chain.TestDer.integer;
import static dev.certwright.x509.chain.TestDer.octets;
import static dev.certwright.x509.chain.TestDer.sequence;
import static dev.certwright.x509.chain.TestDer.text;
import static dev.certwright.x509.chain.TestDer.tlv;

import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Which certificates are trusted and presented, in which order (rules GV-05, GV-27 to GV-35, XS-30
 * to XS-36).
 */
final class ShapeMutations {
  private ShapeMutations() {}

  static void addTo(List<Mutation> list) {
    list.add(new Mutation("certificate missing", ShapeMutations::missing));
    list.add(new Mutation("other order", ShapeMutations::shuffled));
    list.add(new Mutation("repeated certificates", ShapeMutations::repeated));
    list.add(new Mutation("unrelated certificates", ShapeMutations::unrelated));
    list.add(new Mutation("same name, other key", ShapeMutations::sameNameOtherKey));
    list.add(new Mutation("crowd of the same name", ShapeMutations::crowd));
    list.add(new Mutation("cross-signed", ShapeMutations::crossSigned));
    list.add(new Mutation("loop", ShapeMutations::loop));
    list.add(new Mutation("trusted leaf", ShapeMutations::trustedLeaf));
    list.add(new Mutation("root among the presented", ShapeMutations::presentedRoot));
    list.add(new Mutation("intermediate among the trusted", ShapeMutations::trustedIntermediate));
    list.add(new Mutation("twin of the root", ShapeMutations::twinOfRoot));
    list.add(new Mutation("old root", ShapeMutations::oldVersion));
    list.add(new Mutation("expired authority and its successor", ShapeMutations::successor));
    list.add(
        new Mutation(
            "any extended key usage", (scenario, random) -> scenario.anyExtendedKeyUsage = true));
    list.add(new Mutation("web of authorities", ShapeMutations::web));
  }

  private static void missing(Scenario scenario, Random random) {
    if (random.nextInt(12) == 0) {
      scenario.roots.clear();
    } else if (random.nextInt(12) == 0) {
      scenario.chain.clear();
    } else if (scenario.chain.size() > 1) {
      scenario.chain.remove(1 + random.nextInt(scenario.chain.size() - 1));
    }
  }

  private static void shuffled(Scenario scenario, Random random) {
    if (scenario.chain.size() > 1) {
      Collections.shuffle(
          random.nextInt(6) == 0
              ? scenario.chain
              : scenario.chain.subList(1, scenario.chain.size()),
          random);
    }
  }

  private static void repeated(Scenario scenario, Random random) {
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      scenario.chain.add(scenario.any(random));
      scenario.roots.add(scenario.roots.get(random.nextInt(scenario.roots.size())));
    }
  }

  private static void unrelated(Scenario scenario, Random random) {
    TestKey key = scenario.keys.any(random);
    CertificateSpec other =
        scenario.authority(Scenario.name("other"), Scenario.name("other"), key, key);
    if (random.nextBoolean()) {
      scenario.roots.add(random.nextInt(scenario.roots.size() + 1), other);
    } else {
      scenario.chain.add(1 + random.nextInt(scenario.chain.size()), other);
    }
  }

  private static CertificateSpec impostor(Scenario scenario, CertificateSpec of, Random random) {
    TestKey key = scenario.keys.any(random);
    CertificateSpec impostor = scenario.authority(of.issuer, of.subject, key, key);
    if (random.nextInt(3) == 0) {
      impostor.put(Scenario.SKI, false, octets(bytes(1, 2, 3)));
    }
    return impostor;
  }

  private static void sameNameOtherKey(Scenario scenario, Random random) {
    CertificateSpec impostor = impostor(scenario, scenario.anyAuthority(random), random);
    if (random.nextBoolean()) {
      scenario.roots.add(random.nextInt(scenario.roots.size() + 1), impostor);
    } else {
      scenario.chain.add(1 + random.nextInt(scenario.chain.size()), impostor);
    }
  }

  /** Around upstream's limit of a hundred candidates. */
  private static void crowd(Scenario scenario, Random random) {
    int count = pick(random, 3, 50, 97, 98, 99, 100, 101, 120);
    if (random.nextInt(6) > 0) {
      count = pick(random, 2, 5, 9);
    }
    CertificateSpec model = scenario.anyAuthority(random);
    boolean trusted = random.nextBoolean();
    boolean sameKey = random.nextInt(3) == 0;
    boolean first = random.nextInt(4) > 0;
    CertificateSpec impostor = impostor(scenario, model, random);
    for (int i = 0; i < count; i++) {
      CertificateSpec one = sameKey ? model.copy() : impostor.copy();
      one.serial = integer(1000 + i);
      if (sameKey && random.nextInt(3) == 0) {
        one.put(Scenario.SAN, false, sequence(text(0x82, "a" + i)));
      }
      if (trusted) {
        scenario.roots.add(first ? 0 : scenario.roots.size(), one);
      } else {
        scenario.chain.add(first ? 1 : scenario.chain.size(), one);
      }
    }
    if (random.nextInt(3) == 0) {
      model.put(Scenario.SKI, false, octets(bytes(7)));
      scenario.leaf().put(Scenario.AKI, false, sequence(tlv(0x80, bytes(7))));
    }
  }

  private static void crossSigned(Scenario scenario, Random random) {
    CertificateSpec authority = scenario.anyAuthority(random);
    TestKey key = scenario.keys.usual(random);
    CertificateSpec otherRoot =
        scenario.authority(Scenario.name("root 2"), Scenario.name("root 2"), key, key);
    CertificateSpec cross = authority.copy();
    cross.issuer = otherRoot.subject;
    cross.sign(key, key.usual());
    cross.serial = integer(99);
    if (random.nextBoolean()) {
      scenario.roots.add(otherRoot);
    }
    if (random.nextInt(3) == 0) {
      otherRoot.notAfter = text(0x17, "250601000000Z");
    }
    if (random.nextInt(3) == 0) {
      cross.put(Scenario.SAN, false, sequence(text(0x82, "x")));
    }
    scenario.chain.add(1 + random.nextInt(scenario.chain.size()), cross);
    if (random.nextInt(3) == 0) {
      scenario.roots.remove(0);
    }
  }

  private static void loop(Scenario scenario, Random random) {
    TestKey a = scenario.keys.usual(random);
    TestKey b = scenario.keys.usual(random);
    CertificateSpec one = scenario.authority(Scenario.name("B"), Scenario.name("A"), a, b);
    CertificateSpec two = scenario.authority(Scenario.name("A"), Scenario.name("B"), b, a);
    scenario.chain.add(one);
    scenario.chain.add(two);
    if (random.nextInt(3) == 0) {
      CertificateSpec three = two.copy();
      three.put(Scenario.SAN, false, sequence(text(0x82, "x")));
      three.serial = integer(5);
      scenario.chain.add(three);
    }
    CertificateSpec leaf = scenario.leaf();
    leaf.issuer = one.subject;
    leaf.sign(a, a.usual());
    if (random.nextBoolean()) {
      CertificateSpec bridge =
          scenario.authority(
              scenario.roots.get(0).subject, Scenario.name("A"), a, scenario.roots.get(0).signer);
      scenario.chain.add(bridge);
    }
  }

  private static void trustedLeaf(Scenario scenario, Random random) {
    CertificateSpec leaf = scenario.leaf();
    scenario.roots.add(leaf);
    if (random.nextBoolean()) {
      scenario.roots.remove(0);
    }
    switch (random.nextInt(6)) {
      case 0 -> leaf.signatureChange = signature -> bytes(1);
      case 1 -> leaf.remove(Scenario.EKU);
      case 2 -> leaf.issuer = leaf.subject;
      case 3 -> leaf.put("1.2.3.4", true, bytes(5, 0));
      case 4 -> leaf.notAfter = text(0x17, "250601000000Z");
      default -> leaf.put(Scenario.EKU, false, sequence(TestDer.oid("1.3.6.1.5.5.7.3.1")));
    }
  }

  private static void presentedRoot(Scenario scenario, Random random) {
    scenario.chain.add(scenario.roots.get(0));
    if (random.nextBoolean()) {
      scenario.roots.clear();
      TestKey key = scenario.keys.usual(random);
      scenario.roots.add(
          scenario.authority(Scenario.name("other"), Scenario.name("other"), key, key));
    }
  }

  private static void trustedIntermediate(Scenario scenario, Random random) {
    if (scenario.chain.size() > 1) {
      scenario.roots.add(scenario.chain.get(1 + random.nextInt(scenario.chain.size() - 1)));
      if (random.nextBoolean()) {
        scenario.roots.remove(0);
      }
    }
  }

  /** A leaf or CA with the name and key of the root, or of another CA. */
  private static void twinOfRoot(Scenario scenario, Random random) {
    CertificateSpec root = scenario.anyAuthority(random);
    CertificateSpec other = scenario.chain.get(random.nextInt(scenario.chain.size()));
    other.subject = root.subject;
    if (random.nextInt(4) > 0) {
      other.publicKey = root.publicKey;
    }
    if (random.nextInt(3) == 0) {
      other.put(Scenario.SAN, false, sequence(text(0x82, "x")));
    }
    if (random.nextInt(3) == 0) {
      root.put(Scenario.SAN, false, sequence(text(0x82, pick(random, "x", "y"))));
    }
  }

  private static void oldVersion(Scenario scenario, Random random) {
    CertificateSpec authority = scenario.anyAuthority(random);
    authority.version = pick(random, new byte[0], tlv(0xA0, integer(1)));
    if (random.nextBoolean()) {
      authority.extensions.clear();
    }
  }

  private static void successor(Scenario scenario, Random random) {
    CertificateSpec authority = scenario.anyAuthority(random);
    CertificateSpec old = authority.copy();
    old.serial = integer(3);
    old.notAfter = text(0x17, "250601000000Z");
    boolean trusted = scenario.roots.contains(authority);
    List<CertificateSpec> list = trusted ? scenario.roots : scenario.chain;
    list.add(trusted ? random.nextInt(list.size() + 1) : 1 + random.nextInt(list.size()), old);
    if (random.nextInt(4) == 0) {
      list.remove(authority);
    }
  }

  /** Authorities that sign each other at random, some trusted. */
  private static void web(Scenario scenario, Random random) {
    int count = 2 + random.nextInt(5);
    TestKey[] keys = new TestKey[count];
    for (int i = 0; i < count; i++) {
      keys[i] = scenario.keys.usual(random);
    }
    int edges = count + random.nextInt(10);
    for (int i = 0; i < edges; i++) {
      int from = random.nextInt(count);
      int to = random.nextInt(count);
      CertificateSpec ca =
          scenario.authority(
              Scenario.name("w" + from), Scenario.name("w" + to), keys[to], keys[from]);
      ca.serial = integer(100 + i);
      switch (random.nextInt(8)) {
        case 0 -> ca.put(Scenario.BASIC, true, sequence(bool(true), integer(random.nextInt(3))));
        case 1 -> ca.notAfter = text(0x17, "250601000000Z");
        case 2 -> ca.put(Scenario.SAN, false, sequence(text(0x82, "s" + random.nextInt(2))));
        case 3 ->
            ca.put(
                Scenario.EKU,
                false,
                sequence(TestDer.oid(pick(random, Scenario.CLIENT_AUTH, "1.3.6.1.5.5.7.3.1"))));
        case 4 -> ca.put(Scenario.SKI, false, octets(bytes(random.nextInt(3))));
        case 5 -> ca.put(Scenario.AKI, false, sequence(tlv(0x80, bytes(random.nextInt(3)))));
        default -> ca.afterExtensions = new byte[0];
      }
      if (random.nextInt(6) == 0) {
        scenario.roots.add(ca);
      } else {
        scenario.chain.add(ca);
      }
    }
    CertificateSpec leaf = scenario.leaf();
    int issuer = random.nextInt(count);
    leaf.issuer = Scenario.name("w" + issuer);
    leaf.sign(keys[issuer], keys[issuer].usual());
    if (random.nextBoolean()) {
      CertificateSpec bridge =
          scenario.authority(
              scenario.roots.get(0).subject,
              Scenario.name("w0"),
              keys[0],
              scenario.roots.get(0).signer);
      scenario.chain.add(bridge);
    }
  }
}
