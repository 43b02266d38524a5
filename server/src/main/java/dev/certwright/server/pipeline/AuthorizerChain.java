package dev.certwright.server.pipeline;

import dev.certwright.rbac.Attributes;
import dev.certwright.rbac.Decision;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Authorizers in order: the first that allows or denies ends it. Reasons of those without opinion
 * are joined, each with its authorizer's name in front, as kube-apiserver has it since 1.37 (rules
 * UN-01, UN-02).
 */
public final class AuthorizerChain implements Authorizer {
  private final List<Authorizer> authorizers;

  private AuthorizerChain(List<Authorizer> authorizers) {
    this.authorizers = List.copyOf(authorizers);
  }

  /** These, in this order. */
  public static AuthorizerChain of(List<? extends Authorizer> authorizers) {
    return new AuthorizerChain(new ArrayList<>(authorizers));
  }

  @Override
  public String name() {
    return "chain";
  }

  @Override
  public Verdict authorize(Attributes asked) {
    StringBuilder reasons = null;
    Set<String> errors = null;
    Decision decision = null;
    for (Authorizer authorizer : authorizers) {
      Verdict verdict = authorizer.authorize(asked);
      if (verdict.outcome() != Verdict.Outcome.NO_OPINION) {
        return verdict;
      }
      if (!verdict.error().isEmpty()) {
        errors = errors == null ? new LinkedHashSet<>() : errors;
        errors.add(verdict.error());
      }
      if (!verdict.reason().isEmpty()) {
        reasons = reasons == null ? new StringBuilder() : reasons.append('\n');
        reasons.append(authorizer.name()).append(": ").append(verdict.reason());
      }
      decision = verdict.decision() == null ? decision : verdict.decision();
    }
    return new Verdict(
        Verdict.Outcome.NO_OPINION,
        reasons == null ? "" : reasons.toString(),
        errors == null ? "" : aggregate(errors),
        decision);
  }

  private static String aggregate(Set<String> errors) {
    return errors.size() == 1 ? errors.iterator().next() : "[" + String.join(", ", errors) + "]";
  }
}
