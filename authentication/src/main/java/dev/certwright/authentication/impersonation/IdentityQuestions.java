package dev.certwright.authentication.impersonation;

import dev.certwright.identity.Identity;
import dev.certwright.identity.ServiceAccountName;
import dev.certwright.rbac.Attributes;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The questions that stand for a wanted identity since 1.36: user, uid, groups, extra, in this
 * order. The classic verb asks about users and groups in the core group, the constrained ones about
 * all in {@code authentication.k8s.io} and a little more (rules I-03, CI-02, CI-03).
 */
final class IdentityQuestions {
  private static final String AUTHENTICATION = "authentication.k8s.io";
  private static final int MANY = 4;

  private final String verb;
  private final boolean constrained;
  private final Attributes request;
  private final AccessCheck check;
  private final UnaryOperator<Attributes> change;

  /**
   * Questions of one request.
   *
   * @param verb of all of them
   * @param change what becomes of each before it is asked
   */
  IdentityQuestions(
      String verb,
      boolean constrained,
      Attributes request,
      AccessCheck check,
      UnaryOperator<Attributes> change) {
    this.verb = verb;
    this.constrained = constrained;
    this.request = request;
    this.check = check;
    this.change = change;
  }

  static Attributes ofAuthentication(Identity client, String verb, String resource) {
    return new Attributes(client, true, verb, "", AUTHENTICATION, "v1", resource, "", "", "");
  }

  /** Asks all; the first that is not allowed ends it. */
  ImpersonationOutcome ask(Identity wanted) {
    ServiceAccountName account = ServiceAccountName.ofUser(wanted.name());
    String node = constrained ? Names.node(wanted.name()) : null;
    ImpersonationOutcome.Refused refused = refusal(userQuestion(wanted.name(), account, node));
    if (refused == null && !wanted.uid().isEmpty()) {
      refused = refusal(ofAuthentication(request.user(), verb, "uids").named(wanted.uid()));
    }
    if (refused == null && !wanted.groups().isEmpty()) {
      refused = groups(wanted.groups());
    }
    if (refused == null && !wanted.extra().isEmpty()) {
      refused = extra(wanted.extra());
    }
    if (refused != null) {
      return refused;
    }
    List<String> groups = wanted.groups();
    if (node != null) {
      groups = Names.NODE_GROUPS;
    } else if (account != null && groups.isEmpty()) {
      groups = account.groups();
    }
    return new ImpersonationOutcome.Allowed(
        Names.complete(wanted, groups), constrained ? verb : "");
  }

  private Attributes userQuestion(
      String name, @Nullable ServiceAccountName account, @Nullable String node) {
    if (account != null) {
      return aboutNames("serviceaccounts").inNamespace(account.namespace()).named(account.name());
    }
    return node == null ? aboutNames("users").named(name) : aboutNames("nodes").named(node);
  }

  private Attributes aboutNames(String resource) {
    return constrained
        ? ofAuthentication(request.user(), verb, resource)
        : new Attributes(request.user(), true, verb, "", "", "v1", resource, "", "", "");
  }

  private ImpersonationOutcome.@Nullable Refused groups(List<String> groups) {
    Attributes question = aboutNames("groups");
    if (constrained) {
      if (groups.contains("")) {
        return new ImpersonationOutcome.Refused(
            question, "impersonating the empty string group is not allowed");
      }
      if (groups.contains(Identity.SUPERUSER_GROUP)) {
        return new ImpersonationOutcome.Refused(
            question.named(Identity.SUPERUSER_GROUP),
            "impersonating the system:masters group is not allowed");
      }
      if (groups.size() >= MANY && refusal(question.named("*")) == null) {
        return null;
      }
    }
    for (String group : groups) {
      ImpersonationOutcome.Refused refused = refusal(question.named(group));
      if (refused != null) {
        return refused;
      }
    }
    return null;
  }

  private ImpersonationOutcome.@Nullable Refused extra(Map<String, List<String>> extra) {
    Attributes question = ofAuthentication(request.user(), verb, "userextras");
    if (constrained) {
      String problem = ExtraProblem.of(extra);
      if (!problem.isEmpty()) {
        return new ImpersonationOutcome.Refused(question, problem);
      }
      if (isMany(extra) && refusal(question.ofSubresource("*").named("*")) == null) {
        return null;
      }
    }
    for (Map.Entry<String, List<String>> entry : extra.entrySet()) {
      for (String value : entry.getValue()) {
        ImpersonationOutcome.Refused refused =
            refusal(question.ofSubresource(entry.getKey()).named(value));
        if (refused != null) {
          return refused;
        }
      }
    }
    return null;
  }

  private static boolean isMany(Map<String, List<String>> extra) {
    int count = 0;
    for (List<String> values : extra.values()) {
      count += values.size();
    }
    return extra.size() >= MANY || count >= MANY;
  }

  /** Asks; null if it is allowed, also where something kept part of the policy from counting. */
  ImpersonationOutcome.@Nullable Refused refusal(Attributes question) {
    Attributes asked = change.apply(question);
    AccessCheck.Answer answer = check.ask(asked);
    if (answer.allowed()) {
      return null;
    }
    String reason = answer.reason();
    if (!answer.error().isEmpty()) {
      reason = reason.isEmpty() ? answer.error() : answer.error() + ": " + reason;
    }
    return new ImpersonationOutcome.Refused(asked, reason);
  }
}
