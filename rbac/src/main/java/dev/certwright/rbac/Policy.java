package dev.certwright.rbac;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.internal.HashTable;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All roles and bindings at one moment, indexed by whom they are for: a decision costs what the
 * asker's own bindings cost, not what the cluster has.
 *
 * <p>Immutable, and safe for any number of threads. A changed policy shares with this one what did
 * not change; whoever serves decisions holds the newest one in a volatile field. Objects are taken
 * as the authorizer of kube-apiserver takes them, which validates nothing; reading and validating
 * is the business of {@code manifest}.
 */
public final class Policy {
  /** The policy that allows nothing but to superusers. */
  public static final Policy EMPTY = new Policy();

  final HashTable<CompiledRole, RoleTarget> clusterRoles;
  final HashTable<CompiledRole, RoleTarget> roles;
  final HashTable<StoredBinding, StoredBinding> clusterRoleBindings;
  final HashTable<StoredBinding, StoredBinding> roleBindings;
  final HashTable<SubjectEntry, String> users;
  final HashTable<SubjectEntry, String> groups;
  final HashTable<CrowdKey, CrowdKey> crowds;
  private final RoleSource roleSource = this::find;

  private Policy() {
    clusterRoles = HashTable.empty(RoleTarget.ROLE_KEYS);
    roles = HashTable.empty(RoleTarget.ROLE_KEYS);
    clusterRoleBindings = HashTable.empty(StoredBinding.KEYS);
    roleBindings = HashTable.empty(StoredBinding.KEYS);
    users = HashTable.empty(SubjectEntry.USER_KEYS);
    groups = HashTable.empty(SubjectEntry.GROUP_KEYS);
    crowds = HashTable.empty(CrowdKey.KEYS);
  }

  Policy(PolicyEditor editor) {
    clusterRoles = editor.clusterRoles.build();
    roles = editor.roles.build();
    clusterRoleBindings = editor.clusterRoleBindings.build();
    roleBindings = editor.roleBindings.build();
    users = editor.users.build();
    groups = editor.groups.build();
    crowds = editor.crowds.build();
  }

  /** A policy of these objects; of two with the same kind, namespace and name the last counts. */
  public static Policy of(Iterable<? extends RbacObject> objects) {
    PolicyEditor editor = EMPTY.edit();
    for (RbacObject object : objects) {
      if (object instanceof ClusterRole || object instanceof Role) {
        editor.put(object);
      }
    }
    for (RbacObject object : objects) {
      if (!(object instanceof ClusterRole || object instanceof Role)) {
        editor.put(object);
      }
    }
    return editor.build();
  }

  /** Makes a changed policy by many changes. */
  public PolicyEditor edit() {
    return new PolicyEditor(this);
  }

  /** This policy with one object more, or in place of the one of the same key. */
  public Policy with(RbacObject object) {
    PolicyEditor editor = edit();
    editor.put(object);
    return editor.build();
  }

  /** This policy without the object that has this one's kind, namespace and name. */
  public Policy without(RbacObject object) {
    PolicyEditor editor = edit();
    return editor.remove(object) ? editor.build() : this;
  }

  /** Whether what is asked is allowed, and by what: superusers first, then RBAC. */
  public Decision decide(Attributes asked) {
    Identity user = asked.user();
    List<String> names = user.groups();
    int count = names.size();
    for (int i = 0; i < count; i++) {
      if (names.get(i).equals(Identity.SUPERUSER_GROUP)) {
        return Decision.superuser(this, asked);
      }
    }
    Evaluation evaluation = new Evaluation(new Question(asked), roleSource);
    String namespace = asked.namespace();
    if (!evaluation.visit(users.find(user.name()), namespace)) {
      for (int i = 0; i < count; i++) {
        if (evaluation.visit(groups.find(names.get(i)), namespace)) {
          break;
        }
      }
    }
    return Decision.of(this, asked, evaluation);
  }

  /**
   * All rules that somebody has in a namespace, and in the cluster.
   *
   * @param namespace empty for the cluster alone
   */
  public RuleListing rulesFor(Identity user, String namespace) {
    return Listings.rules(this, user, namespace);
  }

  /**
   * All that {@link #rulesFor} lists, each rule with the role and the binding that give it, in the
   * same order.
   *
   * @param namespace empty for the cluster alone
   */
  public List<Grant> grantsOf(Identity user, String namespace) {
    return Listings.grants(this, user, namespace);
  }

  /** The ClusterRole of this name, null if there is none. */
  public @Nullable ClusterRole clusterRole(String name) {
    CompiledRole found = find(RoleTarget.of(RoleRef.clusterRole(name), ""));
    return found == null ? null : (ClusterRole) found.role;
  }

  /** The Role of this name in a namespace, null if there is none. */
  public @Nullable Role role(String namespace, String name) {
    CompiledRole found = find(RoleTarget.of(RoleRef.role(name), namespace));
    return found == null ? null : (Role) found.role;
  }

  /** How many ClusterRoles and Roles there are. */
  public int roleCount() {
    return clusterRoles.size() + roles.size();
  }

  /** How many ClusterRoleBindings and RoleBindings there are. */
  public int bindingCount() {
    return clusterRoleBindings.size() + roleBindings.size();
  }

  /** Visits all objects, roles first, in no further order. */
  public void forEach(Consumer<? super RbacObject> visitor) {
    clusterRoles.forEach(role -> visitor.accept(role.role));
    roles.forEach(role -> visitor.accept(role.role));
    clusterRoleBindings.forEach(binding -> visitor.accept(binding.object()));
    roleBindings.forEach(binding -> visitor.accept(binding.object()));
  }

  @Nullable CompiledRole find(RoleTarget target) {
    return switch (target.ref.kind()) {
      case RoleRef.CLUSTER_ROLE -> clusterRoles.find(target);
      case RoleRef.ROLE -> roles.find(target);
      default -> null;
    };
  }

  List<String> unresolved(Attributes asked) {
    return Listings.unresolved(this, asked.user(), asked.namespace());
  }

  List<NearMiss> nearMisses(Attributes asked) {
    return NearMisses.of(this, asked);
  }

  @Override
  public String toString() {
    return "policy of " + roleCount() + " roles and " + bindingCount() + " bindings";
  }
}
