package dev.certwright.kubeconfig;

/**
 * A kubeconfig cannot be used as asked; the root of all exceptions of this module.
 *
 * <p>Messages name files, entries and lines, never tokens, passwords or keys.
 */
public class KubeconfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  KubeconfigException(String message) {
    super(message);
  }

  KubeconfigException(String message, Throwable cause) {
    super(message, cause);
  }
}
