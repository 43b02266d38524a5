package dev.certwright.rbac.lines;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.Policy;
import dev.certwright.rbac.PolicyRule;
import dev.certwright.rbac.RbacException;
import dev.certwright.rbac.RuleListing;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.core.JsonParser;

/**
 * Lists what somebody may do in a namespace, line by line, as a SelfSubjectRulesReview does: {@code
 * {"id","user","uid","groups","extra","namespace"}} is answered by {@code
 * {"id","resourceRules","nonResourceRules","incomplete","evaluationError"}}. A namespace is
 * obligatory (rule SR-20); groups are taken as they are given.
 */
public final class RulesLines extends QuestionLines {
  private final Supplier<Policy> policy;
  private String user = "";
  private String uid = "";
  private List<String> groups = List.of();
  private Map<String, List<String>> extra = Map.of();
  private String namespace = "";

  /** Answers from the policy that holds when a line's turn comes. */
  public RulesLines(Supplier<Policy> policy) {
    this.policy = policy;
  }

  @Override
  void reset() {
    user = "";
    uid = "";
    groups = List.of();
    extra = Map.of();
    namespace = "";
  }

  @Override
  boolean take(String field, JsonParser value) {
    switch (field) {
      case "user" -> user = text(field, value);
      case "uid" -> uid = text(field, value);
      case "groups" -> groups = texts(field, value);
      case "extra" -> extra = textsByKey(field, value);
      case "namespace" -> namespace = text(field, value);
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  void answer(LineWriter out) {
    if (namespace.isEmpty()) {
      throw new RbacException("no namespace on request");
    }
    RuleListing listing = policy.get().rulesFor(new Identity(user, uid, groups, extra), namespace);
    out.beginList("resourceRules");
    boolean first = true;
    for (PolicyRule rule : listing.resourceRules()) {
      out.beginItem(first);
      first = false;
      out.texts("verbs", rule.verbs());
      some(out, "apiGroups", rule.apiGroups());
      some(out, "resources", rule.resources());
      some(out, "resourceNames", rule.resourceNames());
      out.endItem();
    }
    out.endList();
    out.beginList("nonResourceRules");
    first = true;
    for (PolicyRule rule : listing.nonResourceRules()) {
      out.beginItem(first);
      first = false;
      out.texts("verbs", rule.verbs());
      some(out, "nonResourceURLs", rule.nonResourceUrls());
      out.endItem();
    }
    out.endList();
    out.flag("incomplete", false);
    if (!listing.unresolvedRoles().isEmpty()) {
      out.text("evaluationError", listing.evaluationError());
    }
  }

  private static void some(LineWriter out, String key, List<String> values) {
    if (!values.isEmpty()) {
      out.texts(key, values);
    }
  }
}
