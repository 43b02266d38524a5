package dev.certwright.oidc.configuration;

/** A configuration that kube-apiserver would not start with; the message says why. */
public final class ConfigurationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With what was found and what was expected. */
  public ConfigurationException(String message) {
    super(message);
  }
}
