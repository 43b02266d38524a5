package dev.certwright.rbac.lines;

import dev.certwright.rbac.request.RequestInfo;
import dev.certwright.rbac.request.RequestInfoResolver;
import dev.certwright.rbac.request.RequestLineException;
import tools.jackson.core.JsonParser;

/**
 * Resolves requests, line by line: {@code {"id","method","url"}} is answered by {@code
 * {"id","isResourceRequest","path","verb","apiPrefix","apiGroup","apiVersion","namespace",
 * "resource","subresource","name","parts":[…],"fieldSelector","labelSelector"}}, by {@code "error"}
 * where the API server could not tell (500), and by {@code "httpError"} where the request line is
 * refused (400).
 */
public final class RequestInfoLines extends QuestionLines {
  private String method = "";
  private String url = "";

  @Override
  void reset() {
    method = "";
    url = "";
  }

  @Override
  boolean take(String field, JsonParser value) {
    switch (field) {
      case "method" -> method = text(field, value);
      case "url" -> url = text(field, value);
      default -> {
        return false;
      }
    }
    return true;
  }

  @Override
  void answer(LineWriter out) {
    RequestInfo info;
    try {
      info = RequestInfoResolver.resolve(method, url);
    } catch (RequestLineException e) {
      out.text("httpError", String.valueOf(e.getMessage()));
      return;
    }
    out.flag("isResourceRequest", info.resourceRequest())
        .text("path", info.path())
        .text("verb", info.verb())
        .text("apiPrefix", info.apiPrefix())
        .text("apiGroup", info.apiGroup())
        .text("apiVersion", info.apiVersion())
        .text("namespace", info.namespace())
        .text("resource", info.resource())
        .text("subresource", info.subresource())
        .text("name", info.name())
        .texts("parts", info.parts())
        .text("fieldSelector", info.fieldSelector())
        .text("labelSelector", info.labelSelector());
  }
}
