package dev.certwright.cluster;

import dev.certwright.rbac.RbacObject;
import dev.certwright.rbac.manifest.Manifest;
import dev.certwright.rbac.manifest.ManifestLoader;
import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlString;
import java.util.List;

/** One of the four kinds of objects that make a policy: where it is, and how it is read. */
enum WatchedKind {
  CLUSTER_ROLE("ClusterRole", "clusterroles"),
  ROLE("Role", "roles"),
  CLUSTER_ROLE_BINDING("ClusterRoleBinding", "clusterrolebindings"),
  ROLE_BINDING("RoleBinding", "rolebindings");

  private static final String API = "/apis/rbac.authorization.k8s.io/v1/";

  private final String kind;
  private final String resource;

  WatchedKind(String kind, String resource) {
    this.kind = kind;
    this.resource = resource;
  }

  String kind() {
    return kind;
  }

  String resource() {
    return resource;
  }

  String path() {
    return API + resource;
  }

  /**
   * The objects in a list or in one object.
   *
   * @throws ClusterException if there is anything else in it
   */
  List<RbacObject> read(ApiServer server, byte[] json) {
    ManifestLoader loader = ManifestLoader.lenient().replacing().withoutLines();
    loader.add(resource + " of " + server.address(), json);
    Manifest manifest = loader.manifest();
    if (!manifest.problems().isEmpty()) {
      throw unexpected(server, String.valueOf(manifest.problems().get(0)), null);
    }
    for (RbacObject object : manifest.objects()) {
      if (!object.kind().equals(kind)) {
        throw unexpected(server, "a " + object.kind() + " among its " + resource, null);
      }
    }
    return manifest.objects();
  }

  static ClusterException unexpected(
      ApiServer server, String what, @org.jspecify.annotations.Nullable YamlException cause) {
    return new ClusterException(
        server.address() + " answered with something unexpected: " + what,
        "is it a Kubernetes API server?",
        cause);
  }

  /** A text in {@code metadata}; empty if it is not there. */
  static String metadata(YamlMapping object, String key) {
    return object.get("metadata") instanceof YamlMapping metadata
            && metadata.get(key) instanceof YamlString text
        ? text.value()
        : "";
  }
}
