package dev.certwright.rbac;

import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Up to {@link #LIMIT} different roles that a subject has in one scope, asked one by one. */
final class FewRoles implements ScopeEntry {
  /** With more roles an index pays. */
  static final int LIMIT = 32;

  private final String namespace;
  final Use[] uses;

  private FewRoles(String namespace, Use[] uses) {
    this.namespace = namespace;
    this.uses = uses;
  }

  /** A scope with a binding more. */
  static ScopeEntry with(@Nullable ScopeEntry entry, StoredBinding binding, RoleSource roles) {
    if (entry == null) {
      return binding;
    }
    if (entry instanceof RoleCrowd crowd) {
      return crowd.with(binding, roles);
    }
    Use[] uses = entry instanceof FewRoles few ? few.uses : new Use[] {(StoredBinding) entry};
    for (int i = 0; i < uses.length; i++) {
      if (uses[i].target().isSameRole(binding.target())) {
        Use[] changed = uses.clone();
        changed[i] = RepeatedUse.with(uses[i], binding);
        return of(entry.namespace(), changed);
      }
    }
    Use[] longer = Arrays.copyOf(uses, uses.length + 1);
    longer[uses.length] = binding;
    return longer.length > LIMIT
        ? RoleCrowd.of(entry.namespace(), longer, roles)
        : new FewRoles(entry.namespace(), longer);
  }

  /** A scope without a binding; null if nothing is left. */
  static @Nullable ScopeEntry without(ScopeEntry entry, StoredBinding binding, RoleSource roles) {
    if (entry instanceof StoredBinding only) {
      return only.hasSameKey(binding) ? null : only;
    }
    if (entry instanceof RoleCrowd crowd) {
      return crowd.without(binding, roles);
    }
    FewRoles few = (FewRoles) entry;
    for (int i = 0; i < few.uses.length; i++) {
      if (few.uses[i].target().isSameRole(binding.target())) {
        Use rest = RepeatedUse.without(few.uses[i], binding);
        Use[] changed = few.uses.clone();
        if (rest != null) {
          changed[i] = rest;
        } else {
          changed[i] = changed[changed.length - 1];
          changed = Arrays.copyOf(changed, changed.length - 1);
        }
        return of(few.namespace, changed);
      }
    }
    return entry;
  }

  /** The scope that has these uses, in its smallest form. */
  static ScopeEntry of(String namespace, Use[] uses) {
    return uses.length == 1 && uses[0] instanceof StoredBinding only
        ? only
        : new FewRoles(namespace, uses);
  }

  @Override
  public String namespace() {
    return namespace;
  }

  @Override
  public void forEachBinding(Consumer<StoredBinding> visitor) {
    for (Use use : uses) {
      use.forEachBinding(visitor);
    }
  }
}
