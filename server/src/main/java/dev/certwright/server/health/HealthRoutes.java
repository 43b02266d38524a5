package dev.certwright.server.health;

import dev.certwright.rbac.request.RequestInfo;
import dev.certwright.server.http.Response;
import dev.certwright.server.pipeline.Call;
import dev.certwright.server.pipeline.Endpoint;
import dev.certwright.server.pipeline.Routes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /livez}, {@code /readyz} and {@code /healthz}, with the single checks below them, and
 * {@code ?verbose} and {@code ?exclude=} as upstream has them.
 */
public final class HealthRoutes implements Routes {
  private final Map<String, BooleanSupplier> alive = new LinkedHashMap<>();
  private final Map<String, BooleanSupplier> ready = new LinkedHashMap<>();

  /**
   * Of a server.
   *
   * @param readiness what must hold before it is ready, by name, in order
   */
  public HealthRoutes(Map<String, BooleanSupplier> readiness) {
    alive.put("ping", () -> true);
    ready.putAll(alive);
    ready.putAll(readiness);
  }

  @Override
  public @Nullable Endpoint find(String method, RequestInfo info) {
    if (info.resourceRequest()) {
      return null;
    }
    for (String name : List.of("livez", "readyz", "healthz")) {
      Map<String, BooleanSupplier> checks = name.equals("livez") ? alive : ready;
      if (info.path().equals("/" + name)) {
        return call -> all(name, checks, call);
      }
      if (info.path().startsWith("/" + name + "/")) {
        BooleanSupplier one = checks.get(info.path().substring(name.length() + 2));
        return one == null ? null : call -> one(one);
      }
    }
    return null;
  }

  private static Response one(BooleanSupplier check) {
    return check.getAsBoolean()
        ? ok("ok")
        : Response.text(500, "internal server error: not ready\n");
  }

  private static Response all(String name, Map<String, BooleanSupplier> checks, Call call) {
    List<String> excluded = call.query().texts("exclude");
    StringBuilder lines = new StringBuilder();
    List<String> failed = new ArrayList<>();
    for (Map.Entry<String, BooleanSupplier> check : checks.entrySet()) {
      if (excluded.contains(check.getKey())) {
        lines.append("[+]").append(check.getKey()).append(" excluded: ok\n");
      } else if (check.getValue().getAsBoolean()) {
        lines.append("[+]").append(check.getKey()).append(" ok\n");
      } else {
        failed.add(check.getKey());
        lines.append("[-]").append(check.getKey()).append(" failed: reason withheld\n");
      }
    }
    if (!failed.isEmpty()) {
      return Response.text(500, lines + name + " check failed\n");
    }
    return ok(call.query().text("verbose") == null ? "ok" : lines + name + " check passed\n");
  }

  private static Response ok(String text) {
    return Response.text(200, text).with("Cache-Control", "no-cache, private");
  }
}
