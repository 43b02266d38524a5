package dev.certwright.rbac;

import dev.certwright.identity.Identity;

/**
 * What is asked: the authorizer's attributes of one request, taken literally (rule RB-08). Groups
 * are as the identity has them, nothing is added.
 *
 * @param user who asks
 * @param resourceRequest whether it is about a resource; otherwise about {@code path}
 * @param verb {@code get}, {@code list} and so on; the lower-case HTTP method of a path
 * @param namespace empty for the cluster or all namespaces; RoleBindings count only with one (rule
 *     RS-10)
 * @param apiGroup empty for the core group
 * @param apiVersion never looked at (rule RB-01)
 * @param resource plural name
 * @param subresource empty if none is asked for
 * @param name of the object, empty for lists and creations
 * @param path of a request about no resource, decoded
 */
public record Attributes(
    Identity user,
    boolean resourceRequest,
    String verb,
    String namespace,
    String apiGroup,
    String apiVersion,
    String resource,
    String subresource,
    String name,
    String path) {

  /** A question about a resource of the whole cluster. */
  public static Attributes ofResource(
      Identity user, String verb, String apiGroup, String resource) {
    return new Attributes(user, true, verb, "", apiGroup, "", resource, "", "", "");
  }

  /** A question about a path. */
  public static Attributes ofPath(Identity user, String verb, String path) {
    return new Attributes(user, false, verb, "", "", "", "", "", "", path);
  }

  /** The same question in a namespace. */
  public Attributes inNamespace(String other) {
    return new Attributes(
        user,
        resourceRequest,
        verb,
        other,
        apiGroup,
        apiVersion,
        resource,
        subresource,
        name,
        path);
  }

  /** The same question about one object. */
  public Attributes named(String other) {
    return new Attributes(
        user,
        resourceRequest,
        verb,
        namespace,
        apiGroup,
        apiVersion,
        resource,
        subresource,
        other,
        path);
  }

  /** The same question about a subresource. */
  public Attributes ofSubresource(String other) {
    return new Attributes(
        user, resourceRequest, verb, namespace, apiGroup, apiVersion, resource, other, name, path);
  }

  /** The same question with another verb. */
  public Attributes withVerb(String other) {
    return new Attributes(
        user,
        resourceRequest,
        other,
        namespace,
        apiGroup,
        apiVersion,
        resource,
        subresource,
        name,
        path);
  }

  /** The same question asked by somebody else. */
  public Attributes askedBy(Identity other) {
    return new Attributes(
        other,
        resourceRequest,
        verb,
        namespace,
        apiGroup,
        apiVersion,
        resource,
        subresource,
        name,
        path);
  }
}
