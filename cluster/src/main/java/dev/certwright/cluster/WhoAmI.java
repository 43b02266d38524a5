package dev.certwright.cluster;

import dev.certwright.identity.Identity;
import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whom a server takes its caller for: a SelfSubjectReview (rule SR-30), which stores nothing. */
public final class WhoAmI {
  private static final String GROUP = "authentication.k8s.io/v1";

  private WhoAmI() {}

  /**
   * Asks.
   *
   * @throws UnexpectedAnswerException if the server does not say; those before 1.28 cannot
   * @throws ClusterException if it cannot be reached
   */
  public static Identity ask(ApiServer server) {
    ApiResponse response =
        server.post(
            "/apis/" + GROUP + "/selfsubjectreviews",
            "{\"apiVersion\":\"" + GROUP + "\",\"kind\":\"SelfSubjectReview\"}");
    if (response.status() != ApiResponse.CREATED && response.status() != ApiResponse.OK) {
      throw new UnexpectedAnswerException(
          server.address() + " does not say whom it takes its caller for: " + response.describe(),
          "",
          response.status(),
          null);
    }
    YamlMapping user = user(server, response);
    Map<String, List<String>> extra = new LinkedHashMap<>();
    if (user.get("extra") instanceof YamlMapping values) {
      for (YamlMapping.Entry entry : values.entries()) {
        extra.put(entry.key(), texts(entry.value()));
      }
    }
    return new Identity(
        text(user.get("username")), text(user.get("uid")), texts(user.get("groups")), extra);
  }

  private static YamlMapping user(ApiServer server, ApiResponse response) {
    YamlException damage = null;
    try {
      if (response.object("SelfSubjectReview").get("status") instanceof YamlMapping status
          && status.get("userInfo") instanceof YamlMapping user) {
        return user;
      }
    } catch (YamlException unreadable) {
      damage = unreadable;
    }
    throw new UnexpectedAnswerException(
        server.address() + " answered with something that is no SelfSubjectReview",
        "is it a Kubernetes API server?",
        response.status(),
        damage);
  }

  private static List<String> texts(@Nullable YamlValue value) {
    List<String> texts = new ArrayList<>();
    if (value instanceof YamlSequence sequence) {
      for (YamlValue element : sequence.values()) {
        texts.add(text(element));
      }
    }
    return texts;
  }

  private static String text(@Nullable YamlValue value) {
    return value instanceof YamlString text ? text.value() : "";
  }
}
