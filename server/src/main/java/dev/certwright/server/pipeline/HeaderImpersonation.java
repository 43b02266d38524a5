package dev.certwright.server.pipeline;

import dev.certwright.authentication.impersonation.AccessCheck;
import dev.certwright.authentication.impersonation.ImpersonationHeaders;
import dev.certwright.authentication.impersonation.ImpersonationOutcome;
import dev.certwright.authentication.impersonation.ImpersonationRules;
import dev.certwright.identity.Identity;
import dev.certwright.rbac.Attributes;
import dev.certwright.rbac.ForbiddenText;
import dev.certwright.rbac.request.RequestInfo;
import dev.certwright.server.http.Request;

/**
 * Impersonation by headers. Every question goes to the same authorizers as requests do, asked as
 * the client itself with all that is known of it, so that whoever was taken back cannot become
 * somebody else (rule I-06).
 */
public final class HeaderImpersonation implements Impersonation {
  private final ImpersonationRules rules;

  /** Under these rules. */
  public HeaderImpersonation(ImpersonationRules rules) {
    this.rules = rules;
  }

  @Override
  public Outcome impersonate(
      Request request, RequestInfo info, Identity client, Authorizer authorizer) {
    if (!request.hasHeaderBeginning("Impersonate-")) {
      return Outcome.Acting.asItself(client);
    }
    Identity wanted = ImpersonationHeaders.wanted(new Shown(request, info.path()));
    if (wanted == null) {
      return Outcome.Acting.asItself(client);
    }
    if (wanted.name().isEmpty()) {
      return new Outcome.Refused(400, StatusObject.badRequest(rules.withoutUser(wanted)));
    }
    ImpersonationOutcome outcome =
        rules.decide(wanted, info.askedBy(client), asked -> answer(authorizer, asked));
    if (outcome instanceof ImpersonationOutcome.Allowed allowed) {
      return new Outcome.Acting(allowed.user(), allowed.constraint());
    }
    ImpersonationOutcome.Refused refused = (ImpersonationOutcome.Refused) outcome;
    Attributes asked = refused.asked();
    return new Outcome.Refused(
        403,
        StatusObject.forbidden(
            ForbiddenText.of(asked, refused.reason()),
            asked.name(),
            asked.apiGroup(),
            asked.resource()));
  }

  private static AccessCheck.Answer answer(Authorizer authorizer, Attributes asked) {
    Verdict verdict = authorizer.authorize(asked);
    return new AccessCheck.Answer(verdict.isAllowed(), verdict.reason(), verdict.error());
  }
}
