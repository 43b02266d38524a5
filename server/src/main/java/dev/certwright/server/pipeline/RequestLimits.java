package dev.certwright.server.pipeline;

import java.util.concurrent.Semaphore;

/**
 * How many requests are answered at once, in kube-apiserver's two classes. Watches do not count, as
 * upstream has it.
 */
public final class RequestLimits {
  private final Semaphore reading;
  private final Semaphore mutating;

  /**
   * Bounds.
   *
   * @param reading {@code --max-requests-inflight}
   * @param mutating {@code --max-mutating-requests-inflight}
   */
  public RequestLimits(int reading, int mutating) {
    this.reading = new Semaphore(reading);
    this.mutating = new Semaphore(mutating);
  }

  /** A place that a request takes. */
  interface Place {
    /** Gives it back. Called once. */
    void free();
  }

  /** A place for a request, null if there is none. */
  @org.jspecify.annotations.Nullable
  Place take(String verb) {
    Semaphore places =
        switch (verb) {
          case "watch" -> null;
          case "create", "update", "patch", "delete", "deletecollection", "post", "put" -> mutating;
          default -> reading;
        };
    if (places == null) {
      return () -> {};
    }
    return places.tryAcquire() ? places::release : null;
  }
}
