package dev.certwright.kubeconfig;

/** Root of what this module throws: a kubeconfig, or a value for one, that does not do. */
public class KubeconfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what was found and what was expected. */
  public KubeconfigException(String message) {
    super(message);
  }

  /** Says what was found and what was expected, and keeps what was underneath. */
  public KubeconfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
