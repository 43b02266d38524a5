package dev.certwright.server.review;

import dev.certwright.authentication.Authenticator;
import dev.certwright.rbac.request.RequestInfo;
import dev.certwright.server.pipeline.Authorizer;
import dev.certwright.server.pipeline.Endpoint;
import dev.certwright.server.pipeline.Routes;
import dev.certwright.server.pipeline.StatusObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A webhook of a kube-apiserver: one path that reviews are posted to. */
public final class WebhookRoutes implements Routes {
  /** Where the kubeconfig of an authorization webhook points. */
  public static final String AUTHORIZE = "/authorize";

  /** Where the kubeconfig of an authentication webhook points. */
  public static final String AUTHENTICATE = "/authenticate";

  private final String path;
  private final Endpoint endpoint;

  private WebhookRoutes(String path, Endpoint endpoint) {
    this.path = path;
    this.endpoint = endpoint;
  }

  /** Answers SubjectAccessReviews by what this one decides. */
  public static WebhookRoutes authorization(Authorizer authorizer) {
    return new WebhookRoutes(AUTHORIZE, new AccessWebhook(authorizer));
  }

  /**
   * Answers TokenReviews by what these say.
   *
   * @param authenticators without anonymous access
   * @param audiences {@code --api-audiences}; empty if they are not looked at
   */
  public static WebhookRoutes authentication(Authenticator authenticators, List<String> audiences) {
    return new WebhookRoutes(
        AUTHENTICATE, new TokenWebhook(new TokenStatus(authenticators, audiences, true)));
  }

  @Override
  public @Nullable Endpoint find(String method, RequestInfo info) {
    if (info.resourceRequest() || !info.path().equals(path)) {
      return null;
    }
    return method.equals("POST")
        ? endpoint
        : call -> call.answer(405, StatusObject.methodNotAllowed());
  }
}
