package dev.certwright.rbac;

/** One of the four kinds of objects that make a policy. */
public sealed interface RbacObject permits ClusterRole, Role, ClusterRoleBinding, RoleBinding {

  /** Its kind as the API has it, {@code ClusterRoleBinding} and so on. */
  String kind();

  /** {@code metadata.namespace}; empty for the kinds that belong to the cluster. */
  String namespace();

  /** {@code metadata.name}. */
  String name();

  /** Where it was read. */
  Origin origin();

  /** {@code Kind "name"}, or {@code Kind "name/namespace"} if it has one, as reasons write it. */
  default String describe() {
    return kind() + " " + GoText.quote(namespace().isEmpty() ? name() : name() + "/" + namespace());
  }
}
