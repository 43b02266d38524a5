package dev.certwright.rbac.request;

import dev.certwright.rbac.GoText;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads method and URL of a request as kube-apiserver does: Go's HTTP server first, then the
 * RequestInfo resolver for the prefixes {@code api} and {@code apis} (rules, RS-14 to
 * RS-21).
 */
public final class RequestInfoResolver {
  private RequestInfoResolver() {}

  /**
   * What a request is about.
   *
   * @param method as on the request line, case-sensitive
   * @param url the target as on the request line, with query, not decoded; lone surrogates count as
   *     U+FFFD
   * @throws RequestLineException if the server refuses the request line: 400. The text is Go's
   *     where it is about the path
   * @throws UnresolvableRequestException if it takes the line but not the path: 500, in upstream's
   *     words
   */
  public static RequestInfo resolve(String method, String url) {
    String target = ByteText.of(url);
    checkLine(method, target);
    RequestTarget parsed = RequestTarget.parse(method, target);
    return new Resolution(method, parsed).resolve();
  }

  private static void checkLine(String method, String target) {
    if (method.isEmpty() || !isToken(method)) {
      throw new RequestLineException("invalid method " + GoText.quote(method));
    }
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c == ' ' || c == '\n' || c == '\r') {
        throw new RequestLineException(
            "malformed HTTP version: " + GoText.quote(String.valueOf(c)) + " in the URL");
      }
    }
  }

  private static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7F || "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** One request while it is resolved. Texts have one character a byte. */
  private static final class Resolution {
    private final String method;
    private final RequestTarget target;
    private String verb;
    private String prefix = "";
    private String group = "";
    private String version = "";
    private String namespace = "";
    private String name = "";
    private String fieldSelector = "";
    private String labelSelector = "";

    Resolution(String method, RequestTarget target) {
      this.method = method;
      this.target = target;
      this.verb = RequestTarget.lowerCase(method);
    }

    RequestInfo resolve() {
      List<String> parts = segments(target.path());
      if (parts.size() < 3 || !parts.get(0).equals("api") && !parts.get(0).equals("apis")) {
        return info(List.of());
      }
      prefix = parts.get(0);
      int at = 1;
      if (prefix.equals("apis")) {
        if (parts.size() < 4) {
          return info(List.of());
        }
        group = parts.get(at++);
      }
      version = parts.get(at++);
      boolean special = parts.get(at).equals("proxy") || parts.get(at).equals("watch");
      if (special) {
        verb = parts.get(at++);
        if (at == parts.size()) {
          throw new UnresolvableRequestException(
              "unable to determine kind and namespace from url, "
                  + ByteText.toText(target.print()));
        }
      } else {
        verb = verbOf(method);
      }
      List<String> object = object(parts.subList(at, parts.size()));
      String resource = object.get(0);
      String subresource = object.size() >= 3 && !verb.equals("proxy") ? object.get(2) : "";
      name = object.size() >= 2 ? object.get(1) : "";
      applyQuery(special);
      return new RequestInfo(
          true,
          ByteText.toText(target.path()),
          verb,
          prefix,
          ByteText.toText(group),
          ByteText.toText(version),
          ByteText.toText(namespace),
          ByteText.toText(resource),
          ByteText.toText(subresource),
          ByteText.toText(name),
          texts(object),
          ByteText.toText(fieldSelector),
          ByteText.toText(labelSelector));
    }

    // The part of the path that begins with the resource (rules R-08, RS-18).
    private List<String> object(List<String> parts) {
      if (!parts.get(0).equals("namespaces") || parts.size() < 2) {
        return parts;
      }
      namespace = parts.get(1);
      boolean ofNamespace =
          parts.size() < 3 || parts.get(2).equals("status") || parts.get(2).equals("finalize");
      return ofNamespace ? parts : parts.subList(2, parts.size());
    }

    private void applyQuery(boolean special) {
      boolean mayHaveOptions = verb.equals("get") && name.isEmpty();
      if (name.isEmpty() && verb.equals("delete")) {
        verb = "deletecollection";
      }
      if (!mayHaveOptions && (special || !hasSelectors(verb))) {
        return;
      }
      QueryParameters query = QueryParameters.parse(target.query());
      if (mayHaveOptions) {
        ListOptions options = ListOptions.of(query);
        verb = options.watch() ? "watch" : "list";
        name = options.name();
      }
      if (!special) {
        String field = query.get("fieldSelector");
        String label = query.get("labelSelector");
        fieldSelector = field == null ? "" : field;
        labelSelector = label == null ? "" : label;
      }
    }

    private static boolean hasSelectors(String verb) {
      return verb.equals("list") || verb.equals("watch") || verb.equals("deletecollection");
    }

    private static String verbOf(String method) {
      return switch (method) {
        case "POST" -> "create";
        case "GET", "HEAD" -> "get";
        case "PUT" -> "update";
        case "PATCH" -> "patch";
        case "DELETE" -> "delete";
        default -> "";
      };
    }

    private RequestInfo info(List<String> parts) {
      return new RequestInfo(
          false,
          ByteText.toText(target.path()),
          verb,
          prefix,
          "",
          "",
          "",
          "",
          "",
          "",
          parts,
          "",
          "");
    }

    private static List<String> texts(List<String> parts) {
      List<String> texts = new ArrayList<>(parts.size());
      for (String part : parts) {
        texts.add(ByteText.toText(part));
      }
      return texts;
    }

    // Only slashes at the ends are dropped, empty segments in between stay (rule R-02).
    private static List<String> segments(String path) {
      int from = 0;
      int end = path.length();
      while (from < end && path.charAt(from) == '/') {
        from++;
      }
      while (end > from && path.charAt(end - 1) == '/') {
        end--;
      }
      List<String> segments = new ArrayList<>();
      while (from < end) {
        int slash = path.indexOf('/', from);
        int stop = slash < 0 || slash > end ? end : slash;
        segments.add(path.substring(from, stop));
        from = stop + 1;
      }
      return segments;
    }
  }
}
