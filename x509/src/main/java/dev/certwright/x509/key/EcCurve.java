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
  P_256(Oids.P_256, "secp256r1", 32, SignatureAlgorithm.ECDSA_SHA256),
  P_384(Oids.P_384, "secp384r1", 48, SignatureAlgorithm.ECDSA_SHA384),
  P_521(Oids.P_521, "secp521r1", 66, SignatureAlgorithm.ECDSA_SHA512),
  P_224(Oids.P_224, "secp224r1", 28, SignatureAlgorithm.ECDSA_SHA256);

  private final Oid oid;
  private final String jcaName;
  private final int length;
  private final SignatureAlgorithm algorithm;
  private volatile @Nullable ECDomainParameters domain;

  EcCurve(Oid oid, String jcaName, int length, SignatureAlgorithm algorithm) {
    this.oid = oid;
    this.jcaName = jcaName;
    this.length = length;
    this.algorithm = algorithm;
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
