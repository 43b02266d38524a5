package dev.certwright.rbac;

import dev.certwright.identity.Identity;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Goes through what somebody has in a policy, where all of it is wanted. */
final class Listings {
  private static final Comparator<StoredBinding> BY_NAME =
      Comparator.comparing((StoredBinding binding) -> binding.name, GoText.ORDER)
          .thenComparing(StoredBinding::namespace, GoText.ORDER);

  private Listings() {}

  /** The rules of a user, each once for each binding. */
  static RuleListing rules(Policy policy, Identity user, String namespace) {
    List<PolicyRule> resourceRules = new ArrayList<>();
    List<PolicyRule> nonResourceRules = new ArrayList<>();
    Set<String> problems = new TreeSet<>(GoText.ORDER);
    for (StoredBinding binding : allBindings(policy, user, namespace)) {
      CompiledRole role = policy.find(binding.target());
      if (role == null) {
        problems.add(binding.target().problem());
        continue;
      }
      for (PolicyRule rule : role.rules) {
        if (!rule.resources().isEmpty()) {
          resourceRules.add(resourcePart(rule));
        }
        if (!rule.nonResourceUrls().isEmpty()) {
          nonResourceRules.add(PolicyRule.ofUrls(rule.verbs(), rule.nonResourceUrls()));
        }
      }
    }
    return new RuleListing(resourceRules, nonResourceRules, List.copyOf(problems));
  }

  /** Every rule of a user with what gives it, in the order of {@link #rules}. */
  static List<Grant> grants(Policy policy, Identity user, String namespace) {
    List<Grant> grants = new ArrayList<>();
    for (StoredBinding binding : allBindings(policy, user, namespace)) {
      CompiledRole role = policy.find(binding.target());
      Subject subject = binding.firstFor(user);
      if (role == null || subject == null) {
        continue;
      }
      for (int i = 0; i < role.rules.size(); i++) {
        grants.add(new Grant(role.rules.get(i), i, role.role, binding.object(), subject));
      }
    }
    return grants;
  }

  private static List<StoredBinding> allBindings(Policy policy, Identity user, String namespace) {
    List<StoredBinding> bindings = bindings(policy, user, "");
    if (!namespace.isEmpty()) {
      bindings.addAll(bindings(policy, user, namespace));
    }
    return bindings;
  }

  private static PolicyRule resourcePart(PolicyRule rule) {
    return rule.nonResourceUrls().isEmpty()
        ? rule
        : new PolicyRule(
            rule.verbs(), rule.apiGroups(), rule.resources(), rule.resourceNames(), List.of());
  }

  /** The bindings of a user in one scope, each once, by name. */
  static List<StoredBinding> bindings(Policy policy, Identity user, String scope) {
    List<StoredBinding> bindings = new ArrayList<>();
    Set<StoredBinding> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Consumer<StoredBinding> collect =
        binding -> {
          if (seen.add(binding)) {
            bindings.add(binding);
          }
        };
    forEachEntry(
        policy,
        user,
        entry -> {
          ScopeEntry found = scope(entry, scope);
          if (found != null) {
            found.forEachBinding(collect);
          }
        });
    bindings.sort(BY_NAME);
    return bindings;
  }

  /** What upstream says of the roles of a user's bindings that are not there, distinct, sorted. */
  static List<String> unresolved(Policy policy, Identity user, String namespace) {
    Set<String> problems = new TreeSet<>(GoText.ORDER);
    forEachEntry(
        policy,
        user,
        entry -> {
          addUnresolved(policy, scope(entry, ""), problems);
          if (!namespace.isEmpty()) {
            addUnresolved(policy, scope(entry, namespace), problems);
          }
        });
    return List.copyOf(problems);
  }

  private static void addUnresolved(
      Policy policy, @Nullable ScopeEntry scope, Set<String> problems) {
    if (scope instanceof RoleCrowd crowd) {
      crowd.missing.forEach(target -> problems.add(target.problem()));
    } else if (scope instanceof FewRoles few) {
      for (Use use : few.uses) {
        addUnresolved(policy, use.target(), problems);
      }
    } else if (scope instanceof StoredBinding only) {
      addUnresolved(policy, only.target(), problems);
    }
  }

  private static void addUnresolved(Policy policy, RoleTarget target, Set<String> problems) {
    if (policy.find(target) == null) {
      problems.add(target.problem());
    }
  }

  /** Visits what the user and each of the groups has, each group once. */
  static void forEachEntry(Policy policy, Identity user, Consumer<SubjectEntry> visitor) {
    SubjectEntry own = policy.users.find(user.name());
    if (own != null) {
      visitor.accept(own);
    }
    for (String group : new HashSet<>(user.groups())) {
      SubjectEntry entry = policy.groups.find(group);
      if (entry != null) {
        visitor.accept(entry);
      }
    }
  }

  static @Nullable ScopeEntry scope(SubjectEntry entry, String scope) {
    if (entry instanceof StoredBinding only) {
      return only.scope().equals(scope) ? only : null;
    }
    return ((SubjectNode) entry).scope(scope);
  }
}
