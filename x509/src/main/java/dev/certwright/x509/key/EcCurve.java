package dev.certwright.x509.key;

import dev.certwright.x509.Oids;
import dev.certwright.x509.SignatureAlgorithm;
import dev.certwright.x509.der.Oid;
import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.jspecify.annotations.Nullable;

/** The named curves that Go's crypto/ecdsa knows (rule GV-22). */
enum EcCurve {
  P_256(
      Oids.P_256,
      "secp256r1",
      32,
      SignatureAlgorithm.ECDSA_SHA256,
      "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
      "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b"),
  P_384(
      Oids.P_384,
      "secp384r1",
      48,
      SignatureAlgorithm.ECDSA_SHA384,
      "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe"
          + "ffffffff0000000000000000ffffffff",
      "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875a"
          + "c656398d8a2ed19d2a85c8edd3ec2aef"),
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
          + "3f00"),
  P_224(
      Oids.P_224,
      "secp224r1",
      28,
      SignatureAlgorithm.ECDSA_SHA256,
      "ffffffffffffffffffffffffffffffff000000000000000000000001",
      "b4050a850c04b3abf54132565044b0b7d7bfd8ba270b39432355ffb4");

  private static final BigInteger THREE = BigInteger.valueOf(3);

  private final Oid oid;
  private final String jcaName;
  private final int length;
  private final SignatureAlgorithm algorithm;
  private final BigInteger prime;
  private final BigInteger b;
  private volatile @Nullable ECDomainParameters domain;

  EcCurve(
      Oid oid, String jcaName, int length, SignatureAlgorithm algorithm, String prime, String b) {
    this.oid = oid;
    this.jcaName = jcaName;
    this.length = length;
    this.algorithm = algorithm;
    this.prime = new BigInteger(prime, 16);
    this.b = new BigInteger(b, 16);
  }

  static @Nullable EcCurve find(@Nullable Oid oid) {
    for (EcCurve curve : values()) {
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
  ECDomainParameters domain() {
    ECDomainParameters known = domain;
    if (known == null) {
      X9ECParameters parameters = CustomNamedCurves.getByName(jcaName);
      known = new ECDomainParameters(parameters);
      domain = known;
    }
    return known;
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
