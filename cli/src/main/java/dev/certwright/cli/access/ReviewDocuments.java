package dev.certwright.cli.access;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.Attributes;
import dev.certwright.rbac.Decision;
import dev.certwright.rbac.Grant;
import dev.certwright.rbac.NearMiss;
import dev.certwright.rbac.PolicyRule;
import dev.certwright.rbac.RbacObject;
import dev.certwright.rbac.RuleListing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Answers as the review objects that Kubernetes has for them, with an {@code explanation} beside
 * {@code status} where one was asked for.
 */
final class ReviewDocuments {
  private ReviewDocuments() {}

  /** A SubjectAccessReview. */
  static Map<String, @Nullable Object> access(
      Decision decision, LoadedPolicy loaded, Asker asker, boolean explained) {
    Attributes asked = decision.asked();
    Map<String, @Nullable Object> spec = new LinkedHashMap<>();
    Map<String, @Nullable Object> what = new LinkedHashMap<>();
    if (asked.resourceRequest()) {
      put(what, "namespace", asked.namespace());
      put(what, "verb", asked.verb());
      put(what, "group", asked.apiGroup());
      put(what, "version", asked.apiVersion());
      put(what, "resource", asked.resource());
      put(what, "subresource", asked.subresource());
      put(what, "name", asked.name());
      spec.put("resourceAttributes", what);
    } else {
      put(what, "path", asked.path());
      put(what, "verb", asked.verb());
      spec.put("nonResourceAttributes", what);
    }
    addUser(spec, asked.user());
    Map<String, @Nullable Object> status = new LinkedHashMap<>();
    status.put("allowed", decision.isAllowed());
    put(status, "reason", decision.reason());
    if (!decision.isAllowed() && !loaded.isComplete()) {
      status.put("evaluationError", "not read: " + String.join("; ", loaded.unread()));
    }
    Map<String, @Nullable Object> document =
        review("authorization.k8s.io/v1", "SubjectAccessReview", spec, status);
    if (explained) {
      document.put("explanation", explanation(decision, loaded, asker));
    }
    return document;
  }

  private static Map<String, @Nullable Object> explanation(
      Decision decision, LoadedPolicy loaded, Asker asker) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("policy", loaded.description());
    put(document, "asker", asker.source());
    document.put("addedGroups", new ArrayList<>(asker.addedGroups()));
    Grant grant = decision.grant();
    if (grant != null) {
      document.put("allowedBy", grant(grant));
    }
    if (!decision.isAllowed()) {
      document.put("message", decision.forbiddenMessage());
      List<@Nullable Object> nearest = new ArrayList<>();
      for (NearMiss miss : decision.nearMisses()) {
        Map<String, @Nullable Object> one = new LinkedHashMap<>();
        one.put("difference", RuleText.difference(miss));
        one.putAll(grant(miss.grant()));
        nearest.add(one);
      }
      document.put("nearest", nearest);
      document.put("unresolvedRoles", new ArrayList<>(decision.unresolvedRoles()));
    }
    return document;
  }

  /** A rule with role, binding and subject. */
  static Map<String, @Nullable Object> grant(Grant grant) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("rule", rule(grant.rule()));
    document.put("ruleNumber", grant.ruleNumber() + 1L);
    document.put("role", object(grant.role()));
    document.put("binding", object(grant.binding()));
    document.put("subject", grant.subject().describe(grant.binding().namespace()));
    return document;
  }

  private static Map<String, @Nullable Object> object(RbacObject object) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("kind", object.kind());
    put(document, "namespace", object.namespace());
    document.put("name", object.name());
    put(document, "source", object.origin().source());
    if (object.origin().line() > 0) {
      document.put("line", (long) object.origin().line());
    }
    return document;
  }

  /** A SelfSubjectRulesReview. */
  static Map<String, @Nullable Object> rules(
      RuleListing listing, LoadedPolicy loaded, String namespace) {
    Map<String, @Nullable Object> spec = new LinkedHashMap<>();
    put(spec, "namespace", namespace);
    Map<String, @Nullable Object> status = new LinkedHashMap<>();
    status.put("resourceRules", rules(listing.resourceRules()));
    status.put("nonResourceRules", rules(listing.nonResourceRules()));
    status.put("incomplete", !loaded.isComplete());
    String error = listing.evaluationError();
    if (!loaded.isComplete()) {
      error =
          "not read: " + String.join("; ", loaded.unread()) + (error.isEmpty() ? "" : "; " + error);
    }
    put(status, "evaluationError", error);
    return review("authorization.k8s.io/v1", "SelfSubjectRulesReview", spec, status);
  }

  private static List<@Nullable Object> rules(List<PolicyRule> rules) {
    List<@Nullable Object> documents = new ArrayList<>();
    for (PolicyRule rule : rules) {
      documents.add(rule(rule));
    }
    return documents;
  }

  private static Map<String, @Nullable Object> rule(PolicyRule rule) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("verbs", new ArrayList<>(rule.verbs()));
    put(document, "apiGroups", rule.apiGroups());
    put(document, "resources", rule.resources());
    put(document, "resourceNames", rule.resourceNames());
    put(document, "nonResourceURLs", rule.nonResourceUrls());
    return document;
  }

  private static void addUser(Map<String, @Nullable Object> spec, Identity user) {
    put(spec, "user", user.name());
    put(spec, "groups", user.groups());
    put(spec, "uid", user.uid());
    if (!user.extra().isEmpty()) {
      spec.put("extra", user.extra());
    }
  }

  private static Map<String, @Nullable Object> review(
      String version,
      String kind,
      Map<String, @Nullable Object> spec,
      Map<String, @Nullable Object> status) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("apiVersion", version);
    document.put("kind", kind);
    document.put("spec", spec);
    document.put("status", status);
    return document;
  }

  private static void put(Map<String, @Nullable Object> document, String key, String value) {
    if (!value.isEmpty()) {
      document.put(key, value);
    }
  }

  private static void put(Map<String, @Nullable Object> document, String key, List<String> values) {
    if (!values.isEmpty()) {
      document.put(key, new ArrayList<>(values));
    }
  }
}
