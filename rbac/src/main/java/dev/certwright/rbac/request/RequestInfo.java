package dev.certwright.rbac.request;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.Attributes;
import java.util.List;

/**
 * What kube-apiserver takes a request for (section 3 of the rules: ).
 *
 * <p>Bytes of a URL that belong to no character stand in the texts as {@link
 * dev.certwright.rbac.GoText#strayByte} has them.
 *
 * @param resourceRequest whether it is about a resource
 * @param path the decoded path, as it came
 * @param verb of a resource request {@code get}, {@code list} and so on, empty for unknown methods;
 *     otherwise the lower-case method
 * @param apiPrefix {@code api} or {@code apis}, empty for other paths
 * @param apiGroup empty for the core group
 * @param apiVersion not checked for existence
 * @param namespace of the object; of a namespace its own name (rule R-08)
 * @param resource plural name
 * @param subresource or empty
 * @param name or empty
 * @param parts the path from the resource on; empty for requests about no resource
 * @param fieldSelector as it came, where the verb has selectors (rule R-16)
 * @param labelSelector as it came, where the verb has selectors
 */
public record RequestInfo(
    boolean resourceRequest,
    String path,
    String verb,
    String apiPrefix,
    String apiGroup,
    String apiVersion,
    String namespace,
    String resource,
    String subresource,
    String name,
    List<String> parts,
    String fieldSelector,
    String labelSelector) {

  /** Copies the list. */
  public RequestInfo {
    parts = List.copyOf(parts);
  }

  /** What the authorizer is asked when somebody makes this request. */
  public Attributes askedBy(Identity user) {
    return new Attributes(
        user,
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
