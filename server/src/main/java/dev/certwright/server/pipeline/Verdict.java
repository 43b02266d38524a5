package dev.certwright.server.pipeline;

import dev.certwright.rbac.Decision;
import org.jspecify.annotations.Nullable;

/**
 * What an authorizer says.
 *
 * @param outcome whether others are asked too
 * @param reason for the asker, often empty
 * @param error what kept it from deciding, empty if nothing did
 * @param decision of RBAC, with the rule that allows; null of other authorizers
 */
public record Verdict(Outcome outcome, String reason, String error, @Nullable Decision decision) {

  /** The three answers. */
  public enum Outcome {
    /** It is allowed, whatever later authorizers would say. */
    ALLOW,
    /** It is forbidden, whatever later authorizers would say. */
    DENY,
    /** The next one decides. */
    NO_OPINION
  }

  /** No opinion, for no reason. */
  public static final Verdict NONE = new Verdict(Outcome.NO_OPINION, "", "", null);

  /** It is allowed. */
  public static Verdict allow(String reason) {
    return new Verdict(Outcome.ALLOW, reason, "", null);
  }

  /** It is forbidden. */
  public static Verdict deny(String reason) {
    return new Verdict(Outcome.DENY, reason, "", null);
  }

  /** It cannot be said; nothing is allowed by it. */
  public static Verdict failed(String error) {
    return new Verdict(Outcome.NO_OPINION, "", error, null);
  }

  /** What RBAC says, which never denies. */
  public static Verdict of(Decision decision) {
    return new Verdict(
        decision.isAllowed() ? Outcome.ALLOW : Outcome.NO_OPINION, decision.reason(), "", decision);
  }

  /** Whether it is allowed. */
  public boolean isAllowed() {
    return outcome == Outcome.ALLOW;
  }
}
