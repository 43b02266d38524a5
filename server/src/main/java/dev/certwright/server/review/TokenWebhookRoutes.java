package dev.certwright.server.review;

import dev.certwright.authentication.Authenticator;
import dev.certwright.rbac.request.RequestInfo;
import dev.certwright.server.http.Response;
import dev.certwright.server.pipeline.Call;
import dev.certwright.server.pipeline.Endpoint;
import dev.certwright.server.pipeline.Routes;
import dev.certwright.server.pipeline.StatusObject;
import dev.certwright.server.wire.MediaType;
import dev.certwright.server.wire.ObjectCodec;
import dev.certwright.yaml.YamlMapping;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The authentication webhook of a kube-apiserver: TokenReviews in, v1 or v1beta1, the same with a
 * status out and never the token. A token that nobody knows is an answer; what cannot be read is an
 * error.
 */
public final class TokenWebhookRoutes implements Routes {
  /** Where kube-apiserver's kubeconfig points. */
  public static final String PATH = "/authenticate";

  private static final List<String> VERSIONS = List.of("v1", "v1beta1");

  private final Endpoint endpoint;

  /**
   * Answers what these say.
   *
   * @param authenticators without anonymous access
   * @param audiences {@code --api-audiences}; empty if they are not looked at
   */
  public TokenWebhookRoutes(Authenticator authenticators, List<String> audiences) {
    this.endpoint = new Webhook(new TokenStatus(authenticators, audiences));
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

  private record Webhook(TokenStatus tokens) implements Endpoint {

    @Override
    public boolean readsBody() {
      return true;
    }

    @Override
    public Response answer(Call call) {
      ReviewObject review;
      try {
        review = TokenReview.read(call, VERSIONS);
      } catch (ReviewObject.UnreadableException unreadable) {
        return unreadable.response();
      }
      YamlMapping answer =
          YamlMapping.builder()
              .put("kind", review.kind())
              .put("apiVersion", review.apiVersion())
              .put("status", TokenReview.status(review, tokens))
              .build();
      return Response.of(
          200, MediaType.JSON.text(), ObjectCodec.write(answer, MediaType.JSON, false));
    }
  }
}
