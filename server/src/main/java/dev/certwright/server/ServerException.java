package dev.certwright.server;

/** The server cannot start as it is told to: what was found, and what was expected. */
public class ServerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Says it. */
  public ServerException(String message) {
    super(message);
  }

  /** Says it, with what led to it. */
  public ServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
