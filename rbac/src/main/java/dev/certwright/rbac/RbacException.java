package dev.certwright.rbac;

/** Something given to this module is not what it should be; the root of its exceptions. */
public class RbacException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Something is wrong.
   *
   * @param message what was found, what was expected; lower case, no full stop
   */
  public RbacException(String message) {
    super(message);
  }

  /** The same with what caused it. */
  public RbacException(String message, Throwable cause) {
    super(message, cause);
  }
}
