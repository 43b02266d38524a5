package dev.certwright.authentication.impersonation;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.Attributes;

/** Under which conditions a client may become somebody else. Safe for use by several threads. */
public interface ImpersonationRules {

  /**
   * Asks all that has to be allowed.
   *
   * @param wanted whom the client wants to be, as its headers say
   * @param request what the client wants to do, asked as itself
   */
  ImpersonationOutcome decide(Identity wanted, Attributes request, AccessCheck check);

  /**
   * What is said of headers that name nobody and yet more than nothing: the message of a 400 (rule
   * I-01).
   */
  String withoutUser(Identity wanted);
}
