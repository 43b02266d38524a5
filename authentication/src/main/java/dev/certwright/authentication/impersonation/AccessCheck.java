package dev.certwright.authentication.impersonation;

import dev.certwright.rbac.Attributes;

/** Whoever decides: the same authorizers that decide about requests. */
public interface AccessCheck {

  /** Decides. */
  Answer ask(Attributes asked);

  /**
   * What it decided.
   *
   * @param allowed whether it may be
   * @param reason for the asker, often empty
   * @param error what kept it from deciding, empty if nothing did
   */
  record Answer(boolean allowed, String reason, String error) {}
}
