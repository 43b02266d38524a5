package dev.certwright.rbac;

import dev.certwright.rbac.internal.NameSyntax;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Selects objects by their labels: {@code LabelSelector} of meta/v1. Without any condition it
 * selects everything.
 *
 * @param matchLabels labels an object must have
 * @param matchExpressions further conditions, all of which must hold
 */
public record LabelSelector(Map<String, String> matchLabels, List<Requirement> matchExpressions) {

  /** Copies the collections, so that a later change of the arguments changes nothing here. */
  public LabelSelector {
    matchLabels = Collections.unmodifiableMap(new LinkedHashMap<>(matchLabels));
    matchExpressions = List.copyOf(matchExpressions);
  }

  /** Selects what has this label with this value. */
  public static LabelSelector ofLabel(String key, String value) {
    return new LabelSelector(Map.of(key, value), List.of());
  }

  /**
   * A condition on one label.
   *
   * @param key of the label
   * @param operator {@code In}, {@code NotIn}, {@code Exists} or {@code DoesNotExist}
   * @param values for the first two
   */
  public record Requirement(String key, String operator, List<String> values) {

    /** Copies the list, so that a later change of the argument changes nothing here. */
    public Requirement {
      values = List.copyOf(values);
    }

    private boolean isUsable() {
      boolean fits =
          switch (operator) {
            case "In", "NotIn" -> !values.isEmpty();
            case "Exists", "DoesNotExist" -> values.isEmpty();
            default -> false;
          };
      if (!fits || !NameSyntax.labelKey(key).isEmpty()) {
        return false;
      }
      for (String value : values) {
        if (!NameSyntax.labelValue(value).isEmpty()) {
          return false;
        }
      }
      return true;
    }

    private boolean holdsFor(Map<String, String> labels) {
      String value = labels.get(key);
      return switch (operator) {
        case "In" -> value != null && values.contains(value);
        case "NotIn" -> value == null || !values.contains(value);
        case "Exists" -> value != null;
        default -> value == null;
      };
    }
  }

  /**
   * Whether upstream can make a query of it; where it cannot, the controller leaves the role that
   * has this selector as it is.
   */
  public boolean isUsable() {
    for (Map.Entry<String, String> label : matchLabels.entrySet()) {
      if (!NameSyntax.labelKey(label.getKey()).isEmpty()
          || !NameSyntax.labelValue(label.getValue()).isEmpty()) {
        return false;
      }
    }
    for (Requirement requirement : matchExpressions) {
      if (!requirement.isUsable()) {
        return false;
      }
    }
    return true;
  }

  /** Whether an object with these labels is selected. */
  public boolean matches(Map<String, String> labels) {
    for (Map.Entry<String, String> label : matchLabels.entrySet()) {
      if (!label.getValue().equals(labels.get(label.getKey()))) {
        return false;
      }
    }
    for (Requirement requirement : matchExpressions) {
      if (!requirement.holdsFor(labels)) {
        return false;
      }
    }
    return true;
  }
}
