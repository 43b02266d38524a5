package dev.certwright.rbac.generator;

import dev.certwright.rbac.Attributes;
import dev.certwright.rbac.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Questions to the policies of real projects, all at once. */
final class RealPolicyComparison implements Comparison {
  private static final int QUESTIONS = 500;

  private final RealPolicies policies;
  private final Policy policy;
  private final ReferenceAuthorizer reference;
  private boolean sent;

  RealPolicyComparison(RealPolicies policies) {
    this.policies = policies;
    this.policy = Policy.of(policies.objects());
    this.reference = new ReferenceAuthorizer(policies.objects());
  }

  @Override
  public String mode() {
    return "decide";
  }

  @Override
  public int round(Random random, Oracle oracle) {
    if (!sent) {
      oracle.ask(List.of(DecideComparison.policyLine(policies.objects())));
      sent = true;
    }
    List<Attributes> questions = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      questions.add(policies.question(random));
      lines.add(DecideComparison.line(questions.get(i)));
    }
    List<String> answers = oracle.ask(lines);
    for (int i = 0; i < QUESTIONS; i++) {
      String problem =
          DecideComparison.problem(policy, reference, questions.get(i), answers.get(i));
      if (problem != null) {
        throw new AssertionError(problem + "\nasked " + questions.get(i));
      }
    }
    return QUESTIONS;
  }
}
