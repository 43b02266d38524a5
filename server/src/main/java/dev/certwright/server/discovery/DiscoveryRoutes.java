package dev.certwright.server.discovery;

import dev.certwright.rbac.request.RequestInfo;
import dev.certwright.server.http.Response;
import dev.certwright.server.pipeline.Call;
import dev.certwright.server.pipeline.Endpoint;
import dev.certwright.server.pipeline.Routes;
import dev.certwright.server.pipeline.StatusObject;
import dev.certwright.yaml.YamlMapping;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api}, {@code /apis} and what is below them, down to the list of a version's resources.
 */
public final class DiscoveryRoutes implements Routes {
  private final Supplier<ApiCatalog> catalogs;
  private volatile @Nullable Written written;

  private record Written(
      ApiCatalog catalog,
      DiscoveryDocuments documents,
      AggregatedDocument core,
      AggregatedDocument groups) {}

  /**
   * Tells of a catalog.
   *
   * @param catalogs the one that counts; the same object as long as it has not changed
   */
  public DiscoveryRoutes(Supplier<ApiCatalog> catalogs) {
    this.catalogs = catalogs;
  }

  @Override
  public @Nullable Endpoint find(String method, RequestInfo info) {
    String path = info.path().endsWith("/") ? withoutSlash(info.path()) : info.path();
    boolean ours =
        path.equals("/api")
            || path.startsWith("/api/")
            || path.equals("/apis")
            || path.startsWith("/apis/");
    if (info.resourceRequest() || !ours) {
      return null;
    }
    Endpoint endpoint = endpoint(path, written());
    return endpoint == null || method.equals("GET") || method.equals("HEAD")
        ? endpoint
        : call -> call.answer(405, StatusObject.methodNotAllowed());
  }

  // Only one: with several it is not what upstream serves.
  private static String withoutSlash(String path) {
    return path.substring(0, path.length() - 1);
  }

  private static @Nullable Endpoint endpoint(String path, Written now) {
    switch (path) {
      case "/api" -> {
        return call -> either(call, now.core, now.documents.versions());
      }
      case "/apis" -> {
        return call -> either(call, now.groups, now.documents.groupList());
      }
      default -> {
        boolean core = path.startsWith("/api/");
        String rest = path.substring(core ? "/api/".length() : "/apis/".length());
        boolean version = core || rest.indexOf('/') >= 0;
        if (core && rest.indexOf('/') >= 0) {
          return null;
        }
        YamlMapping document =
            version ? now.documents.resourceList(rest) : now.documents.group(rest);
        return document == null ? null : call -> call.answer(200, document);
      }
    }
  }

  private static Response either(Call call, AggregatedDocument aggregated, YamlMapping plain) {
    return AggregatedDocument.isWanted(call) ? aggregated.answer(call) : call.answer(200, plain);
  }

  @SuppressWarnings("ReferenceEquality") // A new object is a new catalog.
  private Written written() {
    ApiCatalog catalog = catalogs.get();
    Written known = written;
    if (known == null || known.catalog != catalog) {
      DiscoveryDocuments documents = new DiscoveryDocuments(catalog);
      known =
          new Written(
              catalog,
              documents,
              new AggregatedDocument(documents.aggregated(true)),
              new AggregatedDocument(documents.aggregated(false)));
      written = known;
    }
    return known;
  }
}
