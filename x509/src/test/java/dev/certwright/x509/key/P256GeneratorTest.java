package dev.certwright.x509.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bouncycastle.math.ec.ECPoint;
import org.junit.jupiter.api.Test;

/** Multiples of the generator beside those of BouncyCastle. */
final class P256GeneratorTest {
  private static final BigInteger ORDER = P256Pairs.ORDER;

  private static void expectRight(List<BigInteger> numbers) {
    BigInteger[] coordinates = P256Generator.multiply(numbers.toArray(new BigInteger[0]));
    assertThat(coordinates).hasSize(2 * numbers.size());
    for (int i = 0; i < numbers.size(); i++) {
      ECPoint point = EcCurve.P_256.domain().generator().multiply(numbers.get(i)).normalize();
      assertThat(coordinates[2 * i])
          .as("x of %x", numbers.get(i))
          .isEqualTo(point.getAffineXCoord().toBigInteger());
      assertThat(coordinates[2 * i + 1])
          .as("y of %x", numbers.get(i))
          .isEqualTo(point.getAffineYCoord().toBigInteger());
    }
  }

  @Test
  void small_and_large_numbers_and_those_at_the_edges_of_digits_are_multiplied() {
    List<BigInteger> numbers = new ArrayList<>();
    for (int i = 1; i <= 70; i++) {
      numbers.add(BigInteger.valueOf(i));
      numbers.add(ORDER.subtract(BigInteger.valueOf(i)));
    }
    for (int bit = 3; bit < 256; bit++) {
      BigInteger power = BigInteger.ONE.shiftLeft(bit);
      for (BigInteger near :
          List.of(power, power.subtract(BigInteger.ONE), power.add(BigInteger.ONE))) {
        if (P256Generator.isUsable(near)) {
          numbers.add(near);
        }
      }
    }
    BigInteger half = ORDER.shiftRight(1);
    numbers.add(half);
    numbers.add(half.add(BigInteger.ONE));
    expectRight(numbers);
  }

  @Test
  void batches_of_any_size_are_multiplied() {
    Random random = new Random(52);
    for (int size : new int[] {1, 2, 3, 255, 256, 257}) {
      List<BigInteger> numbers = new ArrayList<>();
      while (numbers.size() < size) {
        BigInteger number = new BigInteger(256, random);
        if (P256Generator.isUsable(number)) {
          numbers.add(number);
        }
      }
      expectRight(numbers);
    }
  }

  @Test
  void equal_numbers_in_one_batch_do_not_disturb_each_other() {
    BigInteger one = new BigInteger(200, new Random(7));
    expectRight(List.of(one, ORDER.subtract(one), one, one));
  }

  @Test
  void what_is_no_number_below_the_order_and_the_two_that_need_a_doubling_are_not_usable() {
    BigInteger doubled = BigInteger.ONE.shiftLeft(256).subtract(ORDER);
    for (BigInteger number :
        List.of(
            BigInteger.ZERO,
            BigInteger.ONE.negate(),
            ORDER,
            ORDER.add(BigInteger.ONE),
            doubled,
            ORDER.subtract(doubled))) {
      assertThat(P256Generator.isUsable(number)).as("%x", number).isFalse();
    }
    assertThat(P256Generator.isUsable(doubled.add(BigInteger.ONE))).isTrue();
    expectRight(List.of(doubled.add(BigInteger.ONE), doubled.subtract(BigInteger.ONE)));
  }
}
