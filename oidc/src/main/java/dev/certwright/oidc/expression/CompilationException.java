package dev.certwright.oidc.expression;

/** A text that is no expression of the kind it should be; the message says where and why. */
public final class CompilationException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public CompilationException(String message) {
    super(message);
  }

  /** Whether it is an expression, and only evaluating what is constant in it fails. */
  public boolean isOfProgram() {
    return String.valueOf(getMessage()).startsWith("program instantiation failed: ");
  }
}
