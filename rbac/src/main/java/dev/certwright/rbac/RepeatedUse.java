package dev.certwright.rbac;

import dev.certwright.rbac.internal.HashTable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A role that a subject has by two bindings of one scope or more. */
final class RepeatedUse implements Use {
  private final RoleTarget target;
  private final HashTable<StoredBinding, StoredBinding> bindings;

  private RepeatedUse(RoleTarget target, HashTable<StoredBinding, StoredBinding> bindings) {
    this.target = target;
    this.bindings = bindings;
  }

  /** The use with one binding more; a binding of the same name is replaced. */
  static Use with(Use use, StoredBinding binding) {
    if (use instanceof RepeatedUse repeated) {
      return new RepeatedUse(repeated.target, repeated.bindings.with(binding));
    }
    StoredBinding only = (StoredBinding) use;
    if (only.hasSameKey(binding)) {
      return binding;
    }
    HashTable<StoredBinding, StoredBinding> none = HashTable.empty(StoredBinding.KEYS);
    return new RepeatedUse(only.target(), none.with(only).with(binding));
  }

  /** The use without a binding; null if none is left. */
  static @Nullable Use without(Use use, StoredBinding binding) {
    if (use instanceof StoredBinding only) {
      return only.hasSameKey(binding) ? null : only;
    }
    RepeatedUse repeated = (RepeatedUse) use;
    HashTable<StoredBinding, StoredBinding> rest = repeated.bindings.without(binding);
    return rest.size() > 1 ? new RepeatedUse(repeated.target, rest) : rest.any();
  }

  @Override
  public RoleTarget target() {
    return target;
  }

  @Override
  public StoredBinding anyBinding() {
    StoredBinding any = bindings.any();
    if (any == null) {
      throw new IllegalStateException("a use without a binding");
    }
    return any;
  }

  @Override
  public void forEachBinding(Consumer<StoredBinding> visitor) {
    bindings.forEach(visitor);
  }
}
