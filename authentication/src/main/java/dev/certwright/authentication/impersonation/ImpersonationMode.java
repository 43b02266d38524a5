package dev.certwright.authentication.impersonation;

import dev.certwright.identity.Identity;
import dev.certwright.identity.ServiceAccountName;
import dev.certwright.rbac.Attributes;
import dev.certwright.rbac.GoText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The ways in which one may become somebody else, in the order of rule CI-01. */
enum ImpersonationMode {
  /** A ServiceAccount becomes the node that its pod is on. */
  ASSOCIATED_NODE("associated-node"),
  /** Somebody becomes a node. */
  ARBITRARY_NODE("arbitrary-node"),
  /** Somebody becomes a ServiceAccount. */
  SERVICE_ACCOUNT("serviceaccount"),
  /** Somebody becomes any other user. */
  USER_INFO("user-info"),
  /** Somebody becomes anybody, whatever is done then. */
  CLASSIC("");

  private static final String NODE_NAME = "authentication.kubernetes.io/node-name";
  private static final String NODE_KEYS = "authentication.kubernetes.io/associated-node-keys";

  private final String word;

  ImpersonationMode(String word) {
    this.word = word;
  }

  /**
   * Asks all that this mode asks (rule CI-02).
   *
   * @return null if it is not for this identity
   */
  @Nullable ImpersonationOutcome decide(Identity wanted, Attributes request, AccessCheck check) {
    if (!isFor(wanted, request.user())) {
      return null;
    }
    String verb = this == CLASSIC ? "impersonate" : "impersonate:" + word;
    IdentityQuestions questions =
        new IdentityQuestions(verb, this != CLASSIC, request, check, change(verb));
    if (this != CLASSIC) {
      ImpersonationOutcome.Refused refused =
          questions.refusal(request.withVerb("impersonate-on:" + word + ":" + request.verb()));
      if (refused != null) {
        return refused;
      }
    }
    return questions.ask(wanted);
  }

  private boolean isFor(Identity wanted, Identity client) {
    return switch (this) {
      case ASSOCIATED_NODE -> Names.isNameAlone(wanted) && isNodeOf(wanted.name(), client);
      case ARBITRARY_NODE -> Names.isNameAlone(wanted) && Names.node(wanted.name()) != null;
      case SERVICE_ACCOUNT -> Names.isNameAlone(wanted) && Names.isServiceAccount(wanted.name());
      case USER_INFO -> Names.node(wanted.name()) == null && !Names.isServiceAccount(wanted.name());
      case CLASSIC -> true;
    };
  }

  private static boolean isNodeOf(String user, Identity client) {
    String node = Names.node(user);
    List<String> names = client.extra().getOrDefault(NODE_NAME, List.of());
    return node != null
        && ServiceAccountName.ofUser(client.name()) != null
        && names.size() == 1
        && names.get(0).equals(node);
  }

  // One permission is for all nodes and all pods of a ServiceAccount: which they are is not asked.
  private UnaryOperator<Attributes> change(String verb) {
    if (this != ASSOCIATED_NODE) {
      return UnaryOperator.identity();
    }
    return question -> {
      Identity client = question.user();
      List<String> keys = new ArrayList<>(client.extra().keySet());
      keys.sort(GoText.ORDER);
      Attributes asked =
          question.askedBy(
              new Identity(client.name(), client.uid(), client.groups(), Map.of(NODE_KEYS, keys)));
      return question.verb().equals(verb) ? asked.named("*") : asked;
    };
  }
}
