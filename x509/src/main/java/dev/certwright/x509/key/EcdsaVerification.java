package dev.certwright.x509.key;

import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.SignatureAlgorithm;
import dev.certwright.x509.der.DerException;
import java.math.BigInteger;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECFieldElement;
import org.bouncycastle.math.ec.ECPoint;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/**
 * ECDSA (FIPS 186-5 6.4.2) on BouncyCastle's field arithmetic. A key that keeps coming back, as a
 * CA's does, gets a table that makes its further checks about twice as fast.
 */
final class EcdsaVerification {
  private static final int MAXIMUM_KEYS = 64;
  private static final int USES_BEFORE_TABLE = 4;

  private final Map<PublicKeyInfo, UsedKey> keys =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<PublicKeyInfo, UsedKey> eldest) {
              return size() > MAXIMUM_KEYS;
            }
          });
  private final Map<EcCurve, CombTable> generators =
      Collections.synchronizedMap(new EnumMap<>(EcCurve.class));

  private static final class UsedKey {
    private final ECPoint point;
    private int uses;
    private volatile @Nullable CombTable table;

    UsedKey(ECPoint point) {
      this.point = point;
    }
  }

  /** Whether these are two numbers in strict DER, each from one to the order less one. */
  static @Nullable EcdsaSignature read(EcCurve curve, byte[] signature) {
    try {
      EcdsaSignature numbers = EcdsaSignature.of(signature);
      DomainParameters domain = curve.domain();
      return domain.isScalar(numbers.r()) && domain.isScalar(numbers.s()) ? numbers : null;
    } catch (DerException notTwoNumbers) {
      return null;
    }
  }

  boolean verify(
      PublicKeyInfo key, SignatureAlgorithm algorithm, byte[] message, byte[] signature) {
    EcCurve curve = EcCurve.find(key.curve());
    EcdsaSignature numbers = curve == null ? null : read(curve, signature);
    if (curve == null || numbers == null) {
      return false;
    }
    DomainParameters domain = curve.domain();
    BigInteger order = domain.order();
    BigInteger inverse = BigIntegers.modOddInverseVar(order, numbers.s());
    BigInteger hash = domain.number(MessageDigests.of(algorithm).digest(message));
    BigInteger u1 = hash.multiply(inverse).mod(order);
    BigInteger u2 = numbers.r().multiply(inverse).mod(order);
    UsedKey known = keys.get(key);
    UsedKey used = known != null ? known : new UsedKey(domain.curve().decodePoint(key.key()));
    CombTable table = table(used, order);
    ECPoint sum =
        table != null
            ? CombTable.sum(generator(curve), u1, table, u2)
            : ECAlgorithms.sumOfTwoMultiplies(domain.generator(), u1, used.point, u2);
    boolean valid = !sum.isInfinity() && hasX(sum, numbers.r(), order);
    if (valid && known == null) {
      // Only a key that has signed something: made-up ones must not push the CAs' out.
      keys.put(key, used);
    }
    return valid;
  }

  private static @Nullable CombTable table(UsedKey used, BigInteger order) {
    CombTable table = used.table;
    // Two threads may count or build at once; the worst that happens is a second equal table.
    if (table == null && ++used.uses > USES_BEFORE_TABLE) {
      table = CombTable.of(used.point, order.bitLength());
      used.table = table;
    }
    return table;
  }

  private CombTable generator(EcCurve curve) {
    return generators.computeIfAbsent(
        curve,
        missing ->
            CombTable.of(missing.domain().generator(), missing.domain().order().bitLength()));
  }

  /**
   * Whether the x coordinate is r modulo the order. The point stays in Jacobian coordinates, where
   * x = X / Z^2: a division costs more than these multiplications.
   */
  private static boolean hasX(ECPoint point, BigInteger r, BigInteger order) {
    ECCurve curve = point.getCurve();
    if (curve.getCoordinateSystem() != ECCurve.COORD_JACOBIAN) {
      return point.normalize().getAffineXCoord().toBigInteger().mod(order).equals(r);
    }
    ECFieldElement square = point.getZCoord(0).square();
    BigInteger prime = curve.getField().getCharacteristic();
    for (BigInteger x = r; x.compareTo(prime) < 0; x = x.add(order)) {
      if (curve.fromBigInteger(x).multiply(square).equals(point.getXCoord())) {
        return true;
      }
    }
    return false;
  }
}
