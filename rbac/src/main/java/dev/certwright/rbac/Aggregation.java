package dev.certwright.rbac;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fills the ClusterRoles that are made of others, as the aggregation controller does (rules AG-01,
 * AG-02, RS-22): for each selector in order the rules of the roles it selects, by name, each rule
 * once, the role itself left out. What results replaces the rules that stood there, unless it is
 * nothing. Roles that are made of such roles take several passes.
 *
 * @param roles all ClusterRoles in the order they were given, the aggregating ones filled
 * @param changes what stood in a file and is not what the controller makes of it
 * @param settled whether a pass came that changed nothing; roles that select each other may go on
 *     for ever, and then the last pass counts
 */
public record Aggregation(List<ClusterRole> roles, List<Change> changes, boolean settled) {
  private static final int PASSES = 200;

  /** Copies the lists. */
  public Aggregation {
    roles = List.copyOf(roles);
    changes = List.copyOf(changes);
  }

  /**
   * An aggregating role whose rules are not those that were written in it. Roles written without
   * rules, as they should be, are no change.
   *
   * @param written the role as it was read
   * @param filled the role as the controller leaves it
   */
  public record Change(ClusterRole written, ClusterRole filled) {}

  /** Does what the controller would do with these roles, in the order of their names. */
  public static Aggregation of(List<ClusterRole> roles) {
    Map<String, ClusterRole> written = new LinkedHashMap<>();
    for (ClusterRole role : roles) {
      written.put(StoreKey.of(role.namespace(), role.name()), role);
    }
    Map<String, ClusterRole> filled = new LinkedHashMap<>(written);
    List<String> byName = new ArrayList<>(written.keySet());
    byName.sort(GoText.ORDER);
    boolean settled = false;
    for (int pass = 0; pass < PASSES && !settled; pass++) {
      settled = true;
      for (String key : byName) {
        ClusterRole role = filled.get(key);
        if (role != null && role.aggregatesRoles()) {
          List<PolicyRule> rules = rulesOf(role, byName, filled);
          if (!rules.isEmpty() && !rules.equals(role.rules())) {
            filled.put(key, role.withRules(rules));
            settled = false;
          }
        }
      }
    }
    List<Change> changes = new ArrayList<>();
    for (Map.Entry<String, ClusterRole> entry : written.entrySet()) {
      ClusterRole after = filled.getOrDefault(entry.getKey(), entry.getValue());
      if (!entry.getValue().rules().isEmpty() && !after.rules().equals(entry.getValue().rules())) {
        changes.add(new Change(entry.getValue(), after));
      }
    }
    return new Aggregation(List.copyOf(filled.values()), changes, settled);
  }

  private static List<PolicyRule> rulesOf(
      ClusterRole role, List<String> byName, Map<String, ClusterRole> roles) {
    Set<PolicyRule> rules = new LinkedHashSet<>();
    for (LabelSelector selector : role.selectors()) {
      if (!selector.isUsable()) {
        return role.rules();
      }
      for (String key : byName) {
        ClusterRole other = roles.get(key);
        if (other != null
            && !other.name().equals(role.name())
            && selector.matches(other.labels())) {
          rules.addAll(other.rules());
        }
      }
    }
    return List.copyOf(rules);
  }
}
