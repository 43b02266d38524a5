package dev.certwright.x509.key;

import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.SignatureAlgorithm;
import java.math.BigInteger;
import java.util.function.Supplier;

/** ECDSA with P-256 (FIPS 186-5 6.4.1), with numbers whose points were computed before. */
final class BulkSigningKey implements SigningKey {
  private final BigInteger scalar;
  private final PublicKeyInfo publicKey;
  private final Supplier<P256Pairs.Pair> pairs;

  private BulkSigningKey(
      BigInteger scalar, PublicKeyInfo publicKey, Supplier<P256Pairs.Pair> pairs) {
    this.scalar = scalar;
    this.publicKey = publicKey;
    this.pairs = pairs;
  }

  /**
   * A new key.
   *
   * @param pairs each time another, for signatures
   */
  static BulkSigningKey of(P256Pairs.Pair pair, Supplier<P256Pairs.Pair> pairs) {
    EcCurve curve = EcCurve.P_256;
    byte[] point = new byte[1 + 2 * curve.length()];
    point[0] = 4;
    System.arraycopy(curve.fixedLength(pair.x()), 0, point, 1, curve.length());
    System.arraycopy(curve.fixedLength(pair.y()), 0, point, 1 + curve.length(), curve.length());
    return new BulkSigningKey(pair.number(), PublicKeyInfo.ofEc(curve.oid(), point), pairs);
  }

  /** A key on P-256 that there is already. */
  static BulkSigningKey of(SigningKey known, Supplier<P256Pairs.Pair> pairs) {
    return new BulkSigningKey(known.exportPrivateKey().scalar(), known.publicKey(), pairs);
  }

  @Override
  public PublicKeyInfo publicKey() {
    return publicKey;
  }

  @Override
  public SignatureAlgorithm signatureAlgorithm() {
    return SignatureAlgorithm.ECDSA_SHA256;
  }

  @Override
  public byte[] sign(byte[] message) {
    BigInteger order = P256Pairs.ORDER;
    BigInteger hash =
        EcCurve.P_256
            .domain()
            .number(MessageDigests.of(SignatureAlgorithm.ECDSA_SHA256).digest(message));
    while (true) {
      P256Pairs.Pair pair = pairs.get();
      BigInteger r = pair.x().mod(order);
      BigInteger sum =
          pair.blind().multiply(hash).add(pair.blind().multiply(scalar).mod(order).multiply(r));
      BigInteger s = pair.inverse().multiply(sum).mod(order);
      if (r.signum() != 0 && s.signum() != 0) {
        return new EcdsaSignature(r, s).encoded();
      }
    }
  }

  @Override
  public PrivateKeyInfo exportPrivateKey() {
    return PrivateKeyInfo.ofEc(EcCurve.P_256.oid(), scalar);
  }

  @Override
  public String toString() {
    return publicKey.description() + " signing key";
  }
}
