package dev.certwright.cluster;

import org.jspecify.annotations.Nullable;

/** What a kubeconfig holds is nothing that an API server can be asked with from here. */
public final class UnusableCredentialsException extends ClusterException {
  private static final long serialVersionUID = 1L;

  /**
   * It is unusable.
   *
   * @param message what was found, nothing secret
   * @param hint what to do
   */
  public UnusableCredentialsException(String message, String hint, @Nullable Throwable cause) {
    super(message, hint, cause);
  }
}
