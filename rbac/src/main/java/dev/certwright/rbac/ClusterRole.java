package dev.certwright.rbac;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A role of the cluster.
 *
 * @param namespace empty in every object that the API server would store
 * @param name unique among ClusterRoles
 * @param labels by which other roles may aggregate this one
 * @param rules what it allows, as written; see {@link Aggregation} for roles that aggregate
 * @param aggregatesRoles whether there is an {@code aggregationRule}, even an empty one
 * @param selectors of the {@code aggregationRule}, in order
 * @param origin where it was read
 */
public record ClusterRole(
    String namespace,
    String name,
    Map<String, String> labels,
    List<PolicyRule> rules,
    boolean aggregatesRoles,
    List<LabelSelector> selectors,
    Origin origin)
    implements RbacObject {

  /** Copies the collections, so that a later change of the arguments changes nothing here. */
  public ClusterRole {
    labels = labels.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    rules = List.copyOf(rules);
    selectors = List.copyOf(selectors);
  }

  /** A role with rules of its own. */
  public static ClusterRole of(String name, List<PolicyRule> rules) {
    return new ClusterRole("", name, Map.of(), rules, false, List.of(), Origin.NONE);
  }

  /** The same role with other rules. */
  public ClusterRole withRules(List<PolicyRule> other) {
    return new ClusterRole(namespace, name, labels, other, aggregatesRoles, selectors, origin);
  }

  /** The same role with other labels. */
  public ClusterRole withLabels(Map<String, String> other) {
    return new ClusterRole(namespace, name, other, rules, aggregatesRoles, selectors, origin);
  }

  /** The same role, its rules taken from the roles that these select. */
  public ClusterRole aggregating(List<LabelSelector> others) {
    return new ClusterRole(namespace, name, labels, rules, true, others, origin);
  }

  @Override
  public String kind() {
    return RoleRef.CLUSTER_ROLE;
  }
}
