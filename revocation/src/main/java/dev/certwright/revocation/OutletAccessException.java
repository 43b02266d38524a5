package dev.certwright.revocation;

import org.jspecify.annotations.Nullable;

/** An outlet cannot be read or written: disk, network or another program. */
public final class OutletAccessException extends RevocationException {
  private static final long serialVersionUID = 1L;

  /** Says what failed. */
  public OutletAccessException(String message, String advice, @Nullable Throwable cause) {
    super(message, advice, cause);
  }
}
