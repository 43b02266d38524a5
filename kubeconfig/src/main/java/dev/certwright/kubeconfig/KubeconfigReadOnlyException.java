package dev.certwright.kubeconfig;

/** A file is not to be written, or not where it lies; nothing was changed. */
public final class KubeconfigReadOnlyException extends KubeconfigAccessException {
  private static final long serialVersionUID = 1L;

  KubeconfigReadOnlyException(KubeconfigAccessException cause) {
    super(cause.getMessage() + "", cause);
  }
}
