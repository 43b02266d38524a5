package dev.certwright.oidc.provider;

/** A provider that cannot be reached, or that answers what it should not. */
public final class ProviderException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public ProviderException(String message) {
    super(message);
  }
}
