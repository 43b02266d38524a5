package dev.certwright.server.pipeline;

import java.util.concurrent.CompletionStage;

/** Thrown by an endpoint that can answer when something is over: it is asked again then. */
public final class NotYetException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient CompletionStage<?> ready;

  /** Waits for this, which ends in bounded time. */
  public NotYetException(CompletionStage<?> ready) {
    super(null, null, false, false);
    this.ready = ready;
  }

  /** What is waited for. */
  CompletionStage<?> ready() {
    return ready;
  }
}
