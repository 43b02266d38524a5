package dev.certwright.x509.key;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Random numbers with their multiples of the generator, made many at a time and handed out once
 * each: a key, or what a signature needs before its message is known. Not safe for several threads.
 */
final class P256Pairs {
  static final BigInteger ORDER = EcCurve.P_256.domain().order();

  /** Small, so that who wants few does not wait for many. */
  private static final int FIRST_BATCH = 16;

  private static final int BATCH = 256;
  private static final int BYTES = 32;

  private final SecureRandom random;
  private final Deque<Pair> pairs = new ArrayDeque<>(BATCH);
  private int size = FIRST_BATCH;

  P256Pairs(SecureRandom random) {
    this.random = random;
  }

  /**
   * A number and its point.
   *
   * @param number secret
   * @param blind another random number, because BigInteger's time depends on its numbers, so that
   *     none of them may be the secret itself
   * @param inverse of both numbers' product, modulo the order
   * @param x of the point
   * @param y of the point
   */
  record Pair(BigInteger number, BigInteger blind, BigInteger inverse, BigInteger x, BigInteger y) {
    @Override
    public String toString() {
      return "Pair";
    }
  }

  /** One that nobody had before. */
  Pair next() {
    if (pairs.isEmpty()) {
      fill();
    }
    return pairs.remove();
  }

  private void fill() {
    BigInteger[] numbers = new BigInteger[size];
    byte[] bytes = new byte[BYTES];
    for (int i = 0; i < size; i++) {
      do {
        random.nextBytes(bytes);
        numbers[i] = new BigInteger(1, bytes);
      } while (!P256Generator.isUsable(numbers[i]));
    }
    BigInteger[] blinds = new BigInteger[size];
    BigInteger[] blinded = new BigInteger[size];
    for (int i = 0; i < size; i++) {
      blinds[i] = EcCurve.P_256.domain().randomScalar(random);
      blinded[i] = numbers[i].multiply(blinds[i]).mod(ORDER);
    }
    BigInteger[] inverses = invert(blinded);
    BigInteger[] points = P256Generator.multiply(numbers);
    for (int i = 0; i < size; i++) {
      pairs.add(new Pair(numbers[i], blinds[i], inverses[i], points[2 * i], points[2 * i + 1]));
    }
    size = Math.min(BATCH, size * 4);
  }

  // All by one inversion: of the product of all.
  private static BigInteger[] invert(BigInteger[] numbers) {
    BigInteger[] products = new BigInteger[numbers.length];
    BigInteger product = BigInteger.ONE;
    for (int i = 0; i < numbers.length; i++) {
      products[i] = product;
      product = product.multiply(numbers[i]).mod(ORDER);
    }
    BigInteger inverse = product.modInverse(ORDER);
    BigInteger[] inverses = new BigInteger[numbers.length];
    for (int i = numbers.length - 1; i >= 0; i--) {
      inverses[i] = inverse.multiply(products[i]).mod(ORDER);
      inverse = inverse.multiply(numbers[i]).mod(ORDER);
    }
    return inverses;
  }
}
