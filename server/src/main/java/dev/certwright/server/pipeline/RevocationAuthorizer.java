package dev.certwright.server.pipeline;

import dev.certwright.ledger.StandingRestriction;
import dev.certwright.rbac.Attributes;
import dev.certwright.revocation.live.RestrictedAccess;
import dev.certwright.revocation.live.RestrictionSource;

/**
 * Denies whoever was taken back, whatever later authorizers would say; of others it has no opinion.
 * While it is not known who that is, everybody is denied, with an error.
 */
public final class RevocationAuthorizer implements Authorizer {
  private static final Verdict NOT_READ =
      new Verdict(
          Verdict.Outcome.DENY,
          "",
          "it is not known yet whose access was taken back: the ledger was not read",
          null);

  private final RestrictionSource source;

  /** Refuses whom the source names at each moment. */
  public RevocationAuthorizer(RestrictionSource source) {
    this.source = source;
  }

  @Override
  public String name() {
    return "revocation";
  }

  @Override
  public Verdict authorize(Attributes asked) {
    RestrictedAccess access = source.current();
    if (access == null) {
      return NOT_READ;
    }
    StandingRestriction restriction = access.restrictionOf(asked.user());
    return restriction == null ? Verdict.NONE : Verdict.deny(RestrictedAccess.reason(restriction));
  }

  /** An authorizer that asks another one about whom this one does not deny. */
  public Authorizer before(Authorizer next) {
    return new Both(this, next);
  }

  private record Both(RevocationAuthorizer first, Authorizer next) implements Authorizer {

    @Override
    public String name() {
      return next.name();
    }

    @Override
    public Verdict authorize(Attributes asked) {
      Verdict verdict = first.authorize(asked);
      return verdict.outcome() == Verdict.Outcome.NO_OPINION ? next.authorize(asked) : verdict;
    }
  }
}
