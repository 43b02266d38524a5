package dev.certwright.server.pipeline;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code Status} objects that kube-apiserver answers with when it does not do what is asked.
 */
public final class StatusObject {
  private static final String NAMES =
      "application/json, application/yaml, application/vnd.kubernetes.protobuf";

  // Upstream has no such bounds: whoever sends much that is wrong gets as much back there.
  private static final int MOST_CAUSES = 100;
  private static final int LONGEST_CAUSE = 8 << 10;
  private static final int LONGEST_MESSAGE = 64 << 10;

  private StatusObject() {}

  /**
   * What is wrong with a field.
   *
   * @param reason such as {@code FieldValueInvalid}
   * @param message without the field
   * @param field its path
   */
  public record Cause(String reason, String message, String field) {

    /** Cuts a message that is very long. */
    public Cause {
      message = cut(message, LONGEST_CAUSE);
    }
  }

  private static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
    return text.substring(0, end) + "... (" + (text.length() - end) + " characters more)";
  }

  /** Rule F-03. */
  public static YamlMapping unauthorized() {
    return of(401, "Unauthorized", "Unauthorized", null);
  }

  /** Something is wrong with the request. */
  public static YamlMapping badRequest(String message) {
    return of(400, "BadRequest", message, null);
  }

  /**
   * Rule F-04.
   *
   * @param name of the object, may be empty
   * @param group of the resource, may be empty
   * @param resource plural, empty for paths
   */
  public static YamlMapping forbidden(String message, String name, String group, String resource) {
    return of(403, "Forbidden", message, details(name, group, resource));
  }

  /** There is no such object. */
  public static YamlMapping notFound(String name, String group, String resource) {
    String full = group.isEmpty() ? resource : resource + "." + group;
    return of(
        404, "NotFound", full + " \"" + name + "\" not found", details(name, group, resource));
  }

  /** There is no such resource. */
  public static YamlMapping noSuchResource() {
    return of(
        404, "NotFound", "the server could not find the requested resource", YamlMapping.EMPTY);
  }

  /** The resource does not have this method. */
  public static YamlMapping methodNotAllowed() {
    return methodNotAllowed("the server does not allow this method on the requested resource");
  }

  /** The same, for another reason. */
  public static YamlMapping methodNotAllowed(String message) {
    return of(405, "MethodNotAllowed", message, YamlMapping.EMPTY);
  }

  /** The client takes no form that there is, as upstream's router says it. */
  public static YamlMapping notAcceptable() {
    return notRouted(NAMES);
  }

  /** The same of a route with other forms. */
  public static YamlMapping notRouted(String forms) {
    return of(
        406,
        "NotAcceptable",
        "406: Not Acceptable\n\nAvailable representations: " + forms,
        YamlMapping.EMPTY);
  }

  /** The client takes none of these forms in a shape that there is. */
  public static YamlMapping notNegotiable(String forms) {
    return of(406, "NotAcceptable", "only the following media types are accepted: " + forms, null);
  }

  /** The same of the usual forms. */
  public static YamlMapping notNegotiable() {
    return notNegotiable(NAMES);
  }

  /** The body has a form that is not known. */
  public static YamlMapping unsupportedMediaType() {
    return of(
        415,
        "UnsupportedMediaType",
        "the body of the request was in an unknown format - accepted media types include: " + NAMES,
        null);
  }

  /** Too much is asked at once. */
  public static YamlMapping tooManyRequests() {
    return of(
        429,
        "TooManyRequests",
        "too many requests, please try again later.",
        YamlMapping.builder().put("retryAfterSeconds", 1).build());
  }

  /** The body is too large. */
  public static YamlMapping tooLarge(int limit) {
    return of(413, "RequestEntityTooLarge", "Request entity too large: limit is " + limit, null);
  }

  /** A list is gone that a continue token belonged to. */
  public static YamlMapping expired(String message) {
    return of(410, "Expired", message, null);
  }

  /**
   * The object is not valid: its kind as {@code Kind.group}, and what is wrong; of very many
   * problems the first.
   *
   * @param group of the kind
   */
  public static YamlMapping invalid(String kind, String group, List<Cause> causes) {
    List<String> texts = new ArrayList<>();
    List<YamlMapping> list = new ArrayList<>();
    for (Cause cause : causes.subList(0, Math.min(causes.size(), MOST_CAUSES))) {
      texts.add(cause.field() + ": " + cause.message());
      list.add(
          YamlMapping.builder()
              .put("reason", cause.reason())
              .put("message", cause.message())
              .put("field", cause.field())
              .build());
    }
    if (causes.size() > MOST_CAUSES) {
      texts.add("and " + (causes.size() - MOST_CAUSES) + " more");
    }
    String all = texts.size() == 1 ? texts.get(0) : "[" + String.join(", ", texts) + "]";
    YamlMapping.Builder details = YamlMapping.builder();
    details.put("group", group);
    if (!kind.isEmpty()) {
      details.put("kind", kind);
    }
    return of(
        422,
        "Invalid",
        kind + "." + group + " \"\" is invalid: " + all,
        details.put("causes", YamlSequence.of(list)).build());
  }

  /**
   * Any other.
   *
   * @param reason empty for none
   * @param details null for none, which is not the same as empty ones
   */
  public static YamlMapping of(
      int code, String reason, String message, @Nullable YamlMapping details) {
    YamlMapping.Builder status =
        YamlMapping.builder()
            .put("kind", "Status")
            .put("apiVersion", "v1")
            .put("metadata", YamlMapping.EMPTY)
            .put("status", "Failure")
            .put("message", cut(message, LONGEST_MESSAGE));
    if (!reason.isEmpty()) {
      status.put("reason", reason);
    }
    if (details != null) {
      status.put("details", details);
    }
    return status.put("code", code).build();
  }

  private static YamlMapping details(String name, String group, String resource) {
    YamlMapping.Builder details = YamlMapping.builder();
    if (!name.isEmpty()) {
      details.put("name", name);
    }
    if (!group.isEmpty()) {
      details.put("group", group);
    }
    if (!resource.isEmpty()) {
      details.put("kind", resource);
    }
    return details.build();
  }
}
