package dev.certwright.revocation;

import org.jspecify.annotations.Nullable;

/** What is taken back cannot be brought to where it would be refused. */
public abstract class RevocationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String advice;

  /**
   * Says what is wrong.
   *
   * @param advice what to do; may be empty
   */
  protected RevocationException(String message, String advice, @Nullable Throwable cause) {
    super(message, cause);
    this.advice = advice;
  }

  /** What to do; may be empty. */
  public final String advice() {
    return advice;
  }
}
