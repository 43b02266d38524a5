package dev.certwright.server.review;

import dev.certwright.server.http.Response;
import dev.certwright.server.pipeline.Call;
import dev.certwright.server.wire.UserInfo;
import dev.certwright.yaml.YamlMapping;
import java.time.Clock;
import java.time.temporal.ChronoUnit;

/** SelfSubjectReview: who am I (rule SR-30). */
final class SelfReview implements ReviewEndpoint {

  @Override
  public ReviewObject read(Call call) {
    return ReviewObject.read(
        call, ReviewRoutes.AUTHENTICATION, ReviewRoutes.VERSIONS, "SelfSubjectReview");
  }

  @Override
  public Response answer(Call call, ReviewObject review) {
    YamlMapping metadata =
        YamlMapping.builder()
            .put(
                "creationTimestamp",
                Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS).toString())
            .build();
    return call.created(
        YamlMapping.builder()
            .put("kind", review.kind())
            .put("apiVersion", review.apiVersion())
            .put("metadata", metadata)
            .put("status", YamlMapping.builder().put("userInfo", UserInfo.of(call.user())).build())
            .build());
  }
}
