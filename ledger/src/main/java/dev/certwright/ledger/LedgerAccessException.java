package dev.certwright.ledger;

import org.jspecify.annotations.Nullable;

/**
 * The outside failed: a full disk, a read-only file system, a lock that others keep, a database out
 * of reach. What stood in the ledger still stands there; what was to be recorded does not.
 */
public class LedgerAccessException extends LedgerException {
  private static final long serialVersionUID = 1L;

  /** Says what could not be done and why. */
  public LedgerAccessException(String message, String advice, @Nullable Throwable cause) {
    super(message, advice, cause);
  }
}
