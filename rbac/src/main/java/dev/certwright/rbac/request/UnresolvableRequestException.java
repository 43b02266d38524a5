package dev.certwright.rbac.request;

import dev.certwright.rbac.RbacException;

/** kube-apiserver cannot tell what the request is about: 500, nobody is asked (rule F-02). */
public final class UnresolvableRequestException extends RbacException {
  private static final long serialVersionUID = 1L;

  /** What upstream says. */
  public UnresolvableRequestException(String message) {
    super(message);
  }
}
