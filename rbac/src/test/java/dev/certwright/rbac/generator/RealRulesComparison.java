package dev.certwright.rbac.generator;

import dev.certwright.rbac.Policy;
import dev.certwright.rbac.RuleListing;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What those whom the policies of real projects name may do in their namespaces. */
final class RealRulesComparison implements Comparison {
  private static final int QUESTIONS = 500;

  private final RealPolicies policies;
  private final Policy policy;
  private boolean sent;

  RealRulesComparison(RealPolicies policies) {
    this.policies = policies;
    this.policy = Policy.of(policies.objects());
  }

  @Override
  public String mode() {
    return "rules";
  }

  @Override
  public int round(Random random, Oracle oracle) {
    if (!sent) {
      oracle.ask(List.of(DecideComparison.policyLine(policies.objects())));
      sent = true;
    }
    List<RealPolicies.Place> places = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      places.add(policies.place(random));
      lines.add(RulesComparison.line(places.get(i).user(), places.get(i).namespace()));
    }
    List<String> answers = oracle.ask(lines);
    int given = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      RealPolicies.Place place = places.get(i);
      String problem =
          RulesComparison.problem(policy, place.user(), place.namespace(), answers.get(i));
      if (problem != null) {
        throw new AssertionError(problem + "\nasked " + lines.get(i));
      }
      RuleListing ours = policy.rulesFor(place.user(), place.namespace());
      given += ours.resourceRules().isEmpty() && ours.nonResourceRules().isEmpty() ? 0 : 1;
    }
    if (given < QUESTIONS / 2) {
      throw new AssertionError("only " + given + " of " + QUESTIONS + " lists had a rule");
    }
    return QUESTIONS;
  }
}
