package dev.certwright.rbac.generator;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Random;
import org.jspecify.annotations.Nullable;

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

  /** What is wrong with the answers to one case, null if nothing is. */
  @FunctionalInterface
  interface Compared {
    /** Compares; what it throws is wrong too. */
    @Nullable String problem();
  }

  /** The problem of a case, so that a failure of our half is told with the case as well. */
  static @Nullable String problem(Compared compared) {
    try {
      return compared.problem();
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      StringWriter trace = new StringWriter();
      e.printStackTrace(new PrintWriter(trace, true));
      return "failed: " + trace;
    }
  }
}
