package dev.certwright.rbac;

import dev.certwright.rbac.internal.HashTable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a subject with several bindings has, by scope. */
final class SubjectNode implements SubjectEntry {
  final String name;
  final @Nullable ScopeEntry cluster;
  // A ScopeEntry, or a HashTable of them by namespace.
  private final @Nullable Object local;

  private SubjectNode(String name, @Nullable ScopeEntry cluster, @Nullable Object local) {
    this.name = name;
    this.cluster = cluster;
    this.local = local;
  }

  /** An entry with a binding more, which names this subject. */
  static SubjectEntry with(
      @Nullable SubjectEntry entry, String name, StoredBinding binding, RoleSource roles) {
    if (entry == null && binding.hasOneSubject()) {
      return binding;
    }
    SubjectNode node = asNode(entry, name, roles);
    return node.withScope(
        binding.scope(), FewRoles.with(node.scope(binding.scope()), binding, roles));
  }

  /** An entry without a binding; null if nothing is left. */
  static @Nullable SubjectEntry without(
      SubjectEntry entry, StoredBinding binding, RoleSource roles) {
    if (entry instanceof StoredBinding only) {
      return only.clusterWide == binding.clusterWide && only.hasSameKey(binding) ? null : only;
    }
    SubjectNode node = (SubjectNode) entry;
    ScopeEntry scope = node.scope(binding.scope());
    if (scope == null) {
      return entry;
    }
    SubjectNode rest = node.withScope(binding.scope(), FewRoles.without(scope, binding, roles));
    return rest.cluster == null && rest.local == null ? null : rest;
  }

  private static SubjectNode asNode(@Nullable SubjectEntry entry, String name, RoleSource roles) {
    SubjectNode none = new SubjectNode(name, null, null);
    if (entry instanceof StoredBinding only) {
      return none.withScope(only.scope(), FewRoles.with(null, only, roles));
    }
    return entry == null ? none : (SubjectNode) entry;
  }

  /** What holds in a scope: a namespace, or the cluster if it is empty. */
  @Nullable ScopeEntry scope(String namespace) {
    return namespace.isEmpty() ? cluster : namespace(namespace);
  }

  /** What holds in a namespace by RoleBindings. */
  @SuppressWarnings("unchecked")
  @Nullable ScopeEntry namespace(String namespace) {
    if (local instanceof ScopeEntry only) {
      return only.namespace().equals(namespace) ? only : null;
    }
    return local == null ? null : ((HashTable<ScopeEntry, String>) local).find(namespace);
  }

  /** Visits what holds in namespaces. */
  @SuppressWarnings("unchecked")
  void forEachNamespace(Consumer<ScopeEntry> visitor) {
    if (local instanceof ScopeEntry only) {
      visitor.accept(only);
    } else if (local != null) {
      ((HashTable<ScopeEntry, String>) local).forEach(visitor);
    }
  }

  @SuppressWarnings("unchecked")
  SubjectNode withScope(String namespace, @Nullable ScopeEntry entry) {
    if (namespace.isEmpty()) {
      return new SubjectNode(name, entry, local);
    }
    if (local == null || local instanceof ScopeEntry only && only.namespace().equals(namespace)) {
      return new SubjectNode(name, cluster, entry);
    }
    HashTable<ScopeEntry, String> table;
    if (local instanceof ScopeEntry only) {
      HashTable<ScopeEntry, String> none = HashTable.empty(ScopeEntry.KEYS);
      table = none.with(only);
    } else {
      table = (HashTable<ScopeEntry, String>) local;
    }
    table = entry == null ? table.without(namespace) : table.with(entry);
    return new SubjectNode(name, cluster, table.size() > 1 ? table : table.any());
  }
}
