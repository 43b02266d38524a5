package dev.certwright.x509.chain;

import dev.certwright.x509.X509Exception;

/** A bundle of trusted CAs that kube-apiserver would not load (rule X-04). */
public final class BundleException extends X509Exception {
  private static final long serialVersionUID = 1L;

  /** Says what was found and what was expected. */
  public BundleException(String message) {
    super(message);
  }

  /** Says which certificate cannot be read, and why. */
  public BundleException(String message, Throwable cause) {
    super(message, cause);
  }
}
