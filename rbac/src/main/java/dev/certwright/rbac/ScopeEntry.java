package dev.certwright.rbac;

import dev.certwright.rbac.internal.Keys;
import java.util.function.Consumer;

/**
 * What one subject has in one scope, a namespace or the whole cluster: a single binding, a few
 * roles, or a crowd of roles with an index.
 */
sealed interface ScopeEntry permits StoredBinding, FewRoles, RoleCrowd {
  /** How the scopes of a subject are found by their namespace. */
  Keys<ScopeEntry, String> KEYS = new ScopeKeys();

  /** The namespace; in the entry for the whole cluster it says nothing. */
  String namespace();

  void forEachBinding(Consumer<StoredBinding> visitor);

  /** Finds scopes by namespace. */
  final class ScopeKeys implements Keys<ScopeEntry, String> {
    private ScopeKeys() {}

    @Override
    public int hash(String key) {
      return key.hashCode();
    }

    @Override
    public int hashOf(ScopeEntry entry) {
      return entry.namespace().hashCode();
    }

    @Override
    public String keyOf(ScopeEntry entry) {
      return entry.namespace();
    }

    @Override
    public int rehash(String key, int seed) {
      return StoreKey.rehash(key, seed);
    }

    @Override
    public boolean matches(ScopeEntry entry, String key) {
      return entry.namespace().equals(key);
    }

    @Override
    public boolean same(ScopeEntry one, ScopeEntry other) {
      return one.namespace().equals(other.namespace());
    }
  }
}
