package dev.certwright.server.health;

import dev.certwright.rbac.request.RequestInfo;
import dev.certwright.server.http.Response;
import dev.certwright.server.pipeline.Call;
import dev.certwright.server.pipeline.Endpoint;
import dev.certwright.server.pipeline.Routes;
import dev.certwright.server.pipeline.StatusObject;
import dev.certwright.server.wire.Accepted;
import dev.certwright.server.wire.MediaType;
import dev.certwright.yaml.YamlMapping;
import org.jspecify.annotations.Nullable;

/**
 * {@code /version}: the Kubernetes version whose answers these are, with ours as its build, as
 * distributions of Kubernetes name themselves.
 */
public final class VersionRoutes implements Routes {
  private final YamlMapping version;

  /**
   * Of a server.
   *
   * @param kubernetes {@code 1.37.2}
   * @param own Certwright's
   */
  public VersionRoutes(String kubernetes, String own) {
    int dot = kubernetes.indexOf('.');
    int second = kubernetes.indexOf('.', dot + 1);
    this.version =
        YamlMapping.builder()
            .put("major", kubernetes.substring(0, dot))
            .put("minor", kubernetes.substring(dot + 1, second))
            .put("gitVersion", "v" + kubernetes + "+certwright-" + own)
            .put("gitCommit", "")
            .put("gitTreeState", "")
            .put("buildDate", "")
            .put("goVersion", "")
            .put("compiler", "")
            .put("platform", "java")
            .build();
  }

  @Override
  public @Nullable Endpoint find(String method, RequestInfo info) {
    boolean ours = info.path().equals("/version") || info.path().equals("/version/");
    if (info.resourceRequest() || !ours) {
      return null;
    }
    return method.equals("GET") || method.equals("HEAD")
        ? this::answer
        : call -> call.answer(405, StatusObject.methodNotAllowed());
  }

  // Upstream has no other form of it.
  private Response answer(Call call) {
    return Accepted.isRouted(call.request().header("Accept"), MediaType.JSON)
        ? call.answer(200, version, MediaType.JSON)
        : call.answer(406, StatusObject.notRouted(MediaType.JSON.text()));
  }
}
