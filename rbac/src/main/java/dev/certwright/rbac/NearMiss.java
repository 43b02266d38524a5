package dev.certwright.rbac;

/**
 * A rule that would allow something if one thing were otherwise.
 *
 * @param grant the rule, with its role and the binding by which the asker has it
 * @param difference what is in the way
 */
public record NearMiss(Grant grant, Difference difference) {

  /** What a rule differs in from what was asked. */
  public enum Difference {
    /** The rule is about other verbs. */
    VERB,
    /** The rule is about other API groups. */
    API_GROUP,
    /** The rule is about other resources or subresources. */
    RESOURCE,
    /** The rule is limited to other names. */
    RESOURCE_NAME,
    /** The rule is about other paths. */
    PATH,
    /** The RoleBinding holds in another namespace. */
    NAMESPACE
  }
}
