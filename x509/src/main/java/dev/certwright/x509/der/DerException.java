package dev.certwright.x509.der;

import dev.certwright.x509.X509Exception;

/** Bytes that are not DER, or not of the shape that was expected at this place. */
public final class DerException extends X509Exception {
  private static final long serialVersionUID = 1L;

  /** Says what was found and what was expected. */
  public DerException(String message) {
    super(message);
  }
}
