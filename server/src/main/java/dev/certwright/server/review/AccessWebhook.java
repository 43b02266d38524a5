package dev.certwright.server.review;

import dev.certwright.server.pipeline.Authorizer;
import dev.certwright.server.pipeline.Call;
import dev.certwright.server.pipeline.RefusedException;
import dev.certwright.server.pipeline.StatusObject;
import dev.certwright.server.pipeline.Verdict;
import dev.certwright.yaml.YamlMapping;

/** The authorization webhook of a kube-apiserver (rules AC-15, AC-16). */
record AccessWebhook(Authorizer authorizer) implements Webhook {

  @Override
  public ReviewObject read(Call call) {
    return ReviewObject.read(call, ReviewRoutes.AUTHORIZATION, VERSIONS, "SubjectAccessReview");
  }

  @Override
  public YamlMapping status(Call call, ReviewObject review) {
    AccessSpec spec = new AccessSpec(review.spec());
    if (spec.isAboutResource() == (review.spec().get("nonResourceAttributes") != null)) {
      throw new RefusedException(
          call.answer(
              422, StatusObject.invalid("", ReviewRoutes.AUTHORIZATION, spec.problems(false))));
    }
    Verdict verdict = authorizer.authorize(spec.askedBy(spec.subject()));
    if (!verdict.isAllowed() && !verdict.error().isEmpty()) {
      throw new RefusedException(
          call.answer(500, StatusObject.of(500, "InternalError", verdict.error(), null)));
    }
    return AccessStatus.of(verdict, spec.evaluationError());
  }
}
