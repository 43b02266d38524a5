package dev.certwright.x509.key;

/** The key is encrypted, and there is no password or it is wrong. */
public final class PasswordException extends KeyException {
  private static final long serialVersionUID = 1L;

  /** Says which of the two. */
  public PasswordException(String message) {
    super(message);
  }
}
