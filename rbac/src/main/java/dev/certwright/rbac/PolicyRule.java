package dev.certwright.rbac;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a role allows: {@code PolicyRule} of rbac.authorization.k8s.io/v1. Every list is compared
 * text by text, case-sensitive; {@code *} means all where the rules RB-03, RB-04 and RB-07 say so.
 *
 * @param verbs what may be done; empty matches nothing
 * @param apiGroups the groups of the resources, {@code ""} is the core group; empty matches nothing
 * @param resources plural names; of a subresource, the name, a slash and the subresource, where a
 *     star for the name means all resources; empty matches no resource request
 * @param resourceNames names the rule is limited to; empty is no limit
 * @param nonResourceUrls paths, or prefixes of paths that end in a star; empty matches no
 *     non-resource request
 */
public record PolicyRule(
    List<String> verbs,
    List<String> apiGroups,
    List<String> resources,
    List<String> resourceNames,
    List<String> nonResourceUrls) {

  /** Matches every verb, group, resource or path. */
  public static final String ALL = "*";

  /** Copies the lists, so that a later change of the arguments changes nothing here. */
  public PolicyRule {
    verbs = List.copyOf(verbs);
    apiGroups = List.copyOf(apiGroups);
    resources = List.copyOf(resources);
    resourceNames = List.copyOf(resourceNames);
    nonResourceUrls = List.copyOf(nonResourceUrls);
  }

  // Written out for the reason that RoleRef gives.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof PolicyRule that
        && verbs.equals(that.verbs)
        && apiGroups.equals(that.apiGroups)
        && resources.equals(that.resources)
        && resourceNames.equals(that.resourceNames)
        && nonResourceUrls.equals(that.nonResourceUrls);
  }

  @Override
  public int hashCode() {
    int hash = verbs.hashCode() * 31 + apiGroups.hashCode();
    hash = hash * 31 + resources.hashCode();
    return (hash * 31 + resourceNames.hashCode()) * 31 + nonResourceUrls.hashCode();
  }

  /** A rule about resources, not limited to names. */
  public static PolicyRule ofResources(
      List<String> verbs, List<String> apiGroups, List<String> resources) {
    return new PolicyRule(verbs, apiGroups, resources, List.of(), List.of());
  }

  /** A rule about paths that are no resources. */
  public static PolicyRule ofUrls(List<String> verbs, List<String> nonResourceUrls) {
    return new PolicyRule(verbs, List.of(), List.of(), List.of(), nonResourceUrls);
  }

  /** The same rule limited to these names. */
  public PolicyRule withResourceNames(List<String> names) {
    return new PolicyRule(verbs, apiGroups, resources, names, nonResourceUrls);
  }
}
