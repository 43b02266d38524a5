package dev.certwright.identity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What an authenticator hands to the authorizer: {@code user.Info} of k8s.io/apiserver.
 *
 * @param name user name, never empty for an authenticated user; any Unicode text, compared exactly
 * @param uid opaque id that outlives a name, or the empty string
 * @param groups in the order the credential gives them, duplicates kept (rule X-15)
 * @param extra further facts about the credential, a list of values for each key
 */
public record Identity(
    String name, String uid, List<String> groups, Map<String, List<String>> extra) {

  /** Every authenticated user is in it (rule X-21). */
  public static final String AUTHENTICATED_GROUP = "system:authenticated";

  /** Every request without accepted credentials is in it. */
  public static final String UNAUTHENTICATED_GROUP = "system:unauthenticated";

  /** The name that requests without credentials get where anonymous access is on. */
  public static final String ANONYMOUS_USER = "system:anonymous";

  /** The group that every authorizer lets do everything (rule AC-20). */
  public static final String SUPERUSER_GROUP = "system:masters";

  /** Copies the lists, so that a later change of the arguments changes nothing here. */
  public Identity {
    groups = List.copyOf(groups);
    Map<String, List<String>> copy = new LinkedHashMap<>();
    for (Map.Entry<String, List<String>> entry : extra.entrySet()) {
      copy.put(entry.getKey(), List.copyOf(entry.getValue()));
    }
    extra = Collections.unmodifiableMap(copy);
  }

  /** An identity without uid and extra. */
  public static Identity of(String name, List<String> groups) {
    return new Identity(name, "", groups, Map.of());
  }

  /**
   * This identity as the authorizer sees it: {@code system:authenticated} comes last unless the
   * user is anonymous or one of the two groups is already there (rule X-21).
   */
  public Identity withAuthenticatedGroup() {
    if (name.equals(ANONYMOUS_USER)
        || groups.contains(AUTHENTICATED_GROUP)
        || groups.contains(UNAUTHENTICATED_GROUP)) {
      return this;
    }
    List<String> all = new ArrayList<>(groups);
    all.add(AUTHENTICATED_GROUP);
    return new Identity(name, uid, all, extra);
  }
}
