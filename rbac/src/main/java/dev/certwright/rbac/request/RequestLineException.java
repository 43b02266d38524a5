package dev.certwright.rbac.request;

import dev.certwright.rbac.RbacException;

/** Go's HTTP server refuses the request line: 400, nobody is asked. */
public final class RequestLineException extends RbacException {
  private static final long serialVersionUID = 1L;

  /** A refusal, in Go's words. */
  public RequestLineException(String message) {
    super(message);
  }
}
