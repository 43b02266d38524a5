package dev.certwright.x509.key;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;
import org.bouncycastle.math.ec.WNafUtil;

/**
 * Elliptic curve domain parameters (SEC 1 3.1.1), with BouncyCastle's arithmetic behind them.
 *
 * <p>Only its package for mathematics is used. Its list of named curves, its digests and its
 * signers first load hundreds of object identifiers and java.util.logging, which is an eighth of a
 * cold process.
 *
 * @param curve with coordinates after Jacobi
 * @param generator the base point
 * @param order of the base point; the cofactor is 1
 */
record DomainParameters(ECCurve curve, ECPoint generator, BigInteger order) {

  static DomainParameters of(ECCurve curve, String generator, BigInteger order) {
    ECPoint point =
        curve.createPoint(
            new BigInteger(generator.substring(0, generator.length() / 2), 16),
            new BigInteger(generator.substring(generator.length() / 2), 16));
    WNafUtil.configureBasepoint(point);
    return new DomainParameters(curve, point, order);
  }

  /** A number from 1 to the order less one, each as likely (FIPS 186-5 A.2.2). */
  BigInteger randomScalar(SecureRandom random) {
    BigInteger scalar;
    do {
      scalar = new BigInteger(order.bitLength(), random);
    } while (!isScalar(scalar));
    return scalar;
  }

  /** Whether it is from 1 to the order less one. */
  boolean isScalar(BigInteger number) {
    return number.signum() > 0 && number.compareTo(order) < 0;
  }

  /** The number that a hash stands for: its leftmost bits, as many as the order has. */
  BigInteger number(byte[] hash) {
    BigInteger number = new BigInteger(1, hash);
    int excess = hash.length * 8 - order.bitLength();
    return excess > 0 ? number.shiftRight(excess) : number;
  }

  /**
   * A multiple of the generator in affine coordinates. The number may be secret: the comb looks at
   * all of its table each time, and the division that the coordinates need is of a random multiple.
   */
  ECPoint multiple(BigInteger scalar, SecureRandom random) {
    ECPoint point = new FixedPointCombMultiplier().multiply(generator, scalar);
    ECFieldElement blind = curve.randomFieldElementMult(random);
    ECFieldElement inverse = point.getZCoord(0).multiply(blind).invert().multiply(blind);
    ECFieldElement square = inverse.square();
    return curve.createPoint(
        point.getXCoord().multiply(square).toBigInteger(),
        point.getYCoord().multiply(square).multiply(inverse).toBigInteger());
  }
}
