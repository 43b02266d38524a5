package dev.certwright.cli.access;

import dev.certwright.cli.Console;
import dev.certwright.cli.access.KnownResources.Known;
import dev.certwright.cli.line.Nearest;
import dev.certwright.cli.line.UsageException;
import dev.certwright.rbac.ClusterRole;
import dev.certwright.rbac.GoText;
import dev.certwright.rbac.Policy;
import dev.certwright.rbac.PolicyRule;
import dev.certwright.rbac.Role;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A resource as it is typed, {@code deploy}, {@code deployments.apps}, {@code
 * deployments.v1.apps/scale}, made what rules compare.
 *
 * @param group empty for the core group
 * @param resource plural
 * @param subresource empty if none is asked for
 * @param known what is known of it; null if nothing is
 */
record AskedResource(String group, String resource, String subresource, @Nullable Known known) {

  /**
   * Reads what was typed. What follows a slash is the subresource, as rules write it.
   *
   * @param policy whose rules may name resources that are not known otherwise
   * @throws UsageException if several groups could be meant
   */
  static AskedResource of(String typed, Policy policy, Console console) {
    int slash = typed.indexOf('/');
    String name = slash < 0 ? typed : typed.substring(0, slash);
    String subresource = slash < 0 ? "" : typed.substring(slash + 1);
    AskedResource asked = resolve(name, subresource, policy, console);
    if (slash >= 0 && asked.known != null && !asked.known.hasSubresource(subresource)) {
      console.warning(
          asked.resource
              + " has no subresource "
              + GoText.quote(subresource)
              + ", which is what stands behind a slash");
      console.hint("for the object of that name say: " + asked.resource + " " + subresource);
    }
    return asked;
  }

  private static AskedResource resolve(
      String typed, String subresource, Policy policy, Console console) {
    if (typed.equals(PolicyRule.ALL)) {
      return new AskedResource(PolicyRule.ALL, PolicyRule.ALL, subresource, null);
    }
    KnownResources resources = KnownResources.load();
    int dot = typed.indexOf('.');
    if (dot >= 0) {
      String name = typed.substring(0, dot);
      String group = withoutVersion(typed.substring(dot + 1));
      Known known = resources.find(name, group);
      known = known == null ? resources.find(lowerCase(name), group) : known;
      return new AskedResource(group, known == null ? name : known.plural(), subresource, known);
    }
    Known known = resources.find(typed);
    known = known == null ? resources.find(lowerCase(typed)) : known;
    if (known != null) {
      return new AskedResource(known.group(), known.plural(), subresource, known);
    }
    return new AskedResource(
        groupInRules(typed, resources, policy, console), typed, subresource, null);
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** {@code v1.apps} is a version and a group, {@code v1.} the core group. */
  private static String withoutVersion(String text) {
    int dot = text.indexOf('.');
    if (dot < 2 || text.charAt(0) != 'v' || !Character.isDigit(text.charAt(1))) {
      return text;
    }
    for (int i = 1; i < dot; i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9') && "alphbet".indexOf(c) < 0) {
        return text;
      }
    }
    return text.substring(dot + 1);
  }

  // Nobody else can say which group a resource of somebody's own is in.
  private static String groupInRules(
      String name, KnownResources resources, Policy policy, Console console) {
    Set<String> groups = new TreeSet<>();
    policy.forEach(
        object -> {
          if (object instanceof ClusterRole role) {
            addGroups(role.rules(), name, groups);
          } else if (object instanceof Role role) {
            addGroups(role.rules(), name, groups);
          }
        });
    groups.remove(PolicyRule.ALL);
    if (groups.size() > 1) {
      throw new UsageException(
          "the rules know " + name + " in several API groups",
          "say " + name + "." + String.join(" or " + name + ".", groups));
    }
    if (groups.size() == 1) {
      String group = groups.iterator().next();
      console.warning(
          "not among the usual resources: "
              + GoText.quote(name)
              + "; asked about as one of API group "
              + GoText.quote(group)
              + ", as in the rules");
      return group;
    }
    console.warning(
        "not among the usual resources and in no rule: "
            + GoText.quote(name)
            + "; asked about as one of the core group");
    String near = Nearest.of(name, resources.names());
    console.hint(
        near == null
            ? "say RESOURCE.GROUP, such as notebooks.kubeflow.org"
            : "did you mean " + near + "?");
    return "";
  }

  private static void addGroups(Iterable<PolicyRule> rules, String name, Set<String> groups) {
    for (PolicyRule rule : rules) {
      for (String resource : rule.resources()) {
        if (resource.equals(name)
            || resource.startsWith(name) && resource.charAt(name.length()) == '/') {
          groups.addAll(rule.apiGroups());
        }
      }
    }
  }
}
