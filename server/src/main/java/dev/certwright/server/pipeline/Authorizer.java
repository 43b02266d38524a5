package dev.certwright.server.pipeline;

import dev.certwright.rbac.Attributes;

/**
 * May they? Called for every request, and for every review, on the thread that serves the
 * connection: it must not wait for anything outside. Safe for use by several threads.
 */
public interface Authorizer {

  /** How reasons and logs name it: lower case, unique in a chain. */
  String name();

  /** Decides. */
  Verdict authorize(Attributes asked);
}
