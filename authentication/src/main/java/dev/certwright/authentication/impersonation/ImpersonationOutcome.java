package dev.certwright.authentication.impersonation;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.Attributes;

/** Whether a client may become whom it wants to be. */
public sealed interface ImpersonationOutcome {

  /**
   * It is this one from here on.
   *
   * @param user with the groups that an API server adds
   * @param constraint the verb under which it was allowed, for the audit log; empty if it is the
   *     classic one (rule CI-06)
   */
  record Allowed(Identity user, String constraint) implements ImpersonationOutcome {}

  /**
   * It is not.
   *
   * @param asked the question that was not allowed
   * @param reason why, may be empty
   */
  record Refused(Attributes asked, String reason) implements ImpersonationOutcome {}
}
