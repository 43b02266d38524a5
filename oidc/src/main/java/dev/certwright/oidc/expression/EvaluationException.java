package dev.certwright.oidc.expression;

/** An expression has no value for these claims; the message says why. */
public final class EvaluationException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public EvaluationException(String message) {
    super(message);
  }
}
