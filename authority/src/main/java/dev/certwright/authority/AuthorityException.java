package dev.certwright.authority;

/** Root of what this module throws. The message is for people and never holds key material. */
public class AuthorityException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what was found and what was expected. */
  public AuthorityException(String message) {
    super(message);
  }

  /** Says what was found and what was expected, and keeps what was underneath. */
  public AuthorityException(String message, Throwable cause) {
    super(message, cause);
  }
}
