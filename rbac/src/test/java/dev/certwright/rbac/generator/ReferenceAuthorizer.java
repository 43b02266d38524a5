package dev.certwright.rbac.generator;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.Attributes;
import dev.certwright.rbac.ClusterRole;
import dev.certwright.rbac.ClusterRoleBinding;
import dev.certwright.rbac.GoText;
import dev.certwright.rbac.PolicyRule;
import dev.certwright.rbac.RbacObject;
import dev.certwright.rbac.Role;
import dev.certwright.rbac.RoleBinding;
import dev.certwright.rbac.RoleRef;
import dev.certwright.rbac.Subject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The rules of sections 4 and 12 written down a second time, as a walk over all bindings, for all
 * answers that upstream could give: which of several bindings it names depends on the order of a Go
 * map.
 */
public final class ReferenceAuthorizer {
  private final Map<String, List<PolicyRule>> clusterRoles = new LinkedHashMap<>();
  private final Map<String, List<PolicyRule>> roles = new LinkedHashMap<>();
  private final Map<String, ClusterRoleBinding> clusterBindings = new LinkedHashMap<>();
  private final Map<String, RoleBinding> bindings = new LinkedHashMap<>();

  /** Of two objects with one key the last counts. */
  public ReferenceAuthorizer(List<RbacObject> objects) {
    for (RbacObject object : objects) {
      String key =
          object.namespace().isEmpty() ? object.name() : object.namespace() + "/" + object.name();
      if (object instanceof ClusterRole role) {
        clusterRoles.put(key, role.rules());
      } else if (object instanceof Role role) {
        roles.put(key, role.rules());
      } else if (object instanceof ClusterRoleBinding binding) {
        clusterBindings.put(key, binding);
      } else if (object instanceof RoleBinding binding) {
        bindings.put(key, binding);
      }
    }
  }

  /**
   * All that upstream could answer.
   *
   * @param grants reasons of an allowance; none means no opinion
   * @param problems roles that were not found
   */
  public record Answers(Set<String> grants, Set<String> problems) {}

  /** Answers a question; superusers are not looked at. */
  public Answers decide(Attributes asked) {
    Set<String> grants = new TreeSet<>();
    Set<String> problems = new TreeSet<>();
    for (Visit visit : visits(asked.user(), asked.namespace())) {
      if (visit.problem != null) {
        problems.add(visit.problem);
      }
      for (PolicyRule rule : visit.rules) {
        if (allows(rule, asked)) {
          grants.add("RBAC: allowed by " + visit.source);
        }
      }
    }
    return new Answers(grants, problems);
  }

  /** The rules of somebody, each once for each binding. */
  public List<PolicyRule> rules(Identity user, String namespace) {
    List<PolicyRule> all = new ArrayList<>();
    for (Visit visit : visits(user, namespace)) {
      all.addAll(visit.rules);
    }
    return all;
  }

  private record Visit(String source, List<PolicyRule> rules, @Nullable String problem) {}

  private List<Visit> visits(Identity user, String namespace) {
    List<Visit> visits = new ArrayList<>();
    for (ClusterRoleBinding binding : clusterBindings.values()) {
      Subject subject = first(user, binding.subjects(), "");
      if (subject != null) {
        String source =
            "ClusterRoleBinding "
                + GoText.quote(binding.name())
                + of(binding.roleRef(), subject, "");
        visits.add(visit(source, binding.roleRef(), ""));
      }
    }
    if (!namespace.isEmpty()) {
      for (RoleBinding binding : bindings.values()) {
        Subject subject =
            binding.namespace().equals(namespace)
                ? first(user, binding.subjects(), namespace)
                : null;
        if (subject != null) {
          String source =
              "RoleBinding "
                  + GoText.quote(binding.name() + "/" + namespace)
                  + of(binding.roleRef(), subject, namespace);
          visits.add(visit(source, binding.roleRef(), namespace));
        }
      }
    }
    return visits;
  }

  private static String of(RoleRef ref, Subject subject, String namespace) {
    String whom =
        subject.kind().equals("ServiceAccount")
            ? subject.name()
                + "/"
                + (subject.namespace().isEmpty() ? namespace : subject.namespace())
            : subject.name();
    return " of "
        + ref.kind()
        + " "
        + GoText.quote(ref.name())
        + " to "
        + subject.kind()
        + " "
        + GoText.quote(whom);
  }

  private Visit visit(String source, RoleRef ref, String namespace) {
    List<PolicyRule> found;
    String missing;
    if (ref.kind().equals("ClusterRole")) {
      found = clusterRoles.get(ref.name());
      missing = "clusterrole.rbac.authorization.k8s.io " + GoText.quote(ref.name()) + " not found";
    } else if (ref.kind().equals("Role")) {
      found = roles.get(namespace.isEmpty() ? ref.name() : namespace + "/" + ref.name());
      missing = "role.rbac.authorization.k8s.io " + GoText.quote(ref.name()) + " not found";
    } else {
      found = null;
      missing = "unsupported role reference kind: " + GoText.quote(ref.kind());
    }
    return found == null ? new Visit(source, List.of(), missing) : new Visit(source, found, null);
  }

  private static @Nullable Subject first(Identity user, List<Subject> subjects, String namespace) {
    for (Subject subject : subjects) {
      String effective = subject.namespace().isEmpty() ? namespace : subject.namespace();
      boolean matches =
          switch (subject.kind()) {
            case "User" -> subject.name().equals(user.name());
            case "Group" -> user.groups().contains(subject.name());
            case "ServiceAccount" ->
                !effective.isEmpty()
                    && user.name()
                        .equals("system:serviceaccount:" + effective + ":" + subject.name());
            default -> false;
          };
      if (matches) {
        return subject;
      }
    }
    return null;
  }

  private static boolean allows(PolicyRule rule, Attributes asked) {
    if (!has(rule.verbs(), asked.verb())) {
      return false;
    }
    if (!asked.resourceRequest()) {
      for (String url : rule.nonResourceUrls()) {
        String prefix = url;
        while (prefix.endsWith("*")) {
          prefix = prefix.substring(0, prefix.length() - 1);
        }
        if (url.equals(asked.path()) || url.endsWith("*") && asked.path().startsWith(prefix)) {
          return true;
        }
      }
      return false;
    }
    String full =
        asked.subresource().isEmpty()
            ? asked.resource()
            : asked.resource() + "/" + asked.subresource();
    boolean resource =
        has(rule.resources(), full)
            || !asked.subresource().isEmpty()
                && rule.resources().contains("*/" + asked.subresource());
    return resource
        && has(rule.apiGroups(), asked.apiGroup())
        && (rule.resourceNames().isEmpty() || rule.resourceNames().contains(asked.name()));
  }

  private static boolean has(List<String> texts, String text) {
    return texts.contains("*") || texts.contains(text);
  }
}
