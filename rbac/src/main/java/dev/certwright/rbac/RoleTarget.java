package dev.certwright.rbac;

import dev.certwright.rbac.internal.Keys;

/**
 * The role that a binding resolves to, whether it is there or not: kind, namespace and name. Which
 * API group the reference names does not matter (rule RS-01).
 */
final class RoleTarget {
  /** How roles of one kind are found. */
  static final Keys<CompiledRole, RoleTarget> ROLE_KEYS = new RoleKeys();

  final RoleRef ref;
  final String namespace;
  final int hash;

  private RoleTarget(RoleRef ref, String namespace) {
    this.ref = ref;
    this.namespace = namespace;
    this.hash = StoreKey.hash(namespace, ref.name());
  }

  /** What a reference means in a binding of this namespace, empty for a ClusterRoleBinding. */
  static RoleTarget of(RoleRef ref, String bindingNamespace) {
    return new RoleTarget(ref, ref.kind().equals(RoleRef.ROLE) ? bindingNamespace : "");
  }

  /** What finds this role. */
  static RoleTarget of(RbacObject role) {
    return new RoleTarget(
        new RoleRef(RoleRef.API_GROUP, role.kind(), role.name()), role.namespace());
  }

  boolean isSameRole(RoleTarget other) {
    return this == other
        || hash == other.hash
            && ref.kind().equals(other.ref.kind())
            && StoreKey.same(namespace, ref.name(), other.namespace, other.ref.name());
  }

  /** What upstream says when the role is not there (rules RE-02, RE-04). */
  String problem() {
    return switch (ref.kind()) {
      case RoleRef.CLUSTER_ROLE -> notFound("clusterrole");
      case RoleRef.ROLE -> notFound("role");
      default -> "unsupported role reference kind: " + GoText.quote(ref.kind());
    };
  }

  private String notFound(String resource) {
    return resource + "." + RoleRef.API_GROUP + " " + GoText.quote(ref.name()) + " not found";
  }

  private static final class RoleKeys implements Keys<CompiledRole, RoleTarget> {
    @Override
    public int hash(RoleTarget key) {
      return key.hash;
    }

    @Override
    public int hashOf(CompiledRole entry) {
      return StoreKey.hash(entry.role.namespace(), entry.role.name());
    }

    @Override
    public RoleTarget keyOf(CompiledRole entry) {
      return of(entry.role);
    }

    @Override
    public int rehash(RoleTarget key, int seed) {
      return StoreKey.rehash(StoreKey.of(key.namespace, key.ref.name()), seed);
    }

    @Override
    public boolean matches(CompiledRole entry, RoleTarget key) {
      return StoreKey.same(
          entry.role.namespace(), entry.role.name(), key.namespace, key.ref.name());
    }

    @Override
    public boolean same(CompiledRole one, CompiledRole other) {
      return StoreKey.same(
          one.role.namespace(), one.role.name(), other.role.namespace(), other.role.name());
    }
  }
}
