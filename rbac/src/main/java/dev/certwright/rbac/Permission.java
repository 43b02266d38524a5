package dev.certwright.rbac;

import dev.certwright.rbac.internal.HashTable;
import dev.certwright.rbac.internal.Keys;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The smallest thing that a rule allows, exactly as the rule writes it: a verb on a resource of a
 * group, of any name or of one, or a verb on a path or prefix. A {@link RoleCrowd} knows of each
 * which roles allow it.
 */
final class Permission {
  static final Keys<Permission, Probe> KEYS = new PermissionKeys();

  static final int RESOURCE = 0;
  static final int PATH = 1;
  static final int PATH_PREFIX = 2;

  final int kind;
  final String verb;
  final String group;
  final String target;
  final @Nullable String name;
  // RoleTarget or HashTable of them.
  private final Object roles;

  private Permission(
      int kind, String verb, String group, String target, @Nullable String name, Object roles) {
    this.kind = kind;
    this.verb = verb;
    this.group = group;
    this.target = target;
    this.name = name;
    this.roles = roles;
  }

  /** What receives the permissions of a rule. */
  interface Receiver {
    void accept(int kind, String verb, String group, String target, @Nullable String name);
  }

  /** How many permissions the rules are, at most {@link Integer#MAX_VALUE}. */
  static int count(List<PolicyRule> rules) {
    long count = 0;
    for (PolicyRule rule : rules) {
      count +=
          (long) rule.verbs().size()
              * ((long) rule.apiGroups().size()
                      * rule.resources().size()
                      * Math.max(1, rule.resourceNames().size())
                  + rule.nonResourceUrls().size());
      if (count < 0 || count > Integer.MAX_VALUE) {
        return Integer.MAX_VALUE;
      }
    }
    return (int) count;
  }

  /** Takes rules apart. */
  static void forEach(List<PolicyRule> rules, Receiver receiver) {
    for (PolicyRule rule : rules) {
      for (String verb : rule.verbs()) {
        for (String group : rule.apiGroups()) {
          for (String resource : rule.resources()) {
            if (rule.resourceNames().isEmpty()) {
              receiver.accept(RESOURCE, verb, group, resource, null);
            }
            for (String name : rule.resourceNames()) {
              receiver.accept(RESOURCE, verb, group, resource, name);
            }
          }
        }
        for (String url : rule.nonResourceUrls()) {
          int prefix = RuleMatcher.prefixLength(url);
          if (prefix < 0) {
            receiver.accept(PATH, verb, "", url, null);
          } else {
            receiver.accept(PATH_PREFIX, verb, "", url.substring(0, prefix), null);
            // The star itself is an entry that equal paths match, whatever they begin with.
            receiver.accept(PATH, verb, "", url, null);
          }
        }
      }
    }
  }

  /** What a probe asks for, allowed by one role. */
  static Permission of(Probe probe, RoleTarget role) {
    return new Permission(probe.kind, probe.verb, probe.group, probe.text(), probe.name, role);
  }

  @SuppressWarnings("unchecked")
  Permission with(RoleTarget role) {
    HashTable<RoleTarget, RoleTarget> table;
    if (roles instanceof RoleTarget only) {
      if (only.isSameRole(role)) {
        return this;
      }
      HashTable<RoleTarget, RoleTarget> none = HashTable.empty(RoleCrowd.TARGET_KEYS);
      table = none.with(only);
    } else {
      table = (HashTable<RoleTarget, RoleTarget>) roles;
      if (table.find(role) != null) {
        return this;
      }
    }
    return new Permission(kind, verb, group, target, name, table.with(role));
  }

  /** The permission without a role; null if no other allows it. */
  @SuppressWarnings("unchecked")
  @Nullable Permission without(RoleTarget role) {
    if (roles instanceof RoleTarget only) {
      return only.isSameRole(role) ? null : this;
    }
    HashTable<RoleTarget, RoleTarget> rest =
        ((HashTable<RoleTarget, RoleTarget>) roles).without(role);
    Object smaller = rest.size() > 1 ? rest : rest.any();
    return smaller == null ? null : new Permission(kind, verb, group, target, name, smaller);
  }

  /** One of the roles that allow it. */
  @SuppressWarnings("unchecked")
  RoleTarget anyRole() {
    if (roles instanceof RoleTarget only) {
      return only;
    }
    RoleTarget any = ((HashTable<RoleTarget, RoleTarget>) roles).any();
    if (any == null) {
      throw new IllegalStateException("a permission without a role");
    }
    return any;
  }

  /** What is looked for; one object serves a whole decision. */
  static final class Probe {
    int kind;
    String verb = "";
    String group = "";
    // Of a path only its beginning counts, up to the length.
    String target = "";
    int targetLength;
    int targetHash;
    @Nullable String name;

    Probe set(int newKind, String newVerb, String newGroup, String text, @Nullable String newName) {
      kind = newKind;
      verb = newVerb;
      group = newGroup;
      target = text;
      targetLength = text.length();
      targetHash = text.hashCode();
      name = newName;
      return this;
    }

    /** A prefix of a path, with the hash that its text would have. */
    Probe setPrefix(String newVerb, String path, int length, int hash) {
      kind = PATH_PREFIX;
      verb = newVerb;
      group = "";
      target = path;
      targetLength = length;
      targetHash = hash;
      name = null;
      return this;
    }

    String text() {
      return target.substring(0, targetLength);
    }
  }

  private static final class PermissionKeys implements Keys<Permission, Probe> {
    @Override
    public int hash(Probe key) {
      return hash(key.kind, key.verb, key.group, key.targetHash, key.name);
    }

    @Override
    public int hashOf(Permission entry) {
      return hash(entry.kind, entry.verb, entry.group, entry.target.hashCode(), entry.name);
    }

    private static int hash(
        int kind, String verb, String group, int targetHash, @Nullable String name) {
      int hash = verb.hashCode() * 31 + group.hashCode();
      hash = hash * 31 + targetHash;
      return hash * 31 + (name == null ? kind : name.hashCode() + 7);
    }

    @Override
    public Probe keyOf(Permission entry) {
      return new Probe().set(entry.kind, entry.verb, entry.group, entry.target, entry.name);
    }

    @Override
    public int rehash(Probe key, int seed) {
      int hash = StoreKey.rehash(key.verb, seed);
      hash = StoreKey.rehash(key.group, hash);
      hash = StoreKey.rehash(key.text(), hash);
      return key.name == null ? hash + key.kind : StoreKey.rehash(key.name, hash);
    }

    @Override
    public boolean matches(Permission entry, Probe key) {
      return entry.kind == key.kind
          && entry.target.length() == key.targetLength
          && key.target.startsWith(entry.target)
          && entry.verb.equals(key.verb)
          && entry.group.equals(key.group)
          && sameName(entry.name, key.name);
    }

    @Override
    public boolean same(Permission one, Permission other) {
      return one.kind == other.kind
          && one.target.equals(other.target)
          && one.verb.equals(other.verb)
          && one.group.equals(other.group)
          && sameName(one.name, other.name);
    }

    private static boolean sameName(@Nullable String one, @Nullable String other) {
      return one == null ? other == null : one.equals(other);
    }
  }
}
