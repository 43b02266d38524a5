package dev.certwright.cluster;

import org.jspecify.annotations.Nullable;

/** An API server was reached, and its answer is not what was asked for. */
public final class UnexpectedAnswerException extends ClusterException {
  private static final long serialVersionUID = 1L;

  private final int status;

  /**
   * It answered something else.
   *
   * @param message what was found, nothing secret
   * @param hint what to do; empty where only the asker knows
   * @param status of HTTP
   */
  public UnexpectedAnswerException(
      String message, String hint, int status, @Nullable Throwable cause) {
    super(message, hint, cause);
    this.status = status;
  }

  /** The status of HTTP, which is one of success if only the body was wrong. */
  public int status() {
    return status;
  }
}
