package dev.certwright.rbac.generator;

import java.util.Random;

/** One kind of question that Certwright and upstream are both asked. */
interface Comparison {
  /** The oracle's mode. */
  String mode();

  /**
   * Makes some cases, asks both sides and compares.
   *
   * @return how many cases there were
   * @throws AssertionError that tells a small case on which they differ
   */
  int round(Random random, Oracle oracle);
}
