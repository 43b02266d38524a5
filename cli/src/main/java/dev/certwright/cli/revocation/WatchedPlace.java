package dev.certwright.cli.revocation;

import dev.certwright.revocation.outlet.PolicyCluster;
import dev.certwright.revocation.outlet.Publication;
import dev.certwright.revocation.outlet.Recipient;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * A recipient that a watch serves. What it got is not handed over twice, and while it takes its
 * time nobody waits for it. Not safe for use by several threads.
 */
final class WatchedPlace {
  private static final long SLOW_NANOS = 5_000_000_000L;

  private final Errand<String> errand = new Errand<>();
  private byte @Nullable [] sent;
  private boolean taken;
  private String problem = "";

  /** Goes on with it: sees what came of the last time, and hands over what it does not have. */
  void step(Publication publication, Recipient recipient, Turns turns, ExecutorService threads) {
    see(errand.take(0));
    byte[] content = publication.content();
    if (errand.isBegun() || content == null) {
      return;
    }
    boolean has = taken && Arrays.equals(sent, content);
    if (has && !(recipient instanceof PolicyCluster)) {
      return;
    }
    errand.begin(
        threads,
        () ->
            has
                    && recipient instanceof PolicyCluster cluster
                    && cluster.difference(content).isEmpty()
                ? ""
                : PublishRun.deliver(publication, recipient, turns));
    taken = false;
    sent = content;
  }

  private void see(@Nullable String result) {
    if (result != null) {
      taken = result.isEmpty();
      problem = result;
    }
  }

  /** Waits for what was begun just now, for a while. */
  void await(long nanos) {
    see(errand.takeOrLeave(nanos));
  }

  /** Waits until nothing is under way. */
  void end() {
    see(errand.take(Long.MAX_VALUE));
  }

  /** Whether what was under way has ended, and nobody has looked. */
  boolean isDone() {
    return errand.isDone();
  }

  /** Whether it has what it was to get last. */
  boolean isGood() {
    return taken;
  }

  /** What is wrong; empty if nothing, or if it only takes a moment. */
  String problem() {
    if (!problem.isEmpty()) {
      return "did not get it: " + problem;
    }
    return errand.isOlderThan(SLOW_NANOS) ? "has not taken it yet" : "";
  }
}
