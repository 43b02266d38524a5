package dev.certwright.cli.revocation;

import dev.certwright.revocation.outlet.InForce;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * An API server that a watch asks what it has loaded. While it takes its time nobody waits for it.
 * Not safe for use by several threads.
 */
final class WatchedServer {
  private static final long SLOW_NANOS = 5_000_000_000L;

  private final Errand<InForce> errand = new Errand<>();
  private byte[] askedAbout = new byte[0];

  /** Asks, unless an answer about the same content is there or to come. */
  void step(byte[] content, Callable<InForce> question, ExecutorService threads) {
    if (errand.isBegun() && (!errand.isDone() || Arrays.equals(askedAbout, content))) {
      return;
    }
    askedAbout = content;
    errand.begin(threads, question);
  }

  /** What it answered; null if it has not yet. */
  @Nullable InForce await(long nanos) {
    return errand.takeOrLeave(nanos);
  }

  /** Whether it has answered, and nobody has looked. */
  boolean isDone() {
    return errand.isDone();
  }

  /** Whether it takes longer than anybody would expect. */
  boolean isSlow() {
    return errand.isOlderThan(SLOW_NANOS);
  }
}
