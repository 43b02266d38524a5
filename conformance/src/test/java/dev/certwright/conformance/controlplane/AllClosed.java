package dev.certwright.conformance.controlplane;

/** Stops several, also when one of them cannot be stopped. */
final class AllClosed {
  private AllClosed() {}

  /**
   * Closes all, in order.
   *
   * @throws AssertionError the first failure, with the others, when all were tried
   */
  static void close(Iterable<? extends AutoCloseable> all) {
    AssertionError first = null;
    for (AutoCloseable each : all) {
      try {
        each.close();
      } catch (Exception | AssertionError failed) {
        if (first == null) {
          first = new AssertionError(failed.getMessage(), failed);
        } else {
          first.addSuppressed(failed);
        }
      }
    }
    if (first != null) {
      throw first;
    }
  }
}
