package dev.certwright.rbac;

import dev.certwright.rbac.internal.Keys;
import java.util.function.Consumer;

/** One role that a subject has in one scope, by one binding or by several. */
sealed interface Use permits StoredBinding, RepeatedUse {
  /** How uses are found by their role. */
  Keys<Use, RoleTarget> KEYS = new UseKeys();

  RoleTarget target();

  /** One of the bindings. */
  StoredBinding anyBinding();

  void forEachBinding(Consumer<StoredBinding> visitor);

  /** Finds uses by kind, namespace and name of the role. */
  final class UseKeys implements Keys<Use, RoleTarget> {
    private UseKeys() {}

    @Override
    public int hash(RoleTarget key) {
      return key.hash ^ key.ref.kind().hashCode();
    }

    @Override
    public int hashOf(Use entry) {
      return hash(entry.target());
    }

    @Override
    public RoleTarget keyOf(Use entry) {
      return entry.target();
    }

    @Override
    public int rehash(RoleTarget key, int seed) {
      return StoreKey.rehash(
          key.ref.kind() + " " + StoreKey.of(key.namespace, key.ref.name()), seed);
    }

    @Override
    public boolean matches(Use entry, RoleTarget key) {
      return entry.target().isSameRole(key);
    }

    @Override
    public boolean same(Use one, Use other) {
      return one.target().isSameRole(other.target());
    }
  }
}
