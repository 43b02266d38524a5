package dev.certwright.x509.chain;

import static dev.certwright.x509.chain.Mutation.pick;
import static dev.certwright.x509.chain.TestDer.bits;
import static dev.certwright.x509.chain.TestDer.bytes;
import static dev.certwright.x509.chain.TestDer.concat;
import static dev.certwright.x509.chain.TestDer.integer;
import static dev.certwright.x509.chain.TestDer.oid;
import static dev.certwright.x509.chain.TestDer.sequence;
import static dev.certwright.x509.chain.TestDer.tlv;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Public keys (rules XS-13, XS-20 to XS-22, X-03). */
final class KeyMutations {
  private static final String P256 = "1.2.840.10045.3.1.7";

  private KeyMutations() {}

  static void addTo(List<Mutation> list) {
    list.add(new Mutation("another family of keys", KeyMutations::family));
    list.add(new Mutation("odd EC key", KeyMutations::oddEc));
    list.add(new Mutation("odd RSA key", KeyMutations::oddRsa));
    list.add(new Mutation("odd RSA key that signs", KeyMutations::oddSigningRsa));
    list.add(new Mutation("odd other key", KeyMutations::oddOther));
    list.add(new Mutation("key padded or followed", KeyMutations::padded));
  }

  /** Gives an authority another key, with everything below it signed anew. */
  static void rekey(Scenario scenario, CertificateSpec authority, TestKey key, byte[] spki) {
    byte[] old = authority.publicKey;
    authority.publicKey = spki;
    for (CertificateSpec child : scenario.chain) {
      if (Arrays.equals(child.issuer, authority.subject)
          && Arrays.equals(child.signer.publicKey(), old)) {
        child.sign(key, key.usual());
      }
    }
    if (Arrays.equals(authority.issuer, authority.subject)) {
      authority.sign(key, key.usual());
    }
  }

  private static void family(Scenario scenario, Random random) {
    TestKey key = scenario.keys.any(random);
    if (random.nextInt(4) == 0) {
      scenario.leaf().publicKey = key.publicKey();
    } else {
      rekey(scenario, scenario.anyAuthority(random), key, key.publicKey());
    }
  }

  private static byte[] anyPoint(Random random) {
    byte[] point = TestKey.Ec.of("secp256r1", P256, random).publicKey();
    return Arrays.copyOfRange(point, point.length - 65, point.length);
  }

  private static void oddEc(Scenario scenario, Random random) {
    byte[] point = anyPoint(random);
    String curve = P256;
    switch (random.nextInt(12)) {
      case 0 -> point = concat(bytes(2 + (point[64] & 1)), Arrays.copyOfRange(point, 1, 33));
      case 1 -> point[0] = (byte) (6 + (point[64] & 1));
      case 2 -> point = bytes(0);
      case 3 -> point[64] ^= 1;
      case 4 -> point = Arrays.copyOf(point, 64);
      case 5 -> point = Arrays.copyOf(point, 66);
      case 6 ->
          curve =
              pick(random, "1.3.132.0.10", "1.3.132.0.34", "1.3.132.0.35", "1.3.132.0.33", "1.2.3");
      case 7 -> Arrays.fill(point, 1, 33, (byte) 0xFF);
      case 8 -> Arrays.fill(point, 1, 65, (byte) 0);
      case 9 -> {
        scenario.any(random).publicKey = sequence(sequence(oid("1.2.840.10045.2.1")), bits(point));
        return;
      }
      case 10 -> {
        scenario.any(random).publicKey =
            sequence(
                sequence(
                    oid("1.2.840.10045.2.1"),
                    pick(
                        random,
                        bytes(5, 0),
                        sequence(),
                        concat(oid(P256), bytes(5, 0)),
                        bytes(6, 0))),
                bits(point));
        return;
      }
      default -> point = new byte[0];
    }
    scenario.any(random).publicKey = TestKey.Ec.spki(curve, point);
  }

  private static void oddRsa(Scenario scenario, Random random) {
    BigInteger modulus = new BigInteger(2048, random).setBit(2047).setBit(0);
    BigInteger exponent = BigInteger.valueOf(65537);
    switch (random.nextInt(8)) {
      case 0 ->
          exponent =
              pick(
                  random,
                  BigInteger.ZERO,
                  BigInteger.ONE,
                  BigInteger.TWO,
                  BigInteger.valueOf(3),
                  BigInteger.valueOf(-3),
                  BigInteger.ONE.shiftLeft(63).subtract(BigInteger.ONE),
                  BigInteger.ONE.shiftLeft(63),
                  BigInteger.ONE.shiftLeft(31).add(BigInteger.ONE));
      case 1 -> modulus = modulus.clearBit(0);
      case 2 -> modulus = modulus.negate();
      case 3 -> modulus = BigInteger.ZERO;
      case 4 -> {
        int bits = pick(random, 8192, 8193, 8200, 9000, 512, 1023, 1024);
        modulus = new BigInteger(bits, random).setBit(bits - 1).setBit(0);
      }
      case 5 -> {
        byte[] key = sequence(integer(modulus), integer(exponent));
        scenario.any(random).publicKey =
            sequence(
                sequence(
                    oid("1.2.840.113549.1.1.1"),
                    pick(
                        random,
                        new byte[0],
                        bytes(5, 0, 5, 0),
                        bytes(5, 1, 0),
                        sequence(),
                        bytes(5, 0x81, 0))),
                bits(key));
        return;
      }
      case 6 -> {
        byte[] key =
            pick(
                random,
                sequence(integer(modulus), integer(exponent), bytes(5, 0)),
                concat(sequence(integer(modulus), integer(exponent)), bytes(1, 2, 3)),
                sequence(integer(modulus)),
                sequence(integer(exponent), bytes(2, 2, 0, 1)),
                sequence(integer(modulus), bytes(2, 2, 0, 1)),
                tlv(0x31, integer(modulus), integer(exponent)),
                new byte[0]);
        scenario.any(random).publicKey =
            sequence(sequence(oid("1.2.840.113549.1.1.1"), bytes(5, 0)), bits(key));
        return;
      }
      default -> exponent = BigInteger.valueOf(4);
    }
    scenario.any(random).publicKey = TestKey.Rsa.spki(modulus, exponent);
  }

  private static void oddSigningRsa(Scenario scenario, Random random) {
    TestKey.Rsa key = scenario.keys.anyRsa(random);
    CertificateSpec authority = scenario.anyAuthority(random);
    byte[] body = sequence(integer(key.modulus()), integer(65537));
    byte[] plain = sequence(oid("1.2.840.113549.1.1.1"), bytes(5, 0));
    byte[] spki =
        pick(
            random,
            key.publicKey(),
            sequence(plain, bits(concat(body, bytes(0)))),
            sequence(plain, bits(body), bytes(5, 0)),
            sequence(sequence(oid("1.2.840.113549.1.1.1"), bytes(5, 0), bytes(7, 7)), bits(body)),
            sequence(plain, bits(sequence(integer(key.modulus()), integer(65537), bytes(9)))));
    rekey(scenario, authority, key, spki);
    SignAlgorithm algorithm =
        pick(
            random,
            SignAlgorithm.RSA_SHA256,
            SignAlgorithm.RSA_SHA384,
            SignAlgorithm.RSA_SHA512,
            SignAlgorithm.PSS_SHA256,
            SignAlgorithm.PSS_SHA384,
            SignAlgorithm.PSS_SHA512,
            SignAlgorithm.RSA_SHA1,
            SignAlgorithm.RSA_MD5,
            SignAlgorithm.RSA_SHA224);
    for (CertificateSpec child : scenario.chain) {
      if (child.signer == key) {
        child.sign(key, algorithm);
      }
    }
  }

  private static void oddOther(Scenario scenario, Random random) {
    byte[] dsa = sequence(integer(7), integer(5), integer(3));
    String ed = "1.3.101.112";
    scenario.any(random).publicKey =
        pick(
            random,
            sequence(sequence(oid(ed)), bits(new byte[31])),
            sequence(sequence(oid(ed)), bits(new byte[32])),
            sequence(sequence(oid(ed)), bits(new byte[33])),
            sequence(sequence(oid(ed), bytes(5, 0)), bits(new byte[32])),
            sequence(sequence(oid("1.3.101.110")), bits(new byte[32])),
            sequence(sequence(oid("1.3.101.110")), bits(new byte[5])),
            sequence(sequence(oid("1.2.3.4")), bits(new byte[5])),
            sequence(sequence(oid("1.2.3.4"), bytes(5)), bits(new byte[5])),
            sequence(sequence(oid("1.2.3.4"), bytes(0x1F, 1, 0)), bits(new byte[5])),
            sequence(sequence(oid("1.2.840.10040.4.1"), dsa), bits(integer(2))),
            sequence(sequence(oid("1.2.840.10040.4.1"), dsa), bits(integer(0))),
            sequence(sequence(oid("1.2.840.10040.4.1")), bits(integer(2))),
            sequence(
                sequence(oid("1.2.840.10040.4.1"), sequence(integer(7), integer(5), integer(0))),
                bits(integer(2))),
            sequence(sequence(oid("1.2.840.113549.1.1.10")), bits(new byte[5])),
            sequence(sequence(), bits(new byte[5])),
            sequence(sequence(oid("1.2.3.4")), bytes(3, 0)),
            sequence(sequence(oid("1.2.3.4"))),
            sequence());
  }

  private static void padded(Scenario scenario, Random random) {
    CertificateSpec certificate = scenario.any(random);
    byte[] whole = certificate.publicKey;
    // Both parts of a P-256 or Ed25519 key have short headers.
    int header = whole[1] < 0 ? 2 + (whole[1] & 0x7F) : 2;
    int identifier = 2 + whole[header + 1];
    byte[] ai = Arrays.copyOfRange(whole, header, header + identifier);
    byte[] bitString = Arrays.copyOfRange(whole, header + identifier, whole.length);
    int bitHeader = bitString[1] < 0 ? 2 + (bitString[1] & 0x7F) : 2;
    byte[] content = Arrays.copyOfRange(bitString, bitHeader + 1, bitString.length);
    int unused = 1 + random.nextInt(8);
    certificate.publicKey =
        pick(
            random,
            sequence(ai, bitString, bytes(1, 2)),
            sequence(ai, tlv(3, CertificateSpec.shifted(content, unused))),
            sequence(ai, tlv(3, bytes(unused), content)),
            sequence(ai, tlv(3, bytes(0), bytes(0), content)),
            sequence(ai, tlv(4, content)));
  }
}
