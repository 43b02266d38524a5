package dev.certwright.x509;

import dev.certwright.x509.der.DerException;
import dev.certwright.x509.der.DerReader;
import dev.certwright.x509.der.DerWriter;
import dev.certwright.x509.der.Oid;
import dev.certwright.x509.der.Tag;
import dev.certwright.x509.key.EcPoints;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * SubjectPublicKeyInfo (RFC 5280 4.1.2.7): the key of a certificate or request. Equal when the
 * bytes are.
 */
public final class PublicKeyInfo implements Comparable<PublicKeyInfo> {

  /** Families of keys; {@code OTHER} can be shown and compared but not used. */
  public enum Family {
    RSA,
    EC,
    ED25519,
    OTHER
  }

  private static final byte[] NO_BYTES = {};
  private static final BigInteger NONE = BigInteger.ZERO;
  private static final int ED25519_LENGTH = 32;

  private final byte[] encoded;
  private final Family family;
  private final byte[] key;
  private final @Nullable Oid curve;
  private final BigInteger modulus;
  private final BigInteger exponent;
  private final Oid algorithm;

  private PublicKeyInfo(
      byte[] encoded,
      Oid algorithm,
      Family family,
      byte[] key,
      @Nullable Oid curve,
      BigInteger modulus,
      BigInteger exponent) {
    this.encoded = encoded;
    this.algorithm = algorithm;
    this.family = family;
    this.key = key;
    this.curve = curve;
    this.modulus = modulus;
    this.exponent = exponent;
  }

  /**
   * Reads the next element of a certificate, exactly as kube-apiserver does (rules GV-25, XS-20 to
   * XS-22): RSA with NULL parameters, EC on a named curve with an uncompressed point that lies on
   * it, Ed25519 without parameters. Keys of other algorithms are read and cannot be used.
   *
   * @throws DerException if it is not of this structure, or a key of these families is malformed
   */
  static PublicKeyInfo readExactly(DerReader reader) {
    return readExactly(reader, null);
  }

  /** The same, where it is likely to be a key that was read before. */
  static PublicKeyInfo readExactly(DerReader reader, @Nullable PublicKeyInfo likely) {
    PublicKeyInfo info = read(reader, likely);
    if (info.family == Family.EC && (info.curve == null || !EcPoints.isKnown(info.curve))) {
      throw new DerException(
          "an EC key " + info.curveName() + "; kube-apiserver reads P-224, P-256, P-384 and P-521");
    }
    return info;
  }

  /**
   * Reads the next element. Unlike in a certificate, an EC key may be on a curve that cannot be
   * used, so that a request can be told what is wrong with its key.
   *
   * @throws DerException if it is not of this structure, or a key of a known family is malformed
   */
  public static PublicKeyInfo read(DerReader reader) {
    return read(reader, null);
  }

  /**
   * The same, where it is likely to be a key that was read before: equal bytes are equally good.
   */
  static PublicKeyInfo read(DerReader reader, @Nullable PublicKeyInfo likely) {
    byte[] encoded = reader.readElement();
    if (likely != null && Arrays.equals(encoded, likely.encoded)) {
      return likely;
    }
    DerReader info = DerReader.of(encoded).read(Tag.SEQUENCE);
    DerReader identifier = info.read(Tag.SEQUENCE);
    Oid algorithm = identifier.readOid();
    byte[] parameters = identifier.isEmpty() ? NO_BYTES : identifier.readElement();
    byte[] key = info.readBitString().rightAligned();
    if (algorithm.equals(Oids.RSA_ENCRYPTION)) {
      return readRsa(encoded, parameters, key);
    } else if (algorithm.equals(Oids.EC_PUBLIC_KEY)) {
      return readEc(encoded, parameters, key);
    } else if (algorithm.equals(Oids.ED25519)) {
      if (parameters.length != 0 || key.length != ED25519_LENGTH) {
        throw new DerException("an Ed25519 key that has parameters or is not of 32 bytes");
      }
      return new PublicKeyInfo(encoded, algorithm, Family.ED25519, key, null, NONE, NONE);
    } else if (algorithm.equals(Oids.DSA)) {
      checkDsa(parameters, key);
    }
    return new PublicKeyInfo(encoded, algorithm, Family.OTHER, key, null, NONE, NONE);
  }

  private static PublicKeyInfo readRsa(byte[] encoded, byte[] parameters, byte[] key) {
    if (parameters.length != 2 || parameters[0] != Tag.NULL || parameters[1] != 0) {
      throw new DerException("an RSA key whose parameters are not NULL (RFC 3279 2.3.1)");
    }
    DerReader numbers = DerReader.of(key).read(Tag.SEQUENCE);
    BigInteger modulus = numbers.readInteger();
    BigInteger exponent = numbers.readInteger();
    if (modulus.signum() <= 0 || exponent.signum() <= 0 || exponent.bitLength() > 63) {
      throw new DerException(
          "an RSA key whose modulus or exponent is not positive, or an exponent above 63 bits");
    }
    return new PublicKeyInfo(
        encoded, Oids.RSA_ENCRYPTION, Family.RSA, key, null, modulus, exponent);
  }

  private static PublicKeyInfo readEc(byte[] encoded, byte[] parameters, byte[] key) {
    DerReader reader = DerReader.of(parameters);
    Oid curve = reader.nextIs(Tag.OBJECT_IDENTIFIER) ? reader.readOid() : Oids.EC_PUBLIC_KEY;
    if (EcPoints.isKnown(curve) && !EcPoints.isOnCurve(curve, key)) {
      throw new DerException("an EC key that is no uncompressed point on its curve");
    }
    return new PublicKeyInfo(encoded, Oids.EC_PUBLIC_KEY, Family.EC, key, curve, NONE, NONE);
  }

  /** Never used to verify, but malformed ones refuse the certificate upstream. */
  private static void checkDsa(byte[] parameters, byte[] key) {
    DerReader domain = DerReader.of(parameters).read(Tag.SEQUENCE);
    if (DerReader.of(key).readInteger().signum() <= 0
        || domain.readInteger().signum() <= 0
        || domain.readInteger().signum() <= 0
        || domain.readInteger().signum() <= 0) {
      throw new DerException("a DSA key with a number that is not positive");
    }
  }

  /** Reads a whole array. */
  public static PublicKeyInfo of(byte[] encoded) {
    DerReader reader = DerReader.of(encoded);
    PublicKeyInfo info = read(reader);
    reader.requireEnd("a public key");
    return info;
  }

  /** An EC key on a named curve; the point is uncompressed (RFC 5480 2.2). */
  public static PublicKeyInfo ofEc(Oid curve, byte[] point) {
    DerWriter writer = new DerWriter();
    int whole = writer.mark();
    writer.bits(point);
    int identifier = writer.mark();
    writer.oid(curve).oid(Oids.EC_PUBLIC_KEY).wrap(Tag.SEQUENCE, identifier);
    return of(writer.wrap(Tag.SEQUENCE, whole).toByteArray());
  }

  /** An Ed25519 key (RFC 8410 4); 32 bytes. */
  public static PublicKeyInfo ofEd25519(byte[] key) {
    DerWriter writer = new DerWriter();
    int whole = writer.mark();
    writer.bits(key);
    int identifier = writer.mark();
    writer.oid(Oids.ED25519).wrap(Tag.SEQUENCE, identifier);
    return of(writer.wrap(Tag.SEQUENCE, whole).toByteArray());
  }

  public Family family() {
    return family;
  }

  /** The contents of subjectPublicKey, a copy: an EC point, an Ed25519 key, an RSAPublicKey. */
  public byte[] key() {
    return key.clone();
  }

  /** The named curve of an EC key; null for other families. */
  public @Nullable Oid curve() {
    return curve;
  }

  /** The modulus of an RSA key; zero for other families. */
  public BigInteger modulus() {
    return modulus;
  }

  /** The public exponent of an RSA key; zero for other families. */
  public BigInteger exponent() {
    return exponent;
  }

  /** The whole structure, DER, a copy. */
  public byte[] encoded() {
    return encoded.clone();
  }

  /**
   * SHA-1 of the key bits, 20 bytes: method 1 of RFC 5280 4.2.1.2 for the subject key identifier.
   * An index, not a security feature.
   */
  public byte[] keyIdentifier() {
    return Digests.sha1(key);
  }

  /** For people: {@code ECDSA P-256}, {@code RSA 2048}, {@code Ed25519}. */
  public String description() {
    return switch (family) {
      case RSA -> "RSA " + modulus.bitLength();
      case ED25519 -> "Ed25519";
      case EC -> "ECDSA " + curveName();
      case OTHER -> "key of algorithm " + algorithm;
    };
  }

  private String curveName() {
    if (Oids.P_256.equals(curve)) {
      return "P-256";
    } else if (Oids.P_384.equals(curve)) {
      return "P-384";
    } else if (Oids.P_521.equals(curve)) {
      return "P-521";
    } else if (Oids.P_224.equals(curve)) {
      return "P-224";
    } else if (Oids.EC_PUBLIC_KEY.equals(curve)) {
      return "with explicit parameters";
    }
    return "on curve " + curve;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PublicKeyInfo that && Arrays.equals(encoded, that.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }

  /** By the bytes. Hash codes can be made equal on purpose; with an order, tables stay fast. */
  @Override
  public int compareTo(PublicKeyInfo other) {
    return Arrays.compareUnsigned(encoded, other.encoded);
  }

  @Override
  public String toString() {
    return description();
  }
}
