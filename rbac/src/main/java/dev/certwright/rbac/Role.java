package dev.certwright.rbac;

import java.util.List;

/**
 * A role of one namespace.
 *
 * @param namespace where it may be bound
 * @param name unique in its namespace
 * @param rules what it allows there
 * @param origin where it was read
 */
public record Role(String namespace, String name, List<PolicyRule> rules, Origin origin)
    implements RbacObject {

  /** Copies the list, so that a later change of the argument changes nothing here. */
  public Role {
    rules = List.copyOf(rules);
  }

  /** A role that was not read from a file. */
  public static Role of(String namespace, String name, List<PolicyRule> rules) {
    return new Role(namespace, name, rules, Origin.NONE);
  }

  @Override
  public String kind() {
    return RoleRef.ROLE;
  }
}
