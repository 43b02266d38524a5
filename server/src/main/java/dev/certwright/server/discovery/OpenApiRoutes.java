package dev.certwright.server.discovery;

import dev.certwright.rbac.request.RequestInfo;
import dev.certwright.server.http.Response;
import dev.certwright.server.pipeline.Call;
import dev.certwright.server.pipeline.Endpoint;
import dev.certwright.server.pipeline.Routes;
import dev.certwright.server.pipeline.StatusObject;
import dev.certwright.server.wire.OpenApi2;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /openapi/v3} and {@code /openapi/v2}, as much of them as kubectl looks at: for {@code
 * apply} and {@code create} that the server validates fields itself, without which they end before
 * they send anything; for {@code explain} what is known of each kind.
 */
public final class OpenApiRoutes implements Routes {
  private static final String ROOT = "/openapi/v3";
  private static final String OLD = "/openapi/v2";
  private static final List<String> OLD_PROTOBUF = List.of(OpenApi2.WANTED, OpenApi2.PROTOBUF);

  private final Supplier<ApiCatalog> catalogs;

  /** Tells of a catalog. */
  public OpenApiRoutes(Supplier<ApiCatalog> catalogs) {
    this.catalogs = catalogs;
  }

  @Override
  public @Nullable Endpoint find(String method, RequestInfo info) {
    if (info.resourceRequest()) {
      return null;
    }
    if (info.path().equals(OLD)) {
      return method.equals("GET") || method.equals("HEAD")
          ? this::old
          : call -> call.answer(405, StatusObject.methodNotAllowed());
    }
    if (!info.path().startsWith(ROOT)) {
      return null;
    }
    YamlMapping document = document(info.path().substring(ROOT.length()));
    if (document == null) {
      return null;
    }
    return method.equals("GET") || method.equals("HEAD")
        ? call -> call.answer(200, document)
        : call -> call.answer(405, StatusObject.methodNotAllowed());
  }

  private Response old(Call call) {
    ApiCatalog catalog = catalogs.get();
    List<ResourceType> types = new ArrayList<>();
    catalog
        .groups()
        .forEach(
            (group, versions) -> {
              for (String version : versions) {
                List<ResourceType> some =
                    catalog.resources(group.isEmpty() ? version : group + "/" + version);
                types.addAll(some == null ? List.of() : some);
              }
            });
    YamlMapping document = OpenApi2.document(OpenApiSchemas.of(types));
    String wanted = call.request().header("Accept");
    return OLD_PROTOBUF.contains(wanted)
        ? Response.of(200, OpenApi2.PROTOBUF, OpenApi2.write(document))
        : call.answer(200, document);
  }

  private @Nullable YamlMapping document(String rest) {
    ApiCatalog catalog = catalogs.get();
    if (rest.isEmpty() || rest.equals("/")) {
      return index(catalog);
    }
    String apiVersion =
        rest.startsWith("/api/")
            ? rest.substring("/api/".length())
            : rest.startsWith("/apis/") ? rest.substring("/apis/".length()) : "";
    List<ResourceType> types = catalog.resources(apiVersion);
    return types == null ? null : paths(types);
  }

  private static YamlMapping index(ApiCatalog catalog) {
    YamlMapping.Builder paths = YamlMapping.builder();
    for (Map.Entry<String, List<String>> group : catalog.groups().entrySet()) {
      for (String version : group.getValue()) {
        String path = prefix(group.getKey(), version);
        paths.put(path, YamlMapping.builder().put("serverRelativeURL", ROOT + "/" + path).build());
      }
    }
    return YamlMapping.builder().put("paths", paths.build()).build();
  }

  private static String prefix(String group, String version) {
    return group.isEmpty() ? "api/" + version : "apis/" + group + "/" + version;
  }

  private static YamlMapping paths(List<ResourceType> types) {
    YamlMapping.Builder paths = YamlMapping.builder();
    for (ResourceType type : types) {
      YamlMapping kind =
          YamlMapping.builder()
              .put("group", type.group())
              .put("version", type.version())
              .put("kind", type.kind())
              .build();
      YamlMapping parameter =
          YamlMapping.builder().put("name", "fieldValidation").put("in", "query").build();
      YamlMapping patch =
          YamlMapping.builder()
              .put("parameters", YamlSequence.of(List.of(parameter)))
              .put("responses", YamlMapping.EMPTY)
              .put("x-kubernetes-action", "patch")
              .put("x-kubernetes-group-version-kind", kind)
              .build();
      paths.put(
          "/"
              + prefix(type.group(), type.version())
              + (type.namespaced() ? "/namespaces/{namespace}/" : "/")
              + type.resource()
              + "/{name}",
          YamlMapping.builder().put("patch", patch).build());
    }
    YamlMapping info =
        YamlMapping.builder().put("title", "Kubernetes").put("version", "unversioned").build();
    return YamlMapping.builder()
        .put("openapi", "3.0.0")
        .put("info", info)
        .put("paths", paths.build())
        .put("components", YamlMapping.builder().put("schemas", OpenApiSchemas.of(types)).build())
        .build();
  }
}
