package dev.certwright.rbac;

import java.util.List;

/**
 * Gives a ClusterRole to subjects in the whole cluster.
 *
 * @param namespace empty in every object that the API server would store
 * @param name unique among ClusterRoleBindings
 * @param roleRef the role given
 * @param subjects to whom, in order: the first that matches is the one a reason names (rule RS-04)
 * @param origin where it was read
 */
public record ClusterRoleBinding(
    String namespace, String name, RoleRef roleRef, List<Subject> subjects, Origin origin)
    implements RbacObject {

  /** The kind's name in the API. */
  public static final String KIND = "ClusterRoleBinding";

  /** Copies the list, so that a later change of the argument changes nothing here. */
  public ClusterRoleBinding {
    subjects = List.copyOf(subjects);
  }

  /** A binding that was not read from a file. */
  public static ClusterRoleBinding of(String name, RoleRef roleRef, Subject... subjects) {
    return new ClusterRoleBinding("", name, roleRef, List.of(subjects), Origin.NONE);
  }

  @Override
  public String kind() {
    return KIND;
  }
}
