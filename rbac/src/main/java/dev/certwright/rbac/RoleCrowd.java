package dev.certwright.rbac;

import dev.certwright.rbac.internal.HashTable;
import dev.certwright.rbac.internal.Keys;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * More roles than are worth asking one by one, in one scope of one subject, with an index of what
 * they allow: a question costs a few look-ups however many roles there are.
 *
 * <p>Immutable; a binding or role that comes or goes changes what it touches. Roles of very many
 * permissions are not taken apart, they are asked one by one.
 */
final class RoleCrowd implements ScopeEntry {
  static final Keys<RoleTarget, RoleTarget> TARGET_KEYS = new TargetKeys();

  // Beyond it a role costs more memory in the index than asking it costs time.
  private static final int INDEXED_PERMISSIONS = 128;
  private static final int PREFIX_LENGTHS = 64;

  private final String namespace;
  final HashTable<Use, RoleTarget> uses;
  final HashTable<Permission, Permission.Probe> permissions;
  final HashTable<RoleTarget, RoleTarget> asked;
  final HashTable<RoleTarget, RoleTarget> missing;
  // Which shapes of permissions there may be, so that the others need no look-up.
  final int shapes;
  final int[] prefixLengths;

  private RoleCrowd(String namespace, Draft draft) {
    this.namespace = namespace;
    uses = draft.uses.build();
    permissions = draft.permissions.build();
    asked = draft.asked.build();
    missing = draft.missing.build();
    shapes = draft.shapes;
    prefixLengths = draft.prefixLengths;
  }

  static RoleCrowd of(String namespace, Use[] uses, RoleSource roles) {
    Draft draft = new Draft();
    for (Use use : uses) {
      draft.uses.put(use);
      draft.add(use.target(), roles.find(use.target()));
    }
    return new RoleCrowd(namespace, draft);
  }

  RoleCrowd with(StoredBinding binding, RoleSource roles) {
    Draft draft = new Draft(this);
    RoleTarget target = binding.target();
    Use before = uses.find(target);
    draft.uses.put(before == null ? binding : RepeatedUse.with(before, binding));
    if (before == null) {
      draft.add(target, roles.find(target));
    }
    return new RoleCrowd(namespace, draft);
  }

  ScopeEntry without(StoredBinding binding, RoleSource roles) {
    RoleTarget target = binding.target();
    Use before = uses.find(target);
    if (before == null) {
      return this;
    }
    Draft draft = new Draft(this);
    Use rest = RepeatedUse.without(before, binding);
    if (rest != null) {
      draft.uses.put(rest);
      return new RoleCrowd(namespace, draft);
    }
    draft.uses.remove(target);
    draft.remove(target, roles.find(target));
    if (draft.uses.size() <= FewRoles.LIMIT / 2) {
      Use[] few = new Use[draft.uses.size()];
      int[] count = {0};
      draft.uses.build().forEach(use -> few[count[0]++] = use);
      return FewRoles.of(namespace, few);
    }
    return new RoleCrowd(namespace, draft);
  }

  /** The crowd after one of its roles came, went or changed; itself if it does not have it. */
  RoleCrowd withRole(
      RoleTarget target, @Nullable CompiledRole before, @Nullable CompiledRole after) {
    if (uses.find(target) == null) {
      return this;
    }
    Draft draft = new Draft(this);
    draft.remove(target, before);
    draft.add(target, after);
    return new RoleCrowd(namespace, draft);
  }

  @Override
  public String namespace() {
    return namespace;
  }

  @Override
  public void forEachBinding(Consumer<StoredBinding> visitor) {
    uses.forEach(use -> use.forEachBinding(visitor));
  }

  /** The bit of a shape of resource permissions. */
  static int shape(boolean allVerbs, boolean allGroups, int resourceShape, boolean named) {
    return 1 << ((allVerbs ? 1 : 0) + (allGroups ? 2 : 0) + (named ? 4 : 0) + 8 * resourceShape);
  }

  /** The bit of paths. */
  static int pathShape(boolean allVerbs) {
    return 1 << (allVerbs ? 25 : 24);
  }

  /** 0 of a resource, 1 of all, 2 of one subresource of all. */
  static int resourceShape(String resource) {
    return resource.equals(PolicyRule.ALL) ? 1 : resource.startsWith("*/") ? 2 : 0;
  }

  /** The parts of a crowd while they change. */
  private static final class Draft {
    final HashTable.Builder<Use, RoleTarget> uses;
    final HashTable.Builder<Permission, Permission.Probe> permissions;
    final HashTable.Builder<RoleTarget, RoleTarget> asked;
    final HashTable.Builder<RoleTarget, RoleTarget> missing;
    int shapes;
    int[] prefixLengths;

    Draft() {
      HashTable<Use, RoleTarget> noUses = HashTable.empty(Use.KEYS);
      HashTable<RoleTarget, RoleTarget> noRoles = HashTable.empty(TARGET_KEYS);
      HashTable<Permission, Permission.Probe> noPermissions = HashTable.empty(Permission.KEYS);
      uses = noUses.builder();
      permissions = noPermissions.builder();
      asked = noRoles.builder();
      missing = noRoles.builder();
      prefixLengths = new int[0];
    }

    Draft(RoleCrowd crowd) {
      uses = crowd.uses.builder();
      permissions = crowd.permissions.builder();
      asked = crowd.asked.builder();
      missing = crowd.missing.builder();
      shapes = crowd.shapes;
      prefixLengths = crowd.prefixLengths;
    }

    void add(RoleTarget target, @Nullable CompiledRole role) {
      if (role == null) {
        missing.put(target);
      } else if (Permission.count(role.rules) > INDEXED_PERMISSIONS || !addPrefixLengths(role)) {
        asked.put(target);
      } else {
        Permission.Probe probe = new Permission.Probe();
        Permission.forEach(
            role.rules,
            (kind, verb, group, text, name) -> {
              addShape(kind, verb, group, text, name != null);
              Permission before = permissions.find(probe.set(kind, verb, group, text, name));
              permissions.put(before == null ? Permission.of(probe, target) : before.with(target));
            });
      }
    }

    void remove(RoleTarget target, @Nullable CompiledRole role) {
      missing.remove(target);
      if (role == null || asked.remove(target)) {
        return;
      }
      Permission.Probe probe = new Permission.Probe();
      Permission.forEach(
          role.rules,
          (kind, verb, group, text, name) -> {
            Permission before = permissions.find(probe.set(kind, verb, group, text, name));
            Permission rest = before == null ? null : before.without(target);
            if (rest != null) {
              permissions.put(rest);
            } else {
              permissions.remove(probe);
            }
          });
    }

    private void addShape(int kind, String verb, String group, String text, boolean named) {
      boolean allVerbs = verb.equals(PolicyRule.ALL);
      shapes |=
          kind == Permission.RESOURCE
              ? shape(allVerbs, group.equals(PolicyRule.ALL), resourceShape(text), named)
              : pathShape(allVerbs);
    }

    private boolean addPrefixLengths(CompiledRole role) {
      int[] lengths = prefixLengths;
      for (PolicyRule rule : role.rules) {
        for (String url : rule.nonResourceUrls()) {
          int length = RuleMatcher.prefixLength(url);
          int at = length < 0 ? 0 : Arrays.binarySearch(lengths, length);
          if (at < 0) {
            if (lengths.length == PREFIX_LENGTHS) {
              return false;
            }
            int[] longer = Arrays.copyOf(lengths, lengths.length + 1);
            longer[lengths.length] = length;
            Arrays.sort(longer);
            lengths = longer;
          }
        }
      }
      prefixLengths = lengths;
      return true;
    }
  }

  private static final class TargetKeys implements Keys<RoleTarget, RoleTarget> {
    @Override
    public int hash(RoleTarget key) {
      return Use.KEYS.hash(key);
    }

    @Override
    public int hashOf(RoleTarget entry) {
      return Use.KEYS.hash(entry);
    }

    @Override
    public RoleTarget keyOf(RoleTarget entry) {
      return entry;
    }

    @Override
    public int rehash(RoleTarget key, int seed) {
      return Use.KEYS.rehash(key, seed);
    }

    @Override
    public boolean matches(RoleTarget entry, RoleTarget key) {
      return entry.isSameRole(key);
    }

    @Override
    public boolean same(RoleTarget one, RoleTarget other) {
      return one.isSameRole(other);
    }
  }
}
