package dev.certwright.x509.key;

import java.math.BigInteger;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;

/**
 * Sums of fixed multiples of one point, so that multiplying it again takes an eighth of the
 * doublings (Lim and Lee's comb). Two tables of the same curve share the doublings. For public
 * numbers only: lookups depend on them.
 */
final class CombTable {
  private static final int TEETH = 8;

  private final int spacing;
  private final ECPoint[] sums;

  private CombTable(int spacing, ECPoint[] sums) {
    this.spacing = spacing;
    this.sums = sums;
  }

  /** Takes about as long as two signature checks. */
  static CombTable of(ECPoint point, int orderBits) {
    int spacing = (orderBits + TEETH - 1) / TEETH;
    ECCurve curve = point.getCurve();
    ECPoint[] sums = new ECPoint[1 << TEETH];
    sums[0] = curve.getInfinity();
    ECPoint tooth = point;
    for (int i = 0; i < TEETH; i++) {
      int start = 1 << i;
      sums[start] = tooth;
      for (int k = 1; k < start; k++) {
        sums[start + k] = sums[k].add(tooth);
      }
      tooth = tooth.timesPow2(spacing);
    }
    curve.normalizeAll(sums);
    return new CombTable(spacing, sums);
  }

  /** {@code first * a + second * b}; both numbers are below the order of the curve. */
  static ECPoint sum(CombTable first, BigInteger a, CombTable second, BigInteger b) {
    ECPoint result = first.sums[0];
    for (int column = first.spacing - 1; column >= 0; column--) {
      int left = first.index(a, column);
      int right = second.index(b, column);
      result = left == 0 ? result.twice() : result.twicePlus(first.sums[left]);
      if (right != 0) {
        result = result.add(second.sums[right]);
      }
    }
    return result;
  }

  private int index(BigInteger number, int column) {
    int index = 0;
    for (int tooth = TEETH - 1; tooth >= 0; tooth--) {
      index = index << 1 | (number.testBit(column + tooth * spacing) ? 1 : 0);
    }
    return index;
  }
}
