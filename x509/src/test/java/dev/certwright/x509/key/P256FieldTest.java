package dev.certwright.x509.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The arithmetic beside that of BigInteger. */
final class P256FieldTest {
  private static final BigInteger PRIME = P256Field.PRIME;

  private static List<BigInteger> numbers() {
    List<BigInteger> numbers = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      BigInteger small = BigInteger.valueOf(i);
      numbers.add(small);
      numbers.add(PRIME.subtract(BigInteger.ONE).subtract(small));
    }
    for (int bit = 28; bit < 256; bit += 29) {
      numbers.add(BigInteger.ONE.shiftLeft(bit));
      numbers.add(BigInteger.ONE.shiftLeft(bit + 1).subtract(BigInteger.ONE).mod(PRIME));
    }
    Random random = new Random(256);
    for (int i = 0; i < 40; i++) {
      numbers.add(new BigInteger(256, random).mod(PRIME));
    }
    return numbers;
  }

  private static long[] form(BigInteger number) {
    long[] form = new long[P256Field.LIMBS];
    P256Field.put(number, form, 0);
    return form;
  }

  private static BigInteger number(long[] form) {
    return P256Field.get(form, 0);
  }

  @Test
  void product_difference_and_inverse_are_those_modulo_the_prime() {
    for (BigInteger a : numbers()) {
      assertThat(number(form(a))).isEqualTo(a);
      long[] inverse = new long[P256Field.LIMBS];
      P256Field.invert(form(a), 0, inverse, 0);
      assertThat(number(inverse)).isEqualTo(a.modPow(PRIME.subtract(BigInteger.TWO), PRIME));
      for (BigInteger b : numbers()) {
        long[] product = new long[P256Field.LIMBS];
        P256Field.multiply(form(a), 0, form(b), 0, product, 0);
        assertThat(number(product)).as("%x * %x", a, b).isEqualTo(a.multiply(b).mod(PRIME));
        long[] difference = new long[P256Field.LIMBS];
        P256Field.subtract(form(a), 0, form(b), 0, difference, 0);
        assertThat(number(difference)).as("%x - %x", a, b).isEqualTo(a.subtract(b).mod(PRIME));
        P256Field.settle(difference, 0);
        assertThat(number(difference)).as("%x - %x", a, b).isEqualTo(a.subtract(b).mod(PRIME));
      }
    }
  }

  // As far as the point arithmetic goes: a difference of three and a difference of two.
  @Test
  void factors_that_are_differences_need_not_be_settled() {
    Random random = new Random(29);
    List<BigInteger> numbers = numbers();
    for (int i = 0; i < 20_000; i++) {
      BigInteger[] n = new BigInteger[5];
      for (int k = 0; k < n.length; k++) {
        n[k] = numbers.get(random.nextInt(numbers.size()));
      }
      long[] wide = form(n[0]);
      P256Field.subtract(wide, 0, form(n[1]), 0, wide, 0);
      P256Field.subtract(wide, 0, form(n[2]), 0, wide, 0);
      long[] narrow = form(n[3]);
      P256Field.subtract(narrow, 0, form(n[4]), 0, narrow, 0);
      long[] product = new long[P256Field.LIMBS];
      P256Field.multiply(wide, 0, narrow, 0, product, 0);
      assertThat(number(product))
          .isEqualTo(n[0].subtract(n[1]).subtract(n[2]).multiply(n[3].subtract(n[4])).mod(PRIME));
    }
  }

  @Test
  void what_is_subtracted_from_again_and_again_and_settled_stays_small() {
    Random random = new Random(1);
    List<BigInteger> numbers = numbers();
    BigInteger expected = BigInteger.ZERO;
    long[] sum = form(expected);
    for (int i = 0; i < 10_000; i++) {
      BigInteger next = numbers.get(random.nextInt(numbers.size()));
      expected = expected.subtract(next).mod(PRIME);
      P256Field.subtract(sum, 0, form(next), 0, sum, 0);
      P256Field.settle(sum, 0);
      for (int k = 0; k < P256Field.LIMBS - 1; k++) {
        assertThat(sum[k]).isBetween(0L, (1L << 29) - 1);
      }
      assertThat(Math.abs(sum[P256Field.LIMBS - 1])).isLessThan(1L << 26);
    }
    assertThat(number(sum)).isEqualTo(expected);
  }
}
