package dev.certwright.server.review;

import dev.certwright.identity.Identity;
import dev.certwright.server.http.Response;
import dev.certwright.server.pipeline.Call;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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
    return call.answer(
        201,
        YamlMapping.builder()
            .put("kind", review.kind())
            .put("apiVersion", review.apiVersion())
            .put("metadata", metadata)
            .put("status", YamlMapping.builder().put("userInfo", userInfo(call.user())).build())
            .build());
  }

  /** An identity as {@code UserInfo}; keys of extra sorted, as Go prints maps. */
  static YamlMapping userInfo(Identity identity) {
    YamlMapping.Builder info = YamlMapping.builder();
    info.put("username", identity.name());
    if (!identity.uid().isEmpty()) {
      info.put("uid", identity.uid());
    }
    if (!identity.groups().isEmpty()) {
      info.put("groups", YamlSequence.ofStrings(identity.groups()));
    }
    if (!identity.extra().isEmpty()) {
      YamlMapping.Builder extra = YamlMapping.builder();
      for (Map.Entry<String, List<String>> entry : new TreeMap<>(identity.extra()).entrySet()) {
        extra.put(entry.getKey(), YamlSequence.ofStrings(entry.getValue()));
      }
      info.put("extra", extra.build());
    }
    return info.build();
  }
}
