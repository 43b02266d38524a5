package dev.certwright.server.review;

import dev.certwright.rbac.Policy;
import dev.certwright.rbac.PolicyRule;
import dev.certwright.rbac.RuleListing;
import dev.certwright.server.http.Response;
import dev.certwright.server.pipeline.Call;
import dev.certwright.server.pipeline.PolicySource;
import dev.certwright.server.pipeline.StatusObject;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import java.util.ArrayList;
import java.util.List;

/** SelfSubjectRulesReview (rules SR-20 to SR-22). */
final class RulesReview implements ReviewEndpoint {
  private static final String KIND = "SelfSubjectRulesReview";

  private final PolicySource policies;

  RulesReview(PolicySource policies) {
    this.policies = policies;
  }

  @Override
  public ReviewObject read(Call call) {
    return ReviewObject.read(call, ReviewRoutes.AUTHORIZATION, ReviewRoutes.VERSIONS, KIND);
  }

  @Override
  public Response answer(Call call, ReviewObject review) {
    String namespace = ReviewObject.text(review.spec(), "namespace");
    if (namespace.isEmpty()) {
      return call.answer(400, StatusObject.badRequest("no namespace on request"));
    }
    Policy policy = policies.current();
    RuleListing listing = (policy == null ? Policy.EMPTY : policy).rulesFor(call.user(), namespace);
    List<YamlMapping> resources = new ArrayList<>();
    for (PolicyRule rule : listing.resourceRules()) {
      YamlMapping.Builder one = YamlMapping.builder();
      put(one, "verbs", rule.verbs());
      put(one, "apiGroups", rule.apiGroups());
      put(one, "resources", rule.resources());
      put(one, "resourceNames", rule.resourceNames());
      resources.add(one.build());
    }
    List<YamlMapping> paths = new ArrayList<>();
    for (PolicyRule rule : listing.nonResourceRules()) {
      YamlMapping.Builder one = YamlMapping.builder();
      put(one, "verbs", rule.verbs());
      put(one, "nonResourceURLs", rule.nonResourceUrls());
      paths.add(one.build());
    }
    YamlMapping.Builder status =
        YamlMapping.builder()
            .put("resourceRules", YamlSequence.of(resources))
            .put("nonResourceRules", YamlSequence.of(paths))
            .put("incomplete", policy == null);
    String error = policy == null ? "the RBAC policy is not loaded yet" : listing.evaluationError();
    if (!error.isEmpty()) {
      status.put("evaluationError", error);
    }
    return call.created(review.with(YamlMapping.EMPTY, YamlMapping.EMPTY, status.build()));
  }

  private static void put(YamlMapping.Builder into, String key, List<String> texts) {
    if (!texts.isEmpty() || key.equals("verbs")) {
      into.put(key, YamlSequence.ofStrings(texts));
    }
  }
}
