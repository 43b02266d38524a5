package dev.certwright.revocation;

/** More must be refused than one list can carry. */
public final class DenylistTooLargeException extends RevocationException {
  private static final long serialVersionUID = 1L;

  /** Says how much it is. */
  public DenylistTooLargeException(String message) {
    super(
        message,
        "issue a new client CA and drop the old one from --client-ca-file: that ends all its"
            + " certificates at once; and give certificates shorter lives, because those that have"
            + " expired leave the list",
        null);
  }
}
