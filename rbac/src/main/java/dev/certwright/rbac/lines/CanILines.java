package dev.certwright.rbac.lines;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.Attributes;
import dev.certwright.rbac.Decision;
import dev.certwright.rbac.Policy;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * Decides, line by line: {@code {"id","user","uid","groups","extra","verb","namespace","apiGroup",
 * "apiVersion","resource","subresource","name","path","isResourceRequest"}} is answered by {@code
 * {"id","decision":"allow"|"noOpinion","reason"}}. Groups are taken as they are given, nothing is
 * added. Where {@code isResourceRequest} is left out, a line with a path is about the path.
 */
public final class CanILines extends QuestionLines {
  private final Supplier<Policy> policy;
  private String user = "";
  private String uid = "";
  private List<String> groups = List.of();
  private Map<String, List<String>> extra = Map.of();
  private String verb = "";
  private String namespace = "";
  private String apiGroup = "";
  private String apiVersion = "";
  private String resource = "";
  private String subresource = "";
  private String name = "";
  private String path = "";
  private @Nullable Boolean resourceRequest;

  /** Answers from the policy that holds when a line's turn comes. */
  public CanILines(Supplier<Policy> policy) {
    this.policy = policy;
  }

  @Override
  void reset() {
    user = "";
    uid = "";
    groups = List.of();
    extra = Map.of();
    verb = "";
    namespace = "";
    apiGroup = "";
    apiVersion = "";
    resource = "";
    subresource = "";
    name = "";
    path = "";
    resourceRequest = null;
  }

  @Override
  boolean take(String field, JsonParser value) {
    switch (field) {
      case "user" -> user = text(field, value);
      case "uid" -> uid = text(field, value);
      case "groups" -> groups = texts(field, value);
      case "extra" -> extra = textsByKey(field, value);
      case "verb" -> verb = text(field, value);
      case "namespace" -> namespace = text(field, value);
      case "apiGroup" -> apiGroup = text(field, value);
      case "apiVersion" -> apiVersion = text(field, value);
      case "resource" -> resource = text(field, value);
      case "subresource" -> subresource = text(field, value);
      case "name" -> name = text(field, value);
      case "path" -> path = text(field, value);
      case "isResourceRequest" -> resourceRequest = flag(field, value);
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  void answer(LineWriter out) {
    boolean aboutResource = resourceRequest == null ? path.isEmpty() : resourceRequest;
    Decision decision =
        policy
            .get()
            .decide(
                new Attributes(
                    new Identity(user, uid, groups, extra),
                    aboutResource,
                    verb,
                    namespace,
                    apiGroup,
                    apiVersion,
                    resource,
                    subresource,
                    name,
                    path));
    out.text("decision", decision.isAllowed() ? "allow" : "noOpinion")
        .text("reason", decision.reason());
  }
}
