package dev.certwright.oidc.token;

/** A token that is no good; the message says why and never holds the token. */
public final class TokenException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public TokenException(String message) {
    super(message);
  }
}
