package dev.certwright.x509;

/**
 * Root of what this module throws: the input cannot be read or is not acceptable. The message is
 * for people and never holds key material.
 */
public class X509Exception extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what was found and what was expected. */
  public X509Exception(String message) {
    super(message);
  }

  /** Says what was found and what was expected, and keeps what was underneath. */
  public X509Exception(String message, Throwable cause) {
    super(message, cause);
  }
}
