package dev.certwright.x509.chain;

import static dev.certwright.x509.chain.Mutation.pick;
import static dev.certwright.x509.chain.TestDer.bytes;
import static dev.certwright.x509.chain.TestDer.concat;
import static dev.certwright.x509.chain.TestDer.integer;
import static dev.certwright.x509.chain.TestDer.oid;
import static dev.certwright.x509.chain.TestDer.sequence;
import static dev.certwright.x509.chain.TestDer.tlv;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Signatures and their algorithms (rules GV-21 to GV-23, XS-13, XS-20 to XS-22). */
final class SignatureMutations {
  private SignatureMutations() {}

  static void addTo(List<Mutation> list) {
    list.add(new Mutation("another signature algorithm", SignatureMutations::algorithm));
    list.add(new Mutation("identifier of the signature", SignatureMutations::identifier));
    list.add(new Mutation("RSA-PSS parameters", SignatureMutations::pssParameters));
    list.add(new Mutation("form of an ECDSA signature", SignatureMutations::ecdsaForm));
    list.add(new Mutation("wrong signature", SignatureMutations::wrong));
    list.add(new Mutation("padded signature", SignatureMutations::padded));
    list.add(new Mutation("Ed25519 points of small order", SignatureMutations::smallOrder));
  }

  private static void algorithm(Scenario scenario, Random random) {
    CertificateSpec certificate = scenario.any(random);
    SignAlgorithm[] all = SignAlgorithm.values();
    SignAlgorithm choice = all[random.nextInt(all.length)];
    certificate.sign(certificate.signer, choice);
  }

  private static void identifier(Scenario scenario, Random random) {
    CertificateSpec certificate = scenario.any(random);
    byte[] known = certificate.innerAlgorithm;
    byte[] content = Arrays.copyOfRange(known, 2, known.length);
    byte[] changed =
        pick(
            random,
            sequence(content, bytes(5, 0)),
            sequence(content, bytes(5, 0), bytes(1, 1)),
            sequence(content, bytes(5)),
            sequence(content, bytes(0x1F, 1, 0)),
            sequence(content, oid("1.2.3")),
            sequence(),
            sequence(oid("1.2.3.4.5")),
            tlv(0x31, content),
            sequence(bytes(6, 3, 0x80, 1, 1)),
            sequence(bytes(6, 6, 0x2A, 0x8F, 0xFF, 0xFF, 0xFF, 0x7F)),
            sequence(bytes(6, 6, 0x2A, 0x87, 0xFF, 0xFF, 0xFF, 0x7F)));
    if (random.nextInt(3) > 0) {
      certificate.innerAlgorithm = changed;
    } else {
      certificate.outerAlgorithm = changed;
    }
  }

  private static void pssParameters(Scenario scenario, Random random) {
    TestKey.Rsa key = scenario.keys.anyRsa(random);
    CertificateSpec authority = scenario.anyAuthority(random);
    KeyMutations.rekey(scenario, authority, key, key.publicKey());
    String sha256 = "2.16.840.1.101.3.4.2.1";
    String sha384 = "2.16.840.1.101.3.4.2.2";
    byte[] none = {};
    byte[] null0 = bytes(5, 0);
    byte[] hash = tlv(0xA0, sequence(oid(sha256), pick(random, none, null0, null0, bytes(4, 0))));
    byte[] maskHash = sequence(oid(sha256), pick(random, none, null0, null0, sequence()));
    byte[] mask =
        tlv(
            0xA1,
            sequence(
                oid(pick(random, "1.2.840.113549.1.1.8", "1.2.840.113549.1.1.8", "1.2.3")),
                maskHash));
    byte[] salt =
        tlv(
            0xA2,
            pick(random, integer(32), integer(32), integer(20), bytes(2, 2, 0, 32), bytes(2, 0)));
    byte[] trailer =
        pick(
            random,
            none,
            none,
            tlv(0xA3, integer(1)),
            tlv(0xA3, integer(2)),
            tlv(0xA3, bytes(1, 1, 0xFF)),
            tlv(0xA3),
            tlv(0x83),
            null0,
            bytes(4, 1, 0),
            bytes(0x1F, 0x20, 0),
            bytes(0x1F, 1, 0));
    byte[] odd = pick(random, none, none, none, bytes(5, 0), bytes(1, 2, 3));
    byte[] identifier =
        sequence(
            oid("1.2.840.113549.1.1.10"),
            pick(
                random,
                sequence(hash, mask, salt, trailer, odd),
                sequence(hash, mask, salt, trailer, odd),
                sequence(hash, mask, salt, trailer, odd),
                sequence(hash, mask, trailer),
                sequence(mask, salt),
                sequence(hash, salt),
                // Explicit tags whose length lies: the generous reader does not look at it.
                sequence(bytes(0xA0, 1), sequence(oid(sha256), null0), mask, salt),
                sequence(hash, mask, bytes(0xA2, 1), integer(32)),
                sequence(hash, mask, bytes(0xA2, 0x81, 0x80), integer(32)),
                sequence(hash, mask, tlv(0xA2, integer(32), null0)),
                sequence(hash, mask, tlv(0x82, integer(32))),
                sequence(),
                null0,
                none),
            pick(random, none, none, none, null0));
    for (CertificateSpec child : scenario.chain) {
      if (child.signer == key) {
        child.sign(
            key,
            pick(
                random,
                SignAlgorithm.PSS_SHA256,
                SignAlgorithm.PSS_SHA256,
                SignAlgorithm.PSS_SHA256_SALT_20));
        child.innerAlgorithm = identifier;
        if (random.nextInt(8) == 0) {
          child.innerAlgorithm = SignAlgorithm.pss(sha256, sha384, 32, none);
        }
      }
    }
  }

  /** All encodings of points of order 1, 2, 4 and 8, those that RFC 8032 forbids included. */
  private static final String[] SMALL_ORDER = {
    "0100000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
  };

  /** Zero and the order, which is zero in a form that must not be used. */
  private static final String[] ZERO = {
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010"
  };

  private static void smallOrder(Scenario scenario, Random random) {
    CertificateSpec authority = scenario.anyAuthority(random);
    TestKey key = TestKey.Ed25519.of(random);
    byte[] point = HexFormat.of().parseHex(pick(random, SMALL_ORDER));
    byte[] spki = sequence(sequence(oid("1.3.101.112")), TestDer.bits(point));
    KeyMutations.rekey(scenario, authority, key, spki);
    byte[] forged = HexFormat.of().parseHex(pick(random, SMALL_ORDER) + pick(random, ZERO));
    for (CertificateSpec child : scenario.chain) {
      if (child.signer == key) {
        child.serial = integer(random.nextInt(1000));
        child.signatureChange = signature -> forged;
      }
    }
  }

  private static CertificateSpec signedByEc(Scenario scenario, Random random) {
    CertificateSpec authority = scenario.roots.get(0);
    TestKey key = scenario.keys.usual(random);
    while (!(key instanceof TestKey.Ec)) {
      key = scenario.keys.usual(random);
    }
    KeyMutations.rekey(scenario, authority, key, key.publicKey());
    return scenario.chain.get(scenario.chain.size() - 1);
  }

  private static void ecdsaForm(Scenario scenario, Random random) {
    CertificateSpec certificate = signedByEc(scenario, random);
    BigInteger order = certificate.signer instanceof TestKey.Ec key ? key.order() : BigInteger.TEN;
    int kind = random.nextInt(14);
    certificate.signatureChange =
        signature -> {
          if (signature.length < 8
              || signature[0] != 0x30
              || signature[1] != signature.length - 2) {
            return signature;
          }
          int rLength = signature[3];
          BigInteger r = new BigInteger(Arrays.copyOfRange(signature, 4, 4 + rLength));
          BigInteger s =
              new BigInteger(Arrays.copyOfRange(signature, 6 + rLength, signature.length));
          return switch (kind) {
            case 0 -> sequence(integer(r), integer(order.subtract(s)));
            case 1 -> sequence(integer(r.add(order)), integer(s));
            case 2 -> sequence(integer(r), integer(s.add(order)));
            case 3 -> sequence(integer(0), integer(s));
            case 4 -> sequence(integer(r), integer(0));
            case 5 -> sequence(integer(r.negate()), integer(s));
            case 6 -> sequence(tlv(2, bytes(0), r.toByteArray()), integer(s));
            case 7 -> concat(signature, bytes(0));
            case 8 -> sequence(integer(r), integer(s), bytes(5, 0));
            case 9 -> concat(bytes(0x30, 0x81), Arrays.copyOfRange(signature, 1, signature.length));
            case 10 -> tlv(0x31, integer(r), integer(s));
            case 11 -> sequence(integer(order), integer(s));
            case 12 -> sequence(integer(r));
            default -> new byte[0];
          };
        };
  }

  private static void wrong(Scenario scenario, Random random) {
    CertificateSpec certificate = scenario.any(random);
    int kind = random.nextInt(6);
    int at = random.nextInt(1 << 16);
    if (kind == 0) {
      TestKey other = scenario.keys.any(random);
      certificate.sign(other, other.usual());
      return;
    }
    certificate.signatureChange =
        signature -> {
          byte[] changed = signature.clone();
          if (changed.length == 0) {
            return changed;
          }
          switch (kind) {
            case 1 -> changed[at % changed.length] ^= (byte) (1 << (at >> 8 & 7));
            case 2 -> changed = Arrays.copyOf(changed, changed.length - 1);
            case 3 -> changed = concat(bytes(0), changed);
            case 4 -> changed = concat(changed, bytes(0));
            default -> Arrays.fill(changed, (byte) 0xFF);
          }
          return changed;
        };
  }

  private static void padded(Scenario scenario, Random random) {
    CertificateSpec certificate = scenario.any(random);
    int unused = 1 + random.nextInt(7);
    if (random.nextBoolean()) {
      certificate.unusedSignatureBits = unused;
    } else {
      certificate.finalChange =
          bytes -> {
            byte[] changed = bytes.clone();
            // Only claims unused bits; most signatures do not end in zeros.
            for (int i = changed.length - 1; i > 0; i--) {
              if (changed[i] == 0 && i + 80 > changed.length - 1) {
                changed[i] = (byte) unused;
                break;
              }
            }
            return changed;
          };
    }
  }
}
