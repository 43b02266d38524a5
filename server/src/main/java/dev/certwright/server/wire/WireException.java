package dev.certwright.server.wire;

/** What came is no object in the form that it claims; the text is for the client. */
public final class WireException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says what is wrong. */
  public WireException(String message) {
    super(message);
  }
}
