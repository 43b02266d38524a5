package dev.certwright.cluster;

import dev.certwright.rbac.Policy;
import java.util.List;

/**
 * The RBAC objects of a cluster, as far as they could be read, and as the authorizer has them:
 * aggregated ClusterRoles with the rules that the controller put there.
 *
 * @param policy of what could be read
 * @param unread what could not, never taken for absent
 */
public record ClusterPolicy(Policy policy, List<Unread> unread) {

  /** Copies the list. */
  public ClusterPolicy {
    unread = List.copyOf(unread);
  }

  /**
   * A list that could not be read.
   *
   * @param resource plural name
   * @param namespace empty for the cluster or all namespaces
   * @param namespaced whether only questions about namespaces hang on it
   * @param reason the server's
   */
  public record Unread(String resource, String namespace, boolean namespaced, String reason) {

    /** {@code rolebindings in dev: 403 ...}. */
    @Override
    public String toString() {
      return resource + (namespace.isEmpty() ? "" : " in " + namespace) + ": " + reason;
    }
  }
}
