package dev.certwright.cluster;

import org.jspecify.annotations.Nullable;

/** An API server cannot be asked; the root of this module's exceptions. */
public class ClusterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String hint;

  /**
   * It cannot be asked.
   *
   * @param message what was found; lower case, no full stop, nothing secret
   * @param hint what to do; may be empty
   */
  public ClusterException(String message, String hint, @Nullable Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  /** What to do; may be empty. */
  public String hint() {
    return hint;
  }
}
