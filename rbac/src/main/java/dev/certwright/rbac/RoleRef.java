package dev.certwright.rbac;

import org.jspecify.annotations.Nullable;

/**
 * The role that a binding gives: {@code RoleRef} of rbac.authorization.k8s.io/v1.
 *
 * @param apiGroup not looked at in a decision (rule RS-01)
 * @param kind {@link #ROLE} or {@link #CLUSTER_ROLE}; anything else resolves to an error (rule
 *     RE-02)
 * @param name of the role
 */
public record RoleRef(String apiGroup, String kind, String name) {

  /** The group of all RBAC objects. */
  public static final String API_GROUP = "rbac.authorization.k8s.io";

  /** A role of the binding's namespace. */
  public static final String ROLE = "Role";

  /** A role of the cluster. */
  public static final String CLUSTER_ROLE = "ClusterRole";

  // Written out, because what a record has of its own is made at run time when it is first used,
  // which a start waits for.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof RoleRef that
        && apiGroup.equals(that.apiGroup)
        && kind.equals(that.kind)
        && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return (apiGroup.hashCode() * 31 + kind.hashCode()) * 31 + name.hashCode();
  }

  /** A reference to a ClusterRole. */
  public static RoleRef clusterRole(String name) {
    return new RoleRef(API_GROUP, CLUSTER_ROLE, name);
  }

  /** A reference to a Role of the binding's namespace. */
  public static RoleRef role(String name) {
    return new RoleRef(API_GROUP, ROLE, name);
  }
}
