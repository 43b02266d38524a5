package dev.certwright.cluster;

import dev.certwright.cluster.ClusterPolicy.Unread;
import dev.certwright.rbac.manifest.Manifest;
import dev.certwright.rbac.manifest.ManifestLoader;
import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlString;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists the RBAC objects of a cluster, page by page. It needs {@code list} of what it reads and
 * nothing else.
 */
public final class RbacReader {
  private static final String API = "/apis/rbac.authorization.k8s.io/v1";
  private static final int PAGE = 500;
  private static final int MOST_PAGES = 20_000;

  private final ApiServer server;
  private final ManifestLoader loader = ManifestLoader.lenient().replacing().withoutLines();
  private final List<Unread> unread = new ArrayList<>();

  /** Reads from a server. */
  public RbacReader(ApiServer server) {
    this.server = server;
  }

  /**
   * The policy for questions about the cluster and one namespace.
   *
   * @param namespace empty if only the cluster is asked about
   * @throws ClusterException if the server cannot be asked, or lets nobody in
   */
  public ClusterPolicy readFor(String namespace) {
    readCluster();
    if (!namespace.isEmpty()) {
      String in = "/namespaces/" + URLEncoder.encode(namespace, StandardCharsets.UTF_8);
      read(in, "roles", namespace, true);
      read(in, "rolebindings", namespace, true);
    }
    return result();
  }

  /** The policy for questions about any namespace; see {@link #readFor}. */
  public ClusterPolicy readAll() {
    readCluster();
    read("", "roles", "", true);
    read("", "rolebindings", "", true);
    return result();
  }

  private void readCluster() {
    read("", "clusterroles", "", false);
    read("", "clusterrolebindings", "", false);
  }

  private ClusterPolicy result() {
    Manifest manifest = loader.manifest();
    if (!manifest.problems().isEmpty()) {
      throw new ClusterException(
          server.address() + " answered with objects that are none: " + manifest.problems().get(0),
          "is it a Kubernetes API server?",
          null);
    }
    return new ClusterPolicy(manifest.policyAsWritten(), unread);
  }

  private void read(String scope, String resource, String namespace, boolean namespaced) {
    String path = API + scope + "/" + resource;
    String next = "";
    boolean restarted = false;
    for (int page = 0; page < MOST_PAGES; page++) {
      ApiResponse response =
          server.get(
              path
                  // Whoever was told that the list is too old gets it whole, which cannot age.
                  + (restarted ? "" : "?limit=" + PAGE)
                  + (next.isEmpty()
                      ? ""
                      : "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8)));
      if (response.status() == ApiResponse.GONE && !restarted) {
        restarted = true;
        next = "";
        continue;
      }
      if (response.status() != ApiResponse.OK) {
        refused(response, new Unread(resource, namespace, namespaced, response.describe()));
        return;
      }
      next = add(response, resource);
      if (next.isEmpty()) {
        return;
      }
    }
    unread.add(
        new Unread(resource, namespace, namespaced, "more than " + MOST_PAGES + " pages of it"));
  }

  private void refused(ApiResponse response, Unread what) {
    if (response.status() == ApiResponse.UNAUTHORIZED) {
      throw new ClusterException(
          server.address() + " lets nobody in with these credentials: " + response.describe(),
          "certwright verify says why a certificate is refused",
          null);
    }
    unread.add(what);
  }

  // The answer is where the next page begins, empty at the end.
  private String add(ApiResponse response, String resource) {
    try {
      YamlMapping list = response.object(resource);
      loader.add(resource + " of " + server.address(), response.body());
      return list.get("metadata") instanceof YamlMapping metadata
              && metadata.get("continue") instanceof YamlString text
          ? text.value()
          : "";
    } catch (YamlException noObject) {
      throw new ClusterException(
          server.address() + " answered with something that is no list of " + resource,
          "is it a Kubernetes API server?",
          noObject);
    }
  }
}
