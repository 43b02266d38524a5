package dev.certwright.rbac;

import dev.certwright.rbac.internal.HashTable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a changed {@link Policy}. Roles are best put before bindings. Not safe for use by several
 * threads; the policies it builds are.
 */
public final class PolicyEditor {
  final HashTable.Builder<CompiledRole, RoleTarget> clusterRoles;
  final HashTable.Builder<CompiledRole, RoleTarget> roles;
  final HashTable.Builder<StoredBinding, StoredBinding> clusterRoleBindings;
  final HashTable.Builder<StoredBinding, StoredBinding> roleBindings;
  final HashTable.Builder<SubjectEntry, String> users;
  final HashTable.Builder<SubjectEntry, String> groups;
  final HashTable.Builder<CrowdKey, CrowdKey> crowds;
  private final RoleSource roleSource = this::find;

  // So that many bindings of one role, or in one namespace, share what they say of it.
  private final Map<RoleRef, RoleRef> knownRefs = new HashMap<>();
  private final Map<String, Map<RoleRef, RoleTarget>> knownTargets = new HashMap<>();
  private final Map<String, String> knownTexts = new HashMap<>();

  PolicyEditor(Policy policy) {
    clusterRoles = policy.clusterRoles.builder();
    roles = policy.roles.builder();
    clusterRoleBindings = policy.clusterRoleBindings.builder();
    roleBindings = policy.roleBindings.builder();
    users = policy.users.builder();
    groups = policy.groups.builder();
    crowds = policy.crowds.builder();
  }

  /** Adds an object; one of the same kind, namespace and name is replaced. */
  public void put(RbacObject object) {
    if (object instanceof ClusterRole || object instanceof Role) {
      putRole(new CompiledRole(object));
    } else {
      putBinding(stored(object));
    }
  }

  /** Takes out the object of this one's kind, namespace and name; false if there is none. */
  public boolean remove(RbacObject object) {
    if (object instanceof ClusterRole || object instanceof Role) {
      RoleTarget target = RoleTarget.of(object);
      HashTable.Builder<CompiledRole, RoleTarget> table = tableOf(object);
      CompiledRole before = table.find(target);
      if (before == null) {
        return false;
      }
      table.remove(target);
      roleChanged(target, before, null);
      return true;
    }
    StoredBinding key = stored(object);
    HashTable.Builder<StoredBinding, StoredBinding> table = tableOf(key);
    StoredBinding before = table.find(key);
    if (before == null) {
      return false;
    }
    table.remove(key);
    index(before, false);
    return true;
  }

  /** The policy with all changes so far; the editor may go on. */
  public Policy build() {
    return new Policy(this);
  }

  private HashTable.Builder<CompiledRole, RoleTarget> tableOf(RbacObject role) {
    return role instanceof ClusterRole ? clusterRoles : roles;
  }

  private HashTable.Builder<StoredBinding, StoredBinding> tableOf(StoredBinding binding) {
    return binding.clusterWide ? clusterRoleBindings : roleBindings;
  }

  private @Nullable CompiledRole find(RoleTarget target) {
    return switch (target.ref.kind()) {
      case RoleRef.CLUSTER_ROLE -> clusterRoles.find(target);
      case RoleRef.ROLE -> roles.find(target);
      default -> null;
    };
  }

  private StoredBinding stored(RbacObject object) {
    if (object instanceof ClusterRoleBinding binding) {
      return new StoredBinding(binding, target(binding.roleRef(), ""));
    }
    RoleBinding binding = (RoleBinding) object;
    String namespace = knownTexts.computeIfAbsent(binding.namespace(), text -> text);
    return new StoredBinding(binding, namespace, target(binding.roleRef(), namespace));
  }

  private RoleTarget target(RoleRef ref, String bindingNamespace) {
    RoleRef known = knownRefs.computeIfAbsent(ref, one -> one);
    String namespace = ref.kind().equals(RoleRef.ROLE) ? bindingNamespace : "";
    return knownTargets
        .computeIfAbsent(namespace, one -> new HashMap<>())
        .computeIfAbsent(known, one -> RoleTarget.of(one, namespace));
  }

  private void putRole(CompiledRole role) {
    CompiledRole before = tableOf(role.role).put(role);
    roleChanged(RoleTarget.of(role.role), before, role);
  }

  private void roleChanged(
      RoleTarget target, @Nullable CompiledRole before, @Nullable CompiledRole after) {
    if (crowds.size() == 0) {
      return;
    }
    crowds
        .build()
        .forEach(
            key -> {
              HashTable.Builder<SubjectEntry, String> table = key.group() ? groups : users;
              if (table.find(key.subject()) instanceof SubjectNode node
                  && node.scope(key.scope()) instanceof RoleCrowd crowd) {
                RoleCrowd changed = crowd.withRole(target, before, after);
                if (changed != crowd) {
                  table.put(node.withScope(key.scope(), changed));
                }
              }
            });
  }

  private void putBinding(StoredBinding binding) {
    StoredBinding before = tableOf(binding).put(binding);
    if (before != null) {
      index(before, false);
    }
    index(binding, true);
  }

  private void index(StoredBinding binding, boolean add) {
    // A RoleBinding without a namespace is in no namespace that is ever asked (rule RE-01).
    if (!binding.clusterWide && binding.namespace().isEmpty()) {
      return;
    }
    List<Subject> subjects = binding.subjects();
    for (Subject subject : subjects) {
      if (subject.kind().equals(Subject.GROUP)) {
        index(true, subject.name(), binding, add);
      } else {
        String user = binding.userOf(subject);
        if (user != null) {
          index(false, user, binding, add);
        }
      }
    }
  }

  private void index(boolean group, String name, StoredBinding binding, boolean add) {
    HashTable.Builder<SubjectEntry, String> table = group ? groups : users;
    SubjectEntry before = table.find(name);
    boolean crowdBefore = hasCrowd(before, binding.scope());
    SubjectEntry after =
        add
            ? SubjectNode.with(before, name, binding, roleSource)
            : before == null ? null : SubjectNode.without(before, binding, roleSource);
    if (after == null) {
      table.remove(name);
    } else if (after != before) {
      table.put(after);
    }
    boolean crowdAfter = hasCrowd(after, binding.scope());
    if (crowdBefore != crowdAfter) {
      CrowdKey key = new CrowdKey(group, name, binding.scope());
      if (crowdAfter) {
        crowds.put(key);
      } else {
        crowds.remove(key);
      }
    }
  }

  private static boolean hasCrowd(@Nullable SubjectEntry entry, String scope) {
    return entry instanceof SubjectNode node && node.scope(scope) instanceof RoleCrowd;
  }
}
