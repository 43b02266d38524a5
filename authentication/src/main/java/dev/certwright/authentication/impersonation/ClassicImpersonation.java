package dev.certwright.authentication.impersonation;

import dev.certwright.identity.Identity;
import dev.certwright.identity.ServiceAccountName;
import dev.certwright.rbac.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Impersonation as kube-apiserver has it up to 1.35: every item that is named is a question with
 * the verb {@code impersonate} (rules I-03 to I-05).
 */
public final class ClassicImpersonation implements ImpersonationRules {
  private static final String VERB = "impersonate";

  @Override
  public ImpersonationOutcome decide(Identity wanted, Attributes request, AccessCheck check) {
    for (Attributes question : questions(wanted, request.user())) {
      AccessCheck.Answer answer = check.ask(question);
      if (!answer.allowed() || !answer.error().isEmpty()) {
        return new ImpersonationOutcome.Refused(question, answer.reason());
      }
    }
    ServiceAccountName account = ServiceAccountName.ofUser(wanted.name());
    List<String> groups =
        account != null && wanted.groups().isEmpty() ? account.groups() : wanted.groups();
    return new ImpersonationOutcome.Allowed(Names.complete(wanted, groups), "");
  }

  /** All that has to be allowed, in the order in which it is asked. */
  public static List<Attributes> questions(Identity wanted, Identity client) {
    List<Attributes> questions = new ArrayList<>();
    ServiceAccountName account = ServiceAccountName.ofUser(wanted.name());
    questions.add(
        account == null
            ? Attributes.ofResource(client, VERB, "", "users").named(wanted.name())
            : Attributes.ofResource(client, VERB, "", "serviceaccounts")
                .inNamespace(account.namespace())
                .named(account.name()));
    for (String group : wanted.groups()) {
      questions.add(Attributes.ofResource(client, VERB, "", "groups").named(group));
    }
    for (Map.Entry<String, List<String>> extra : wanted.extra().entrySet()) {
      for (String value : extra.getValue()) {
        questions.add(
            IdentityQuestions.ofAuthentication(client, VERB, "userextras")
                .ofSubresource(extra.getKey())
                .named(value));
      }
    }
    if (!wanted.uid().isEmpty()) {
      questions.add(IdentityQuestions.ofAuthentication(client, VERB, "uids").named(wanted.uid()));
    }
    return questions;
  }

  @Override
  public String withoutUser(Identity wanted) {
    List<String> items = new ArrayList<>();
    for (String group : wanted.groups()) {
      items.add("{Group  " + group + "    }");
    }
    for (Map.Entry<String, List<String>> extra : wanted.extra().entrySet()) {
      for (String value : extra.getValue()) {
        items.add("{UserExtra  " + value + "  authentication.k8s.io/v1  " + extra.getKey() + "}");
      }
    }
    if (!wanted.uid().isEmpty()) {
      items.add("{UID  " + wanted.uid() + "  authentication.k8s.io/v1  }");
    }
    return "requested [" + String.join(" ", items) + "] without impersonating a user";
  }
}
