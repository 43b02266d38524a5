package dev.certwright.server.review;

import dev.certwright.authentication.Authenticator;
import dev.certwright.rbac.request.RequestInfo;
import dev.certwright.server.pipeline.Authorizer;
import dev.certwright.server.pipeline.Endpoint;
import dev.certwright.server.pipeline.PolicySource;
import dev.certwright.server.pipeline.Routes;
import dev.certwright.server.pipeline.StatusObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The review API (rules SR-01, SR-02). */
public final class ReviewRoutes implements Routes {
  static final String AUTHORIZATION = "authorization.k8s.io";
  static final String AUTHENTICATION = "authentication.k8s.io";
  static final List<String> VERSIONS = List.of("v1");
  private static final String LOCAL = "localsubjectaccessreviews";

  private final Map<String, ReviewEndpoint> authorization = new HashMap<>();
  private final Map<String, ReviewEndpoint> authentication = new HashMap<>();

  /**
   * Answers by these.
   *
   * @param authorizer decides what is asked
   * @param policies whose rules are listed
   * @param authenticators say whose a token is; without anonymous access
   * @param audiences {@code --api-audiences}; empty if they are not looked at
   */
  public ReviewRoutes(
      Authorizer authorizer,
      PolicySource policies,
      Authenticator authenticators,
      List<String> audiences) {
    authorization.put("subjectaccessreviews", new AccessReview("SubjectAccessReview", authorizer));
    authorization.put(
        "selfsubjectaccessreviews", new AccessReview("SelfSubjectAccessReview", authorizer));
    authorization.put(LOCAL, new AccessReview("LocalSubjectAccessReview", authorizer));
    authorization.put("selfsubjectrulesreviews", new RulesReview(policies));
    authentication.put("selfsubjectreviews", new SelfReview());
    authentication.put(
        "tokenreviews", new TokenReview(new TokenStatus(authenticators, audiences, false)));
  }

  @Override
  public @Nullable Endpoint find(String method, RequestInfo info) {
    Map<String, ReviewEndpoint> kinds =
        switch (info.apiGroup()) {
          case AUTHORIZATION -> authorization;
          case AUTHENTICATION -> authentication;
          default -> null;
        };
    if (!info.resourceRequest() || kinds == null) {
      return null;
    }
    ReviewEndpoint review =
        VERSIONS.contains(info.apiVersion()) ? kinds.get(info.resource()) : null;
    boolean inNamespace = !info.namespace().isEmpty();
    if (review == null
        || info.parts().size() != 1
        || inNamespace != info.resource().equals(LOCAL)) {
      return call -> call.answer(404, StatusObject.noSuchResource());
    }
    return method.equals("POST")
        ? new CreatedReview(review)
        : call -> call.answer(405, StatusObject.methodNotAllowed());
  }
}
