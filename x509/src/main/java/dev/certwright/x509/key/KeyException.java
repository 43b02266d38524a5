package dev.certwright.x509.key;

import dev.certwright.x509.X509Exception;

/** A private key that cannot be read or used. Never holds key material or a password. */
public class KeyException extends X509Exception {
  private static final long serialVersionUID = 1L;

  /** Says what was found and what was expected. */
  public KeyException(String message) {
    super(message);
  }

  /** Says what was found and keeps what was underneath. */
  public KeyException(String message, Throwable cause) {
    super(message, cause);
  }
}
