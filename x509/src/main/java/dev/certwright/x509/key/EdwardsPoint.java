package dev.certwright.x509.key;

import java.math.BigInteger;
import org.bouncycastle.math.ec.rfc7748.X25519Field;
import org.jspecify.annotations.Nullable;

/**
 * A point of edwards25519 in extended coordinates (RFC 8032 5.1.4). For public numbers only: time
 * depends on them.
 */
final class EdwardsPoint {
  private static final int LENGTH = 32;
  private static final int WINDOW = 4;
  private static final int WINDOWS = 64;
  private static final int[] D = fieldElement(constantD());
  private static final int[] TWICE_D = carried(sum(D, D));
  private static final EdwardsPoint NEUTRAL = new EdwardsPoint(zero(), one(), one(), zero());
  private static final EdwardsPoint[] BASE_MULTIPLES = multiples(base());

  private final int[] x;
  private final int[] y;
  private final int[] z;
  private final int[] t;

  private EdwardsPoint(int[] x, int[] y, int[] z, int[] t) {
    this.x = x;
    this.y = y;
    this.z = z;
    this.t = t;
  }

  private static BigInteger constantD() {
    BigInteger prime = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    return BigInteger.valueOf(-121665)
        .multiply(BigInteger.valueOf(121666).modInverse(prime))
        .mod(prime);
  }

  /** The base point: y = 4/5, x even (RFC 8032 5.1). */
  private static EdwardsPoint base() {
    byte[] encoded = new byte[LENGTH];
    java.util.Arrays.fill(encoded, (byte) 0x66);
    encoded[0] = 0x58;
    return java.util.Objects.requireNonNull(decode(encoded));
  }

  private static int[] fieldElement(BigInteger value) {
    byte[] bytes = new byte[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      bytes[i] = value.shiftRight(8 * i).byteValue();
    }
    int[] element = X25519Field.create();
    X25519Field.decode255(bytes, element);
    return element;
  }

  /**
   * Reads 32 bytes: y, little-endian, and the sign of x. A y above the prime is reduced, and a sign
   * of an x that is zero ignored, as upstream does.
   *
   * @return null if no point has this y
   */
  static @Nullable EdwardsPoint decode(byte[] encoded) {
    int[] y = X25519Field.create();
    X25519Field.decode255(encoded, y);
    int[] square = product(y, y);
    int[] numerator = carried(difference(square, one()));
    int[] denominator = carried(sum(product(square, D), one()));
    int[] x = X25519Field.create();
    if (!X25519Field.sqrtRatioVar(numerator, denominator, x)) {
      return null;
    }
    boolean negative = encoded[LENGTH - 1] < 0;
    if (isOdd(x) != negative) {
      X25519Field.negate(x, x);
      X25519Field.carry(x);
    }
    return new EdwardsPoint(x, y, one(), product(x, y));
  }

  private static boolean isOdd(int[] element) {
    int[] copy = element.clone();
    X25519Field.normalize(copy);
    return (copy[0] & 1) != 0;
  }

  byte[] encode() {
    int[] inverse = X25519Field.create();
    X25519Field.invVar(z, inverse);
    int[] affineY = product(y, inverse);
    X25519Field.normalize(affineY);
    byte[] encoded = new byte[LENGTH];
    X25519Field.encode(affineY, encoded);
    if (isOdd(product(x, inverse))) {
      encoded[LENGTH - 1] |= (byte) 0x80;
    }
    return encoded;
  }

  EdwardsPoint negated() {
    int[] negativeX = X25519Field.create();
    int[] negativeT = X25519Field.create();
    X25519Field.negate(x, negativeX);
    X25519Field.negate(t, negativeT);
    return new EdwardsPoint(carried(negativeX), y, z, carried(negativeT));
  }

  /** {@code point * a + base * b}; both numbers are below 2^256. */
  static EdwardsPoint sumWithBase(EdwardsPoint point, BigInteger a, BigInteger b) {
    EdwardsPoint[] multiples = multiples(point);
    EdwardsPoint result = NEUTRAL;
    for (int window = WINDOWS - 1; window >= 0; window--) {
      for (int i = 0; i < WINDOW; i++) {
        result = result.doubled();
      }
      int left = digit(a, window);
      int right = digit(b, window);
      result = left == 0 ? result : result.plus(multiples[left]);
      result = right == 0 ? result : result.plus(BASE_MULTIPLES[right]);
    }
    return result;
  }

  private static int digit(BigInteger number, int window) {
    int digit = 0;
    for (int i = WINDOW - 1; i >= 0; i--) {
      digit = digit << 1 | (number.testBit(window * WINDOW + i) ? 1 : 0);
    }
    return digit;
  }

  private static EdwardsPoint[] multiples(EdwardsPoint point) {
    EdwardsPoint[] multiples = new EdwardsPoint[1 << WINDOW];
    multiples[0] = NEUTRAL;
    for (int i = 1; i < multiples.length; i++) {
      multiples[i] = multiples[i - 1].plus(point);
    }
    return multiples;
  }

  private EdwardsPoint plus(EdwardsPoint other) {
    int[] a = product(carried(difference(y, x)), carried(difference(other.y, other.x)));
    int[] b = product(carried(sum(y, x)), carried(sum(other.y, other.x)));
    int[] c = product(product(t, TWICE_D), other.t);
    int[] d = product(z, other.z);
    d = carried(sum(d, d));
    return combine(difference(b, a), difference(d, c), sum(d, c), sum(b, a));
  }

  private EdwardsPoint doubled() {
    int[] a = product(x, x);
    int[] b = product(y, y);
    int[] c = product(z, z);
    int[] xy = carried(sum(x, y));
    int[] h = carried(sum(a, b));
    int[] g = carried(difference(a, b));
    int[] f = sum(carried(sum(c, c)), g);
    return combine(difference(h, product(xy, xy)), f, g, h);
  }

  private static EdwardsPoint combine(int[] e, int[] f, int[] g, int[] h) {
    carried(e);
    carried(f);
    carried(g);
    carried(h);
    return new EdwardsPoint(product(e, f), product(g, h), product(f, g), product(e, h));
  }

  private static int[] zero() {
    return X25519Field.create();
  }

  private static int[] one() {
    int[] element = X25519Field.create();
    X25519Field.one(element);
    return element;
  }

  private static int[] sum(int[] a, int[] b) {
    int[] result = X25519Field.create();
    X25519Field.add(a, b, result);
    return result;
  }

  private static int[] difference(int[] a, int[] b) {
    int[] result = X25519Field.create();
    X25519Field.sub(a, b, result);
    return result;
  }

  private static int[] product(int[] a, int[] b) {
    int[] result = X25519Field.create();
    X25519Field.mul(a, b, result);
    return result;
  }

  /** In place: sums are brought back to the size that products may be made of. */
  private static int[] carried(int[] element) {
    X25519Field.carry(element);
    return element;
  }
}
