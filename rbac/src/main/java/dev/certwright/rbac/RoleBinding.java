package dev.certwright.rbac;

import java.util.List;

/**
 * Gives a Role, or the part of a ClusterRole that is about resources, to subjects in one namespace.
 *
 * @param namespace where it holds
 * @param name unique in its namespace
 * @param roleRef the role given
 * @param subjects to whom, in order: the first that matches is the one a reason names (rule RS-04)
 * @param origin where it was read
 */
public record RoleBinding(
    String namespace, String name, RoleRef roleRef, List<Subject> subjects, Origin origin)
    implements RbacObject {

  /** The kind's name in the API. */
  public static final String KIND = "RoleBinding";

  /** Copies the list, so that a later change of the argument changes nothing here. */
  public RoleBinding {
    subjects = List.copyOf(subjects);
  }

  /** A binding that was not read from a file. */
  public static RoleBinding of(
      String namespace, String name, RoleRef roleRef, Subject... subjects) {
    return new RoleBinding(namespace, name, roleRef, List.of(subjects), Origin.NONE);
  }

  @Override
  public String kind() {
    return KIND;
  }
}
