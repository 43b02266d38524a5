package dev.certwright.rbac;

import java.util.List;

/**
 * All that somebody may do in a namespace, as a SelfSubjectRulesReview lists it (rules RE-08,
 * RS-13). Rules that hold in the cluster come first; a rule stands there once for each binding.
 *
 * @param resourceRules rules that name resources
 * @param nonResourceRules rules that name paths; a rule that names both stands in both lists
 * @param unresolvedRoles what upstream says of each role that was not found, distinct
 */
public record RuleListing(
    List<PolicyRule> resourceRules,
    List<PolicyRule> nonResourceRules,
    List<String> unresolvedRoles) {

  /** Copies the lists. */
  public RuleListing {
    resourceRules = List.copyOf(resourceRules);
    nonResourceRules = List.copyOf(nonResourceRules);
    unresolvedRoles = List.copyOf(unresolvedRoles);
  }

  /** The {@code evaluationError} of the review, empty if all roles were found. */
  public String evaluationError() {
    return unresolvedRoles.isEmpty() ? "" : Problems.aggregate(unresolvedRoles);
  }
}
