package dev.certwright.ledger;

import org.jspecify.annotations.Nullable;

/** The account cannot be written or read, or is not as it was written. */
public abstract class LedgerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String advice;

  LedgerException(String message, String advice, @Nullable Throwable cause) {
    super(message, cause);
    this.advice = advice;
  }

  /** What to do; may be empty. */
  public final String advice() {
    return advice;
  }
}
