package dev.certwright.x509.key;

import static dev.certwright.x509.key.P256Field.LIMBS;

import java.math.BigInteger;
import org.bouncycastle.math.ec.ECCurve;
import org.bouncycastle.math.ec.ECPoint;

/**
 * Multiples of the generator of P-256, many at a time. A multiple is a sum of 52 points out of a
 * table, and all multiples of a batch take their next point together: adding points needs one
 * inversion each, and a batch needs only one for all (Montgomery's trick), so that nothing is left
 * of it. What is done and which memory is read does not depend on the numbers.
 */
final class P256Generator {
  private static final int WINDOW = 5;
  private static final int ROWS = 52;
  private static final int COLUMNS = 1 << WINDOW - 1;
  private static final int POINT = 2 * LIMBS;
  private static final int PACKED = 2 * P256Field.PACKED;

  // Half of a number and this has the digits (d + 31) / 2, of odd d from -31 to 31: none is zero.
  private static final BigInteger ALL_DIGITS =
      BigInteger.ONE.shiftLeft(WINDOW * ROWS).subtract(BigInteger.ONE);
  private static final BigInteger ORDER = EcCurve.P_256.domain().order();

  // What is added to the last row's point is the same point, 2^255, less the order.
  private static final BigInteger DOUBLED = BigInteger.ONE.shiftLeft(256).subtract(ORDER);

  /** Row after row; in row i the odd multiples 1, 3 … 31 of 32<sup>i</sup> times the generator. */
  private static final long[] TABLE = table();

  private P256Generator() {}

  private static long[] table() {
    ECPoint base = EcCurve.P_256.domain().generator();
    ECCurve curve = base.getCurve();
    ECPoint[] points = new ECPoint[ROWS * COLUMNS];
    for (int row = 0; row < ROWS; row++) {
      ECPoint twice = base.twice();
      points[row * COLUMNS] = base;
      for (int column = 1; column < COLUMNS; column++) {
        points[row * COLUMNS + column] = points[row * COLUMNS + column - 1].add(twice);
      }
      base = base.timesPow2(WINDOW);
    }
    curve.normalizeAll(points);
    long[] table = new long[ROWS * COLUMNS * PACKED];
    long[] number = new long[LIMBS];
    for (int i = 0; i < points.length; i++) {
      P256Field.put(points[i].getAffineXCoord().toBigInteger(), number, 0);
      P256Field.pack(number, table, i * PACKED);
      P256Field.put(points[i].getAffineYCoord().toBigInteger(), number, 0);
      P256Field.pack(number, table, i * PACKED + P256Field.PACKED);
    }
    return table;
  }

  /** Whether this is a number that can be multiplied by: all but two of those below the order. */
  static boolean isUsable(BigInteger number) {
    return number.signum() > 0
        && number.compareTo(ORDER) < 0
        && !number.equals(DOUBLED)
        && !number.equals(ORDER.subtract(DOUBLED));
  }

  /**
   * Multiplies.
   *
   * @param numbers usable ones
   * @return for each the affine coordinates x and y, in turn
   */
  static BigInteger[] multiply(BigInteger[] numbers) {
    int count = numbers.length;
    byte[] digits = new byte[count * ROWS];
    long[] negations = new long[count];
    for (int i = 0; i < count; i++) {
      // Of an even number the negative, which is odd, and in the end the negative of its point.
      negations[i] = (numbers[i].intValue() & 1) - 1L;
      digits(numbers[i], negations[i], digits, i * ROWS);
    }
    long[] sums = new long[count * POINT];
    for (int i = 0; i < count; i++) {
      select(0, digits[i * ROWS], sums, i * POINT);
    }
    Addition addition = new Addition(count);
    for (int row = 1; row < ROWS; row++) {
      addition.add(sums, digits, row);
    }
    BigInteger[] coordinates = new BigInteger[2 * count];
    for (int i = 0; i < count; i++) {
      negate(sums, i * POINT + LIMBS, negations[i]);
      coordinates[2 * i] = P256Field.get(sums, i * POINT);
      coordinates[2 * i + 1] = P256Field.get(sums, i * POINT + LIMBS);
    }
    return coordinates;
  }

  private static void digits(BigInteger number, long negation, byte[] to, int at) {
    BigInteger[] either = {number, ORDER.subtract(number)};
    byte[] bytes = either[(int) negation & 1].add(ALL_DIGITS).shiftRight(1).toByteArray();
    long bits = 0;
    int have = 0;
    int next = bytes.length;
    for (int i = 0; i < ROWS; i++) {
      if (have < WINDOW) {
        bits |= (next > 0 ? bytes[--next] & 0xFFL : 0) << have;
        have += 8;
      }
      to[at + i] = (byte) (bits & (1 << WINDOW) - 1);
      bits >>= WINDOW;
      have -= WINDOW;
    }
  }

  /** Takes a point out of the table by reading all of its row. */
  private static void select(int row, int digit, long[] to, int at) {
    // The upper half of the digits stands for 1, 3 … 31, the lower one for -31 … -1.
    long negation = (digit >> WINDOW - 1) - 1L;
    int column = (digit ^ (int) negation) & COLUMNS - 1;
    long[] table = TABLE;
    long x0 = 0;
    long x1 = 0;
    long x2 = 0;
    long x3 = 0;
    long x4 = 0;
    long y0 = 0;
    long y1 = 0;
    long y2 = 0;
    long y3 = 0;
    long y4 = 0;
    int from = row * COLUMNS * PACKED;
    // Written out, because the quick compiler makes half of a loop's time of counting.
    for (int i = 0; i < COLUMNS; i++) {
      long wanted = (long) (i ^ column) - 1 >> 63;
      x0 |= table[from] & wanted;
      x1 |= table[from + 1] & wanted;
      x2 |= table[from + 2] & wanted;
      x3 |= table[from + 3] & wanted;
      x4 |= table[from + 4] & wanted;
      y0 |= table[from + 5] & wanted;
      y1 |= table[from + 6] & wanted;
      y2 |= table[from + 7] & wanted;
      y3 |= table[from + 8] & wanted;
      y4 |= table[from + 9] & wanted;
      from += PACKED;
    }
    P256Field.unpack(x0, x1, x2, x3, x4, to, at);
    P256Field.unpack(y0, y1, y2, y3, y4, to, at + LIMBS);
    negate(to, at + LIMBS, negation);
  }

  /** With -1 the negative, with 0 the number itself. */
  private static void negate(long[] number, int at, long negation) {
    for (int k = 0; k < LIMBS; k++) {
      number[at + k] = (number[at + k] ^ negation) - negation;
    }
  }

  /** Adds a point to each of many sums. */
  private static final class Addition {
    private final int count;
    private final long[] points;
    private final long[] differences;
    private final long[] products;
    private final long[] inverse = new long[LIMBS];
    private final long[] slope = new long[LIMBS];
    private final long[] square = new long[LIMBS];

    Addition(int count) {
      this.count = count;
      this.points = new long[count * POINT];
      this.differences = new long[count * LIMBS];
      this.products = new long[count * LIMBS];
    }

    void add(long[] sums, byte[] digits, int row) {
      for (int i = 0; i < count; i++) {
        int point = i * POINT;
        int field = i * LIMBS;
        select(row, digits[i * ROWS + row], points, point);
        // Never zero: what was added so far is less than any point of this row, and in the last row
        // only the numbers that isUsable refuses would need a doubling.
        P256Field.subtract(points, point, sums, point, differences, field);
        if (i == 0) {
          System.arraycopy(differences, 0, products, 0, LIMBS);
        } else {
          P256Field.multiply(products, field - LIMBS, differences, field, products, field);
        }
      }
      P256Field.invert(products, (count - 1) * LIMBS, inverse, 0);
      for (int i = count - 1; i >= 0; i--) {
        addOne(sums, i);
      }
    }

    private void addOne(long[] sums, int i) {
      int point = i * POINT;
      int field = i * LIMBS;
      P256Field.subtract(points, point + LIMBS, sums, point + LIMBS, slope, 0);
      if (i > 0) {
        P256Field.multiply(slope, 0, products, field - LIMBS, slope, 0);
      }
      P256Field.multiply(slope, 0, inverse, 0, slope, 0);
      P256Field.multiply(inverse, 0, differences, field, inverse, 0);
      P256Field.multiply(slope, 0, slope, 0, square, 0);
      for (int k = 0; k < LIMBS; k++) {
        // The point's x becomes that of the sum, while the old one is still needed.
        points[point + k] = square[k] - sums[point + k] - points[point + k];
      }
      P256Field.settle(points, point);
      P256Field.subtract(sums, point, points, point, square, 0);
      P256Field.multiply(slope, 0, square, 0, square, 0);
      P256Field.subtract(square, 0, sums, point + LIMBS, sums, point + LIMBS);
      P256Field.settle(sums, point + LIMBS);
      System.arraycopy(points, point, sums, point, LIMBS);
    }
  }
}
