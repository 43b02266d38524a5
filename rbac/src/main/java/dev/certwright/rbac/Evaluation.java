package dev.certwright.rbac;

import org.jspecify.annotations.Nullable;

/**
 * One decision while it is made: what is asked, and the first rule found that allows it. Visits
 * what the asker has, never what the cluster has.
 */
final class Evaluation {
  private final Question asked;
  private final RoleSource roles;
  private Permission.@Nullable Probe probe;

  @Nullable CompiledRole role;
  @Nullable StoredBinding binding;
  int rule;

  /** Whether a role was not there that might have allowed it. */
  boolean unresolved;

  Evaluation(Question asked, RoleSource roles) {
    this.asked = asked;
    this.roles = roles;
  }

  /** Whether something that holds in the whole cluster, or in the namespace, allows it. */
  boolean visit(@Nullable SubjectEntry entry, String namespace) {
    if (entry == null) {
      return false;
    }
    if (entry instanceof StoredBinding only) {
      // An empty namespace is no namespace, even if a binding claims to be in it (rule RE-01).
      return (only.clusterWide || !namespace.isEmpty() && only.namespace().equals(namespace))
          && visitUse(only);
    }
    SubjectNode node = (SubjectNode) entry;
    if (node.cluster != null && visitScope(node.cluster)) {
      return true;
    }
    if (namespace.isEmpty()) {
      return false;
    }
    ScopeEntry local = node.namespace(namespace);
    return local != null && visitScope(local);
  }

  boolean visitScope(ScopeEntry scope) {
    if (scope instanceof StoredBinding only) {
      return visitUse(only);
    }
    if (scope instanceof FewRoles few) {
      for (Use use : few.uses) {
        if (visitUse(use)) {
          return true;
        }
      }
      return false;
    }
    return visitCrowd((RoleCrowd) scope);
  }

  private boolean visitUse(Use use) {
    CompiledRole found = roles.find(use.target());
    if (found == null) {
      unresolved = true;
      return false;
    }
    int first = found.firstAllowing(asked);
    if (first < 0) {
      return false;
    }
    role = found;
    rule = first;
    binding = use.anyBinding();
    return true;
  }

  private boolean visitCrowd(RoleCrowd crowd) {
    if (!crowd.missing.isEmpty()) {
      unresolved = true;
    }
    Permission found = asked.resource ? resource(crowd) : path(crowd);
    if (found != null && visitTarget(crowd, found.anyRole())) {
      return true;
    }
    if (!crowd.asked.isEmpty()) {
      boolean[] granted = {false};
      crowd.asked.forEach(target -> granted[0] = granted[0] || visitTarget(crowd, target));
      return granted[0];
    }
    return false;
  }

  private boolean visitTarget(RoleCrowd crowd, RoleTarget target) {
    Use use = crowd.uses.find(target);
    return use != null && visitUse(use);
  }

  private Permission.Probe probe() {
    Permission.Probe made = probe;
    if (made == null) {
      made = new Permission.Probe();
      probe = made;
    }
    return made;
  }

  private @Nullable Permission resource(RoleCrowd crowd) {
    int resourceShape = RoleCrowd.resourceShape(asked.fullResource);
    Permission found = resource(crowd, asked.fullResource, resourceShape);
    if (found == null && resourceShape != 1) {
      found = resource(crowd, PolicyRule.ALL, 1);
    }
    if (found == null && !asked.subresource.isEmpty() && (crowd.shapes & 0xFF0000) != 0) {
      found = resource(crowd, asked.anyWithSubresource(), 2);
    }
    return found;
  }

  private @Nullable Permission resource(RoleCrowd crowd, String resource, int resourceShape) {
    if ((crowd.shapes & 0xFF << 8 * resourceShape) == 0) {
      return null;
    }
    Permission found = null;
    for (int wild = 0; wild < 4 && found == null; wild++) {
      String verb = (wild & 1) == 0 ? asked.verb : PolicyRule.ALL;
      String group = (wild & 2) == 0 ? asked.group : PolicyRule.ALL;
      boolean allVerbs = verb.equals(PolicyRule.ALL);
      boolean allGroups = group.equals(PolicyRule.ALL);
      if ((crowd.shapes & RoleCrowd.shape(allVerbs, allGroups, resourceShape, false)) != 0) {
        found =
            crowd.permissions.find(probe().set(Permission.RESOURCE, verb, group, resource, null));
      }
      if (found == null
          && (crowd.shapes & RoleCrowd.shape(allVerbs, allGroups, resourceShape, true)) != 0) {
        found =
            crowd.permissions.find(
                probe().set(Permission.RESOURCE, verb, group, resource, asked.name));
      }
    }
    return found;
  }

  private @Nullable Permission path(RoleCrowd crowd) {
    Permission found = path(crowd, asked.verb);
    return found == null && !asked.verb.equals(PolicyRule.ALL)
        ? path(crowd, PolicyRule.ALL)
        : found;
  }

  private @Nullable Permission path(RoleCrowd crowd, String verb) {
    if ((crowd.shapes & RoleCrowd.pathShape(verb.equals(PolicyRule.ALL))) == 0) {
      return null;
    }
    String path = asked.path;
    Permission found = crowd.permissions.find(probe().set(Permission.PATH, verb, "", path, null));
    int hash = 0;
    int hashed = 0;
    for (int i = 0; i < crowd.prefixLengths.length && found == null; i++) {
      int length = crowd.prefixLengths[i];
      if (length > path.length()) {
        break;
      }
      while (hashed < length) {
        hash = 31 * hash + path.charAt(hashed++);
      }
      found = crowd.permissions.find(probe().setPrefix(verb, path, length, hash));
    }
    return found;
  }
}
