package dev.certwright.authentication;

/** A file of credentials that cannot be used. Its message says where and why, and no secret. */
public final class CredentialFileException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what was found and what was expected. */
  public CredentialFileException(String message) {
    super(message);
  }
}
