package dev.certwright.authentication.impersonation;

import dev.certwright.identity.Identity;
import dev.certwright.identity.ServiceAccountName;
import dev.certwright.rbac.internal.NameSyntax;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Names that mean something, and the groups that come with a name (rules I-05, CI-04). */
final class Names {
  static final List<String> NODE_GROUPS = List.of("system:nodes");

  private static final String NODE_PREFIX = "system:node:";

  private Names() {}

  /** The node that has this user name, null if it is none's. */
  static @Nullable String node(String user) {
    if (!user.startsWith(NODE_PREFIX)) {
      return null;
    }
    String name = user.substring(NODE_PREFIX.length());
    return NameSyntax.subdomain(name).isEmpty() ? name : null;
  }

  static boolean isServiceAccount(String user) {
    return ServiceAccountName.ofUser(user) != null;
  }

  static boolean isNameAlone(Identity wanted) {
    return wanted.uid().isEmpty() && wanted.groups().isEmpty() && wanted.extra().isEmpty();
  }

  /** The user with the group that says whether it is authenticated. */
  static Identity complete(Identity wanted, List<String> groups) {
    boolean anonymous = wanted.name().equals(Identity.ANONYMOUS_USER);
    String group = anonymous ? Identity.UNAUTHENTICATED_GROUP : Identity.AUTHENTICATED_GROUP;
    List<String> all = new ArrayList<>(groups);
    if (!all.contains(Identity.UNAUTHENTICATED_GROUP) && !all.contains(group)) {
      all.add(group);
    }
    return new Identity(wanted.name(), wanted.uid(), all, wanted.extra());
  }
}
