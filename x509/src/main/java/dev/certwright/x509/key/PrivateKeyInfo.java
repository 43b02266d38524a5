package dev.certwright.x509.key;

import dev.certwright.x509.Oids;
import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.der.DerException;
import dev.certwright.x509.der.DerReader;
import dev.certwright.x509.der.DerWriter;
import dev.certwright.x509.der.Oid;
import dev.certwright.x509.der.Tag;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemWriter;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A private key as data: PKCS#8 (RFC 5958) inside, read from any of the usual forms. It prints as
 * its family only.
 */
public final class PrivateKeyInfo {
  private final byte[] pkcs8;
  private final Oid algorithm;
  private final @Nullable Oid curve;
  private final byte[] inner;

  private PrivateKeyInfo(byte[] pkcs8, Oid algorithm, @Nullable Oid curve, byte[] inner) {
    this.pkcs8 = pkcs8;
    this.algorithm = algorithm;
    this.curve = curve;
    this.inner = inner;
  }

  /**
   * From PKCS#8.
   *
   * @throws dev.certwright.x509.X509Exception if the bytes are not PKCS#8
   */
  static PrivateKeyInfo ofPkcs8(byte[] pkcs8) {
    DerReader outer = DerReader.of(pkcs8);
    DerReader info = outer.read(Tag.SEQUENCE);
    outer.requireEnd("a private key");
    int version = info.readSmallInteger();
    if (version != 0 && version != 1) {
      throw new KeyException("expected a PKCS#8 key of version 1 or 2, found " + (version + 1));
    }
    DerReader identifier = info.read(Tag.SEQUENCE);
    Oid algorithm = identifier.readOid();
    Oid curve = null;
    byte[] inner = info.readOctetString();
    if (algorithm.equals(Oids.EC_PUBLIC_KEY)) {
      curve = requireCurve(identifier);
      requireSec1(inner, curve);
    } else if (algorithm.equals(Oids.RSA_ENCRYPTION)) {
      requirePkcs1(inner);
    }
    return new PrivateKeyInfo(pkcs8, algorithm, curve, inner);
  }

  /** Both may name a curve, and then it is the same (RFC 5915 3). */
  private static void requireSec1(byte[] sec1, Oid curve) {
    DerReader key = DerReader.of(sec1).read(Tag.SEQUENCE);
    key.readSmallInteger();
    key.readOctetString();
    if (key.nextIs(Tag.constructed(0))
        && !requireCurve(key.read(Tag.constructed(0))).equals(curve)) {
      throw new KeyException("an EC key that names two curves, one outside and another inside");
    }
  }

  /** A version and eight positive numbers; more of them (RFC 8017 A.1.2) are used by nobody. */
  private static void requirePkcs1(byte[] pkcs1) {
    DerReader outer = DerReader.of(pkcs1);
    DerReader key = outer.read(Tag.SEQUENCE);
    outer.requireEnd("an RSA key");
    int version = key.readSmallInteger();
    if (version != 0) {
      throw new KeyException("an RSA key of more than two primes; two are expected");
    }
    for (int i = 0; i < 8; i++) {
      if (key.readInteger().signum() <= 0) {
        throw new DerException("an RSA key with a number that is not positive");
      }
    }
  }

  /** From PKCS#1 (RFC 8017 A.1.2), the form of {@code BEGIN RSA PRIVATE KEY}. */
  static PrivateKeyInfo ofPkcs1(byte[] pkcs1) {
    DerWriter writer = new DerWriter();
    int whole = writer.mark();
    writer.octets(pkcs1);
    int identifier = writer.mark();
    writer.nothing().oid(Oids.RSA_ENCRYPTION).wrap(Tag.SEQUENCE, identifier);
    return ofPkcs8(writer.integer(0).wrap(Tag.SEQUENCE, whole).toByteArray());
  }

  /** From SEC1 (RFC 5915), the form of {@code BEGIN EC PRIVATE KEY}; it must name its curve. */
  static PrivateKeyInfo ofSec1(byte[] sec1) {
    DerReader key = DerReader.of(sec1).read(Tag.SEQUENCE);
    key.readSmallInteger();
    byte[] scalar = key.readOctetString();
    if (!key.nextIs(Tag.constructed(0))) {
      throw new KeyException("an EC key that does not name its curve");
    }
    return ofEc(requireCurve(key.read(Tag.constructed(0))), new BigInteger(1, scalar));
  }

  private static Oid requireCurve(DerReader reader) {
    if (!reader.nextIs(Tag.OBJECT_IDENTIFIER)) {
      throw new KeyException(
          "an EC key with explicit curve parameters; only named curves are used");
    }
    return reader.readOid();
  }

  /** From the number that is the key. */
  static PrivateKeyInfo ofEc(Oid curve, BigInteger scalar) {
    EcCurve known = EcCurve.of(curve);
    DerWriter writer = new DerWriter();
    int whole = writer.mark();
    int octets = writer.mark();
    writer.octets(known.fixedLength(scalar)).integer(1).wrap(Tag.SEQUENCE, octets);
    writer.wrap(Tag.OCTET_STRING, octets);
    int identifier = writer.mark();
    writer.oid(curve).oid(Oids.EC_PUBLIC_KEY).wrap(Tag.SEQUENCE, identifier);
    return ofPkcs8(writer.integer(0).wrap(Tag.SEQUENCE, whole).toByteArray());
  }

  /** From the 32 bytes that are the key (RFC 8410 7). */
  static PrivateKeyInfo ofEd25519(byte[] seed) {
    DerWriter writer = new DerWriter();
    int whole = writer.mark();
    int octets = writer.mark();
    writer.octets(seed).wrap(Tag.OCTET_STRING, octets);
    int identifier = writer.mark();
    writer.oid(Oids.ED25519).wrap(Tag.SEQUENCE, identifier);
    return ofPkcs8(writer.integer(0).wrap(Tag.SEQUENCE, whole).toByteArray());
  }

  /** The family; {@code OTHER} for keys that can be recognised but not used. */
  public PublicKeyInfo.Family family() {
    if (algorithm.equals(Oids.RSA_ENCRYPTION)) {
      return PublicKeyInfo.Family.RSA;
    } else if (algorithm.equals(Oids.EC_PUBLIC_KEY)) {
      return PublicKeyInfo.Family.EC;
    } else if (algorithm.equals(Oids.ED25519)) {
      return PublicKeyInfo.Family.ED25519;
    }
    return PublicKeyInfo.Family.OTHER;
  }

  /** The named curve of an EC key; null for other families. */
  @Nullable Oid curve() {
    return curve;
  }

  /** The number that is an EC key. */
  BigInteger scalar() {
    DerReader key = DerReader.of(inner).read(Tag.SEQUENCE);
    key.readSmallInteger();
    return new BigInteger(1, key.readOctetString());
  }

  /** The 32 bytes that are an Ed25519 key. */
  byte[] seed() {
    byte[] seed = DerReader.of(inner).readOctetString();
    if (seed.length != 32) {
      throw new KeyException("expected an Ed25519 key of 32 bytes, found " + seed.length);
    }
    return seed;
  }

  /** Modulus and public exponent of an RSA key as SubjectPublicKeyInfo. */
  PublicKeyInfo rsaPublicKey() {
    DerReader key = DerReader.of(inner).read(Tag.SEQUENCE);
    key.readSmallInteger();
    BigInteger modulus = key.readInteger();
    BigInteger exponent = key.readInteger();
    DerWriter writer = new DerWriter();
    int whole = writer.mark();
    int numbers = writer.mark();
    writer.integer(exponent).integer(modulus).wrap(Tag.SEQUENCE, numbers);
    byte[] rsa = writer.toByteArray();
    DerWriter info = new DerWriter();
    info.bits(rsa);
    int identifier = info.mark();
    info.nothing().oid(Oids.RSA_ENCRYPTION).wrap(Tag.SEQUENCE, identifier);
    return PublicKeyInfo.of(info.wrap(Tag.SEQUENCE, whole).toByteArray());
  }

  /** The key itself, PKCS#8, not encrypted; the caller answers for where it goes. */
  public byte[] encodePrivateKeyPkcs8() {
    return pkcs8.clone();
  }

  /**
   * The key itself as PEM, in the form that most programs read: SEC1 for EC, because some
   * Kubernetes clients take every PKCS#8 key for RSA; PKCS#8 for the others.
   *
   * @param publicKey the public half, which SEC1 carries along
   */
  public byte[] encodePrivateKeyPem(PublicKeyInfo publicKey) {
    if (curve == null) {
      return PemWriter.write(PemBlock.PRIVATE_KEY, pkcs8);
    }
    EcCurve known = EcCurve.of(curve);
    DerWriter writer = new DerWriter();
    int whole = writer.mark();
    int point = writer.mark();
    writer.bits(publicKey.key()).wrap(Tag.constructed(1), point);
    int parameters = writer.mark();
    writer.oid(curve).wrap(Tag.constructed(0), parameters);
    writer.octets(known.fixedLength(scalar())).integer(1).wrap(Tag.SEQUENCE, whole);
    return PemWriter.write(PemBlock.EC_PRIVATE_KEY, writer.toByteArray());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PrivateKeyInfo that
        && java.security.MessageDigest.isEqual(pkcs8, that.pkcs8);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(pkcs8);
  }

  @Override
  public String toString() {
    return family() + " private key";
  }
}
