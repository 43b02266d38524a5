package dev.certwright.testing;

import java.util.Random;
import java.util.SplittableRandom;

/** Random numbers for cases that are counted, each of which can be made again alone. */
public final class RandomCases {
  private RandomCases() {}

  /**
   * The random numbers of one case. {@link Random} alone begins almost alike for seeds that lie
   * side by side: its first choice between two would nearly always be the same.
   *
   * @param seed of the run
   * @param number of the case, from 0
   */
  public static Random random(long seed, long number) {
    return new Random(mixed(mixed(seed) + number));
  }

  private static long mixed(long value) {
    return new SplittableRandom(value).nextLong();
  }
}
