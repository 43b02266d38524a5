package dev.certwright.server.audit;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.Decision;
import dev.certwright.rbac.Grant;
import dev.certwright.rbac.request.RequestInfo;
import dev.certwright.server.http.Request;
import dev.certwright.server.pipeline.Completed;
import dev.certwright.server.pipeline.Verdict;
import dev.certwright.server.wire.UserInfo;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;

/** An event at level Metadata (rules AU-01 to AU-07), with the rule that allowed as annotations. */
final class AuditEvent {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private static final int LONGEST_AGENT = 1024;
  private static final int LONGEST_URI = 16 << 10;

  private AuditEvent() {}

  static YamlMapping of(Completed completed) {
    Request request = completed.request();
    RequestInfo info = completed.info();
    YamlMapping.Builder event =
        YamlMapping.builder()
            .put("kind", "Event")
            .put("apiVersion", "audit.k8s.io/v1")
            .put("level", "Metadata")
            .put("auditID", completed.auditId())
            .put(
                "stage",
                completed.stage() == Completed.Stage.RESPONSE_STARTED
                    ? "ResponseStarted"
                    : "ResponseComplete")
            .put("requestURI", cut(request.target(), LONGEST_URI))
            .put("verb", info == null ? request.method() : info.verb());
    Identity client = completed.client();
    Identity user = completed.user();
    event.put("user", client == null ? YamlMapping.EMPTY : UserInfo.of(client));
    String constraint = completed.constraint();
    if (constraint != null && user != null) {
      event.put("impersonatedUser", UserInfo.of(user));
      if (!constraint.isEmpty()) {
        event.put(
            "authenticationMetadata",
            YamlMapping.builder().put("impersonationConstraint", constraint).build());
      }
    }
    event.put("sourceIPs", YamlSequence.ofStrings(List.of(request.remoteAddress())));
    String agent = request.header("User-Agent");
    if (!agent.isEmpty()) {
      event.put("userAgent", cut(agent, LONGEST_AGENT));
    }
    if (info != null && info.resourceRequest()) {
      event.put("objectRef", objectRef(info));
    }
    return event
        .put("responseStatus", status(completed))
        .put("requestReceivedTimestamp", time(completed.received()))
        .put("stageTimestamp", time(completed.at()))
        .put("annotations", annotations(completed))
        .build();
  }

  private static String time(Instant instant) {
    return TIME.format(instant);
  }

  private static String cut(String text, int longest) {
    return text.length() <= longest ? text : text.substring(0, longest) + "...TRUNCATED";
  }

  private static YamlMapping objectRef(RequestInfo info) {
    YamlMapping.Builder reference = YamlMapping.builder();
    put(reference, "resource", info.resource());
    put(reference, "namespace", info.namespace());
    put(reference, "name", info.name());
    put(reference, "apiGroup", info.apiGroup());
    put(reference, "apiVersion", info.apiVersion());
    put(reference, "subresource", info.subresource());
    return reference.build();
  }

  private static YamlMapping status(Completed completed) {
    YamlMapping.Builder status = YamlMapping.builder().put("metadata", YamlMapping.EMPTY);
    if (completed.status() >= 400) {
      status.put("status", "Failure");
    }
    if (completed.status() == 401) {
      boolean presented = !completed.request().clientCertificates().isEmpty();
      List<String> attempted = new ArrayList<>();
      String authorization = completed.request().header("Authorization");
      if (authorization.regionMatches(true, 0, "basic ", 0, 6)) {
        attempted.add("basic");
      } else if (authorization.regionMatches(true, 0, "bearer ", 0, 7)) {
        attempted.add("bearer");
      }
      if (presented) {
        attempted.add("x509");
      }
      status.put(
          "message",
          attempted.isEmpty()
              ? "Authentication failed, no credentials provided"
              : "Authentication failed, attempted: " + String.join(", ", attempted));
    }
    return status.put("code", completed.status()).build();
  }

  private static YamlMapping annotations(Completed completed) {
    YamlMapping.Builder annotations = YamlMapping.builder();
    Verdict verdict = completed.verdict();
    if (verdict == null) {
      put(annotations, "certwright.dev/authentication-failure", completed.problem());
      return annotations.build();
    }
    if (!verdict.isAllowed() && !verdict.error().isEmpty()) {
      return annotations.put("authorization.k8s.io/reason", "internal error").build();
    }
    annotations.put("authorization.k8s.io/decision", verdict.isAllowed() ? "allow" : "forbid");
    annotations.put("authorization.k8s.io/reason", verdict.reason());
    Decision decision = verdict.decision();
    Grant grant = decision == null ? null : decision.grant();
    if (grant != null) {
      annotations.put("certwright.dev/binding", grant.binding().describe());
      annotations.put(
          "certwright.dev/rule", (grant.ruleNumber() + 1) + " of " + grant.role().describe());
    }
    return annotations.build();
  }

  private static void put(YamlMapping.Builder into, String key, String text) {
    if (!text.isEmpty()) {
      into.put(key, text);
    }
  }
}
