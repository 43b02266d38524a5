package dev.certwright.rbac.request;

import dev.certwright.rbac.RbacException;

/** A field selector asks for a field by which objects of the kind cannot be selected: 400. */
public final class UnknownFieldException extends RbacException {
  private static final long serialVersionUID = 1L;

  /** Names it. */
  public UnknownFieldException(String field) {
    super("field label not supported: " + field);
  }
}
