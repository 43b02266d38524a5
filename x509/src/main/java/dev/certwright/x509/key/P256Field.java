package dev.certwright.x509.key;

import java.math.BigInteger;

/**
 * Numbers modulo the prime of P-256, nine limbs of 29 bits in an array of {@code long}, times
 * 2<sup>261</sup> (Montgomery's form). Nothing branches or looks up by what the numbers are.
 *
 * <p>A number has many forms: limbs may be negative and a little larger than 29 bits, and the
 * number itself a few times the prime. {@link #multiply} takes a difference of two numbers as it
 * is; what goes on being added to is brought back by {@link #settle}. Arrays hold many numbers, one
 * after the other; each is named by where it begins.
 */
final class P256Field {
  /** How many elements of an array a number takes. */
  static final int LIMBS = 9;

  /** How many elements it takes with two limbs in each but the last. */
  static final int PACKED = 5;

  static final BigInteger PRIME =
      new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

  private static final int BITS = 29;
  private static final long MASK = (1L << BITS) - 1;
  private static final int TOP_BITS = 256 - (LIMBS - 1) * BITS;
  private static final BigInteger RADIX = BigInteger.ONE.shiftLeft(LIMBS * BITS);
  private static final BigInteger FROM_RADIX = RADIX.modInverse(PRIME);

  private P256Field() {}

  /** Writes a number that is below the prime. */
  static void put(BigInteger number, long[] to, int at) {
    BigInteger form = number.multiply(RADIX).mod(PRIME);
    for (int i = 0; i < LIMBS; i++) {
      to[at + i] = form.longValue() & MASK;
      form = form.shiftRight(BITS);
    }
  }

  /** Reads a number, whatever its form; below the prime. */
  static BigInteger get(long[] from, int at) {
    BigInteger form = BigInteger.ZERO;
    for (int i = LIMBS - 1; i >= 0; i--) {
      form = form.shiftLeft(BITS).add(BigInteger.valueOf(from[at + i]));
    }
    return form.multiply(FROM_RADIX).mod(PRIME);
  }

  /** Packs a number as {@link #put} wrote it. */
  static void pack(long[] number, long[] to, int at) {
    for (int i = 0; i < PACKED - 1; i++) {
      to[at + i] = number[2 * i] | number[2 * i + 1] << BITS;
    }
    to[at + PACKED - 1] = number[LIMBS - 1];
  }

  /** Unpacks a number. */
  static void unpack(long a, long b, long c, long d, long e, long[] to, int at) {
    to[at] = a & MASK;
    to[at + 1] = a >> BITS;
    to[at + 2] = b & MASK;
    to[at + 3] = b >> BITS;
    to[at + 4] = c & MASK;
    to[at + 5] = c >> BITS;
    to[at + 6] = d & MASK;
    to[at + 7] = d >> BITS;
    to[at + 8] = e;
  }

  /** The product; may be written over either factor. */
  static void multiply(long[] a, int atA, long[] b, int atB, long[] to, int at) {
    long a0 = a[atA];
    long a1 = a[atA + 1];
    long a2 = a[atA + 2];
    long a3 = a[atA + 3];
    long a4 = a[atA + 4];
    long a5 = a[atA + 5];
    long a6 = a[atA + 6];
    long a7 = a[atA + 7];
    long a8 = a[atA + 8];
    long b0 = b[atB];
    long b1 = b[atB + 1];
    long b2 = b[atB + 2];
    long b3 = b[atB + 3];
    long b4 = b[atB + 4];
    long b5 = b[atB + 5];
    long b6 = b[atB + 6];
    long b7 = b[atB + 7];
    long b8 = b[atB + 8];
    long t0 = a0 * b0;
    long t1 = a0 * b1 + a1 * b0;
    long t2 = a0 * b2 + a1 * b1 + a2 * b0;
    long t3 = a0 * b3 + a1 * b2 + a2 * b1 + a3 * b0;
    long t4 = a0 * b4 + a1 * b3 + a2 * b2 + a3 * b1 + a4 * b0;
    long t5 = a0 * b5 + a1 * b4 + a2 * b3 + a3 * b2 + a4 * b1 + a5 * b0;
    long t6 = a0 * b6 + a1 * b5 + a2 * b4 + a3 * b3 + a4 * b2 + a5 * b1 + a6 * b0;
    long t7 = a0 * b7 + a1 * b6 + a2 * b5 + a3 * b4 + a4 * b3 + a5 * b2 + a6 * b1 + a7 * b0;
    long t8 =
        a0 * b8 + a1 * b7 + a2 * b6 + a3 * b5 + a4 * b4 + a5 * b3 + a6 * b2 + a7 * b1 + a8 * b0;
    long t9 = a1 * b8 + a2 * b7 + a3 * b6 + a4 * b5 + a5 * b4 + a6 * b3 + a7 * b2 + a8 * b1;
    long t10 = a2 * b8 + a3 * b7 + a4 * b6 + a5 * b5 + a6 * b4 + a7 * b3 + a8 * b2;
    long t11 = a3 * b8 + a4 * b7 + a5 * b6 + a6 * b5 + a7 * b4 + a8 * b3;
    long t12 = a4 * b8 + a5 * b7 + a6 * b6 + a7 * b5 + a8 * b4;
    long t13 = a5 * b8 + a6 * b7 + a7 * b6 + a8 * b5;
    long t14 = a6 * b8 + a7 * b7 + a8 * b6;
    long t15 = a7 * b8 + a8 * b7;
    long t16 = a8 * b8;
    // The prime is -1 in its lowest limb, so that what clears a limb is the limb itself: the prime
    // times m is m * (2^256 - 2^224 + 2^192 + 2^96 - 1).
    long m;
    m = t0 & MASK;
    t1 += t0 >> BITS;
    t3 += m << 9;
    t6 += m << 18;
    t7 -= m << 21;
    t8 += m << 24;
    m = t1 & MASK;
    t2 += t1 >> BITS;
    t4 += m << 9;
    t7 += m << 18;
    t8 -= m << 21;
    t9 += m << 24;
    m = t2 & MASK;
    t3 += t2 >> BITS;
    t5 += m << 9;
    t8 += m << 18;
    t9 -= m << 21;
    t10 += m << 24;
    m = t3 & MASK;
    t4 += t3 >> BITS;
    t6 += m << 9;
    t9 += m << 18;
    t10 -= m << 21;
    t11 += m << 24;
    m = t4 & MASK;
    t5 += t4 >> BITS;
    t7 += m << 9;
    t10 += m << 18;
    t11 -= m << 21;
    t12 += m << 24;
    m = t5 & MASK;
    t6 += t5 >> BITS;
    t8 += m << 9;
    t11 += m << 18;
    t12 -= m << 21;
    t13 += m << 24;
    m = t6 & MASK;
    t7 += t6 >> BITS;
    t9 += m << 9;
    t12 += m << 18;
    t13 -= m << 21;
    t14 += m << 24;
    m = t7 & MASK;
    t8 += t7 >> BITS;
    t10 += m << 9;
    t13 += m << 18;
    t14 -= m << 21;
    t15 += m << 24;
    m = t8 & MASK;
    t9 += t8 >> BITS;
    t11 += m << 9;
    t14 += m << 18;
    t15 -= m << 21;
    t16 += m << 24;
    t10 += t9 >> BITS;
    t11 += t10 >> BITS;
    t12 += t11 >> BITS;
    t13 += t12 >> BITS;
    t14 += t13 >> BITS;
    t15 += t14 >> BITS;
    t16 += t15 >> BITS;
    long t17 = t16 >> BITS;
    to[at] = t9 & MASK;
    to[at + 1] = t10 & MASK;
    to[at + 2] = t11 & MASK;
    to[at + 3] = t12 & MASK;
    to[at + 4] = t13 & MASK;
    to[at + 5] = t14 & MASK;
    to[at + 6] = t15 & MASK;
    to[at + 7] = t16 & MASK;
    to[at + 8] = t17;
  }

  /** {@code a - b}, for a factor of {@link #multiply}. */
  static void subtract(long[] a, int atA, long[] b, int atB, long[] to, int at) {
    for (int i = 0; i < LIMBS; i++) {
      to[at + i] = a[atA + i] - b[atB + i];
    }
  }

  /** Brings a number of differences back to 29 bits a limb and about the prime. */
  static void settle(long[] number, int at) {
    long n0 = number[at];
    long n1 = number[at + 1];
    long n2 = number[at + 2];
    long n3 = number[at + 3];
    long n4 = number[at + 4];
    long n5 = number[at + 5];
    long n6 = number[at + 6];
    long n7 = number[at + 7];
    long n8 = number[at + 8];
    n1 += n0 >> BITS;
    n0 &= MASK;
    n2 += n1 >> BITS;
    n1 &= MASK;
    n3 += n2 >> BITS;
    n2 &= MASK;
    n4 += n3 >> BITS;
    n3 &= MASK;
    n5 += n4 >> BITS;
    n4 &= MASK;
    n6 += n5 >> BITS;
    n5 &= MASK;
    n7 += n6 >> BITS;
    n6 &= MASK;
    n8 += n7 >> BITS;
    n7 &= MASK;
    // What is above 256 bits, taken as so many primes.
    long above = n8 >> TOP_BITS;
    n0 += above;
    n3 -= above << 9;
    n6 -= above << 18;
    n7 += above << 21;
    n8 -= above << TOP_BITS;
    n1 += n0 >> BITS;
    n0 &= MASK;
    n2 += n1 >> BITS;
    n1 &= MASK;
    n3 += n2 >> BITS;
    n2 &= MASK;
    n4 += n3 >> BITS;
    n3 &= MASK;
    n5 += n4 >> BITS;
    n4 &= MASK;
    n6 += n5 >> BITS;
    n5 &= MASK;
    n7 += n6 >> BITS;
    n6 &= MASK;
    n8 += n7 >> BITS;
    n7 &= MASK;
    number[at] = n0;
    number[at + 1] = n1;
    number[at + 2] = n2;
    number[at + 3] = n3;
    number[at + 4] = n4;
    number[at + 5] = n5;
    number[at + 6] = n6;
    number[at + 7] = n7;
    number[at + 8] = n8;
  }

  /** {@code 1 / number}; of zero zero. */
  static void invert(long[] number, int atNumber, long[] to, int at) {
    // To the power of the prime less 2 (Fermat), whose bits are no secret.
    BigInteger exponent = PRIME.subtract(BigInteger.TWO);
    long[] base = new long[LIMBS];
    long[] power = new long[LIMBS];
    System.arraycopy(number, atNumber, base, 0, LIMBS);
    System.arraycopy(base, 0, power, 0, LIMBS);
    for (int bit = exponent.bitLength() - 2; bit >= 0; bit--) {
      multiply(power, 0, power, 0, power, 0);
      if (exponent.testBit(bit)) {
        multiply(power, 0, base, 0, power, 0);
      }
    }
    System.arraycopy(power, 0, to, at, LIMBS);
  }
}
