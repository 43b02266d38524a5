package dev.certwright.server.review;

import dev.certwright.rbac.request.RequestInfo;
import dev.certwright.server.http.Response;
import dev.certwright.server.pipeline.Authorizer;
import dev.certwright.server.pipeline.Call;
import dev.certwright.server.pipeline.Endpoint;
import dev.certwright.server.pipeline.Routes;
import dev.certwright.server.pipeline.StatusObject;
import dev.certwright.server.pipeline.Verdict;
import dev.certwright.server.wire.MediaType;
import dev.certwright.server.wire.ObjectCodec;
import dev.certwright.yaml.YamlMapping;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The authorization webhook of a kube-apiserver (rules AC-15, AC-16): SubjectAccessReviews in, the
 * same with a status out. What cannot be decided is an error, never an answer, so that the {@code
 * failurePolicy} there counts.
 */
public final class WebhookRoutes implements Routes {
  /** Where kube-apiserver's kubeconfig points. */
  public static final String PATH = "/authorize";

  private static final List<String> VERSIONS = List.of("v1", "v1beta1");

  private final Endpoint endpoint;

  /** Answers what these authorizers decide. */
  public WebhookRoutes(Authorizer authorizer) {
    this.endpoint = new Webhook(authorizer);
  }

  @Override
  public @Nullable Endpoint find(String method, RequestInfo info) {
    if (info.resourceRequest() || !info.path().equals(PATH)) {
      return null;
    }
    return method.equals("POST")
        ? endpoint
        : call -> call.answer(405, StatusObject.methodNotAllowed());
  }

  private record Webhook(Authorizer authorizer) implements Endpoint {

    @Override
    public boolean readsBody() {
      return true;
    }

    @Override
    public Response answer(Call call) {
      ReviewObject review;
      try {
        review =
            ReviewObject.read(call, ReviewRoutes.AUTHORIZATION, VERSIONS, "SubjectAccessReview");
      } catch (ReviewObject.UnreadableException unreadable) {
        return unreadable.response();
      }
      AccessSpec spec = new AccessSpec(review.spec());
      if (spec.isAboutResource() == (review.spec().get("nonResourceAttributes") != null)) {
        return call.answer(
            422, StatusObject.invalid("", ReviewRoutes.AUTHORIZATION, spec.problems(false)));
      }
      Verdict verdict = authorizer.authorize(spec.askedBy(spec.subject()));
      if (!verdict.isAllowed() && !verdict.error().isEmpty()) {
        return call.answer(500, StatusObject.of(500, "InternalError", verdict.error(), null));
      }
      YamlMapping answer =
          YamlMapping.builder()
              .put("kind", review.kind())
              .put("apiVersion", review.apiVersion())
              .put("status", AccessStatus.of(verdict, spec.evaluationError()))
              .build();
      return Response.of(
          200, MediaType.JSON.text(), ObjectCodec.write(answer, MediaType.JSON, false));
    }
  }
}
