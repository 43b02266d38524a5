package dev.certwright.rbac.manifest;

import dev.certwright.rbac.Aggregation;
import dev.certwright.rbac.ClusterRole;
import dev.certwright.rbac.Policy;
import dev.certwright.rbac.RbacObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was found in files.
 *
 * @param objects the RBAC objects, in the order of the files
 * @param problems what an API server would refuse, and what stands twice; without leniency nothing
 *     should be decided by objects that have any
 * @param warnings what is odd but has no consequence, or was let pass
 * @param otherKinds how many objects of other kinds there were, by {@code apiVersion/Kind}
 */
public record Manifest(
    List<RbacObject> objects,
    List<Problem> problems,
    List<Problem> warnings,
    Map<String, Integer> otherKinds) {

  /** Copies the collections. */
  public Manifest {
    objects = List.copyOf(objects);
    problems = List.copyOf(problems);
    warnings = List.copyOf(warnings);
    otherKinds = Collections.unmodifiableMap(new TreeMap<>(otherKinds));
  }

  /**
   * This manifest if nothing is wrong with it.
   *
   * @throws ManifestException with all that is
   */
  public Manifest orThrow() {
    if (!problems.isEmpty()) {
      throw new ManifestException(problems);
    }
    return this;
  }

  /** What the aggregation controller makes of the ClusterRoles, and where files said otherwise. */
  public Aggregation aggregation() {
    List<ClusterRole> roles = new ArrayList<>();
    for (RbacObject object : objects) {
      if (object instanceof ClusterRole role) {
        roles.add(role);
      }
    }
    return Aggregation.of(roles);
  }

  /** The policy that a cluster with these objects comes to have. */
  public Policy policy() {
    List<RbacObject> all = new ArrayList<>(aggregation().roles());
    for (RbacObject object : objects) {
      if (!(object instanceof ClusterRole)) {
        all.add(object);
      }
    }
    return Policy.of(all);
  }

  /** The policy of the objects as written: aggregating roles have the rules that stand in them. */
  public Policy policyAsWritten() {
    return Policy.of(objects);
  }
}
