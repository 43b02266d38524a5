package dev.certwright.cluster;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to wait before a server is asked again: twice as long each time up to a most, and a
 * random part, so that many clients of one server do not come back at once.
 */
final class ReconnectDelay {
  private final long first;
  private final long most;
  private long current;

  ReconnectDelay(Duration first, Duration most) {
    this.first = first.toMillis();
    this.most = most.toMillis();
    this.current = this.first;
  }

  /** Of a client of kube-apiserver, as client-go has it. */
  static ReconnectDelay ofClients() {
    return new ReconnectDelay(Duration.ofMillis(800), Duration.ofSeconds(30));
  }

  /** The next one, in milliseconds. */
  long next() {
    long delay = current + ThreadLocalRandom.current().nextLong(current + 1);
    current = Math.min(most, current * 2);
    return delay;
  }

  /** It went well. */
  void reset() {
    current = first;
  }
}
