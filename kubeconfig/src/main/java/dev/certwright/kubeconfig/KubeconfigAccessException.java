package dev.certwright.kubeconfig;

/** A file or folder cannot be read or written; nothing was changed. */
public class KubeconfigAccessException extends KubeconfigException {
  private static final long serialVersionUID = 1L;

  KubeconfigAccessException(String message) {
    super(message);
  }

  KubeconfigAccessException(String message, Throwable cause) {
    super(message, cause);
  }
}
