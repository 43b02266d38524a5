package dev.certwright.cluster;

import dev.certwright.rbac.Policy;
import dev.certwright.rbac.PolicyEditor;
import dev.certwright.rbac.RbacObject;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The policy that several watches fill. Nobody sees it before each of them has listed all of its
 * kind, because half a policy is another policy. Safe for use by several threads.
 */
final class LivePolicy {
  private final Set<WatchedKind> missing = EnumSet.allOf(WatchedKind.class);
  private Policy collected = Policy.EMPTY;
  private volatile @Nullable Policy published;

  /** Null before all kinds are listed. */
  @Nullable Policy current() {
    return published;
  }

  /** These are all objects of a kind. */
  synchronized void replace(WatchedKind kind, List<RbacObject> listed) {
    Set<String> names = new HashSet<>();
    for (RbacObject object : listed) {
      names.add(object.describe());
    }
    PolicyEditor editor = collected.edit();
    collected.forEach(
        object -> {
          if (object.kind().equals(kind.kind()) && !names.contains(object.describe())) {
            editor.remove(object);
          }
        });
    for (RbacObject object : listed) {
      editor.put(object);
    }
    missing.remove(kind);
    set(editor.build());
  }

  /** An object is new or has changed. */
  synchronized void put(RbacObject object) {
    set(collected.with(object));
  }

  /** An object is gone. */
  synchronized void remove(RbacObject object) {
    set(collected.without(object));
  }

  private void set(Policy policy) {
    collected = policy;
    if (missing.isEmpty()) {
      published = policy;
    }
  }
}
