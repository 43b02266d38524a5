package dev.certwright.x509.key;

import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.SignatureAlgorithm;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** ECDSA by BouncyCastle's own arithmetic: several times faster than the JDK's, hot and cold. */
final class EcSigningKey implements SigningKey {
  private final EcCurve curve;
  private final BigInteger scalar;
  private final PublicKeyInfo publicKey;
  private final SecureRandom random;

  private EcSigningKey(
      EcCurve curve, BigInteger scalar, PublicKeyInfo publicKey, SecureRandom random) {
    this.curve = curve;
    this.scalar = scalar;
    this.publicKey = publicKey;
    this.random = random;
  }

  static EcSigningKey generate(EcCurve curve, SecureRandom random) {
    BigInteger order = curve.domain().getN();
    BigInteger scalar;
    do {
      scalar = new BigInteger(order.bitLength(), random);
    } while (scalar.signum() == 0 || scalar.compareTo(order) >= 0);
    return of(curve, scalar, random);
  }

  static EcSigningKey of(EcCurve curve, BigInteger scalar, SecureRandom random) {
    if (scalar.signum() <= 0 || scalar.compareTo(curve.domain().getN()) >= 0) {
      throw new KeyException("an EC key whose number is not between 1 and the order of its curve");
    }
    ECPoint point = new FixedPointCombMultiplier().multiply(curve.domain().getG(), scalar);
    PublicKeyInfo publicKey = PublicKeyInfo.ofEc(curve.oid(), point.normalize().getEncoded(false));
    return new EcSigningKey(curve, scalar, publicKey, random);
  }

  @Override
  public PublicKeyInfo publicKey() {
    return publicKey;
  }

  @Override
  public SignatureAlgorithm signatureAlgorithm() {
    return curve.algorithm();
  }

  @Override
  public byte[] sign(byte[] message) {
    ECDSASigner signer = new ECDSASigner();
    signer.init(
        true, new ParametersWithRandom(new ECPrivateKeyParameters(scalar, curve.domain()), random));
    BigInteger[] numbers = signer.generateSignature(hash(curve.algorithm(), message));
    return new EcdsaSignature(numbers[0], numbers[1]).encoded();
  }

  /**
   * BouncyCastle's own digests: asking the JDK's provider list for one costs a cold process more.
   */
  static byte[] hash(SignatureAlgorithm algorithm, byte[] message) {
    Digest digest =
        switch (algorithm) {
          case ECDSA_SHA384 -> new SHA384Digest();
          case ECDSA_SHA512 -> new SHA512Digest();
          default -> new SHA256Digest();
        };
    digest.update(message, 0, message.length);
    byte[] result = new byte[digest.getDigestSize()];
    digest.doFinal(result, 0);
    return result;
  }

  @Override
  public PrivateKeyInfo exportPrivateKey() {
    return PrivateKeyInfo.ofEc(curve.oid(), scalar);
  }

  @Override
  public String toString() {
    return publicKey.description() + " signing key";
  }
}
