package dev.certwright.x509.key;

import dev.certwright.x509.Oids;
import dev.certwright.x509.SignatureAlgorithm;
import dev.certwright.x509.der.Oid;
import java.math.BigInteger;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.custom.sec.SecP224R1Curve;
import org.bouncycastle.math.ec.custom.sec.SecP256R1Curve;
import org.bouncycastle.math.ec.custom.sec.SecP384R1Curve;
import org.bouncycastle.math.ec.custom.sec.SecP521R1Curve;
import org.jspecify.annotations.Nullable;

/** The named curves that Go's crypto/ecdsa knows (rule GV-22). */
enum EcCurve {
  P_256(
      Oids.P_256,
      "secp256r1",
      32,
      SignatureAlgorithm.ECDSA_SHA256,
      "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
      "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b",
      "6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
          + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
      "ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551"),
  P_384(
      Oids.P_384,
      "secp384r1",
      48,
      SignatureAlgorithm.ECDSA_SHA384,
      "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe"
          + "ffffffff0000000000000000ffffffff",
      "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875a"
          + "c656398d8a2ed19d2a85c8edd3ec2aef",
      "aa87ca22be8b05378eb1c71ef320ad746e1d3b628ba79b9859f741e082542a38"
          + "5502f25dbf55296c3a545e3872760ab73617de4a96262c6f5d9e98bf9292dc29"
          + "f8f41dbd289a147ce9da3113b5f0b8c00a60b1ce1d7e819d7a431d7c90ea0e5f",
      "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf"
          + "581a0db248b0a77aecec196accc52973"),
  P_521(
      Oids.P_521,
      "secp521r1",
      66,
      SignatureAlgorithm.ECDSA_SHA512,
      "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
          + "ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
          + "ffff",
      "0051953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef1"
          + "09e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b50"
          + "3f00",
      "00c6858e06b70404e9cd9e3ecb662395b4429c648139053fb521f828af606b4d"
          + "3dbaa14b5e77efe75928fe1dc127a2ffa8de3348b3c1856a429bf97e7e31c2e5"
          + "bd66011839296a789a3bc0045c8a5fb42c7d1bd998f54449579b446817afbd17"
          + "273e662c97ee72995ef42640c550b9013fad0761353c7086a272c24088be9476"
          + "9fd16650",
      "01ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
          + "fffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e9138"
          + "6409"),
  P_224(
      Oids.P_224,
      "secp224r1",
      28,
      SignatureAlgorithm.ECDSA_SHA256,
      "ffffffffffffffffffffffffffffffff000000000000000000000001",
      "b4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4",
      "b70e0cbd6bb4bf7f321390b94a03c1d356c21122343280d6115c1d21bd376388"
          + "b5f723fb4c22dfe6cd4375a05a07476444d5819985007e34",
      "ffffffffffffffffffffffffffff16a2e0b8f03e13dd29455c5c2a3d");

  private static final EcCurve[] ALL = values();
  private static final BigInteger THREE = BigInteger.valueOf(3);

  private final Oid oid;
  private final String jcaName;
  private final int length;
  private final SignatureAlgorithm algorithm;
  private final BigInteger prime;
  private final BigInteger b;
  private final String generator;
  private final BigInteger order;
  private volatile @Nullable DomainParameters domain;

  EcCurve(
      Oid oid,
      String jcaName,
      int length,
      SignatureAlgorithm algorithm,
      String prime,
      String b,
      String generator,
      String order) {
    this.oid = oid;
    this.jcaName = jcaName;
    this.length = length;
    this.algorithm = algorithm;
    this.prime = new BigInteger(prime, 16);
    this.b = new BigInteger(b, 16);
    this.generator = generator;
    this.order = new BigInteger(order, 16);
  }

  static @Nullable EcCurve find(@Nullable Oid oid) {
    for (EcCurve curve : ALL) {
      if (curve.oid.equals(oid)) {
        return curve;
      }
    }
    return null;
  }

  static EcCurve of(@Nullable Oid oid) {
    EcCurve curve = find(oid);
    if (curve == null) {
      throw new KeyException(
          "an EC key on curve " + oid + "; P-224, P-256, P-384 and P-521 can be used");
    }
    return curve;
  }

  Oid oid() {
    return oid;
  }

  String jcaName() {
    return jcaName;
  }

  /** The algorithm a key on this curve signs with. */
  SignatureAlgorithm algorithm() {
    return algorithm;
  }

  /** Length of a coordinate and of a private key, in bytes. */
  int length() {
    return length;
  }

  /** The order of the base point. */
  BigInteger order() {
    return order;
  }

  /**
   * Whether this is an uncompressed point (SEC 1 2.3.3) that satisfies the curve's equation. Needs
   * none of the tables of {@link #domain()}.
   */
  boolean contains(byte[] point) {
    if (point.length != 1 + 2 * length || point[0] != 4) {
      return false;
    }
    BigInteger x = new BigInteger(1, point, 1, length);
    BigInteger y = new BigInteger(1, point, 1 + length, length);
    if (x.compareTo(prime) >= 0 || y.compareTo(prime) >= 0) {
      return false;
    }
    BigInteger right = x.multiply(x).subtract(THREE).mod(prime).multiply(x).add(b);
    return y.multiply(y).subtract(right).mod(prime).signum() == 0;
  }

  /** Built on first use: one curve costs milliseconds in a fresh process. */
  DomainParameters domain() {
    DomainParameters known = domain;
    if (known == null) {
      known = DomainParameters.of(arithmetic(), generator, order);
      domain = known;
    }
    return known;
  }

  private ECCurve arithmetic() {
    return switch (this) {
      case P_224 -> new SecP224R1Curve();
      case P_256 -> new SecP256R1Curve();
      case P_384 -> new SecP384R1Curve();
      case P_521 -> new SecP521R1Curve();
    };
  }

  /** The number in exactly {@link #length()} bytes. */
  byte[] fixedLength(BigInteger value) {
    byte[] bytes = value.toByteArray();
    byte[] result = new byte[length];
    int skip = bytes.length > length && bytes[0] == 0 ? 1 : 0;
    int count = bytes.length - skip;
    if (count > length) {
      throw new KeyException("an EC key that is too large for its curve");
    }
    System.arraycopy(bytes, skip, result, length - count, count);
    return result;
  }
}
