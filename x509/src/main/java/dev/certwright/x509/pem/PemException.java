package dev.certwright.x509.pem;

import dev.certwright.x509.X509Exception;

/** Text that looks like PEM and is not. */
public final class PemException extends X509Exception {
  private static final long serialVersionUID = 1L;

  /** Says what was found, in which line, and what was expected. */
  public PemException(String message) {
    super(message);
  }
}
