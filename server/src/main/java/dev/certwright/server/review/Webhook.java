package dev.certwright.server.review;

import dev.certwright.server.http.Response;
import dev.certwright.server.pipeline.Call;
import dev.certwright.server.pipeline.RefusedException;
import dev.certwright.server.wire.MediaType;
import dev.certwright.server.wire.ObjectCodec;
import dev.certwright.yaml.YamlMapping;
import java.util.List;

/**
 * What a kube-apiserver asks by webhook: a review in, v1 or v1beta1, its status alone out, as JSON.
 * What cannot be answered is an error, never an answer, so that the {@code failurePolicy} there
 * counts.
 */
interface Webhook extends ReviewEndpoint {
  /** Of the reviews, the usual one first. */
  List<String> VERSIONS = List.of("v1", "v1beta1");

  /**
   * What the review is answered with.
   *
   * @throws RefusedException if it cannot be answered
   */
  YamlMapping status(Call call, ReviewObject review);

  @Override
  default Response answer(Call call, ReviewObject review) {
    YamlMapping answer =
        YamlMapping.builder()
            .put("kind", review.kind())
            .put("apiVersion", review.apiVersion())
            .put("status", status(call, review))
            .build();
    return Response.of(
        200, MediaType.JSON.text(), ObjectCodec.write(answer, MediaType.JSON, false));
  }
}
