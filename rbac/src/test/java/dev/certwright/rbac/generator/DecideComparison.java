package dev.certwright.rbac.generator;

import dev.certwright.rbac.Attributes;
import dev.certwright.rbac.Decision;
import dev.certwright.rbac.GoText;
import dev.certwright.rbac.Policy;
import dev.certwright.rbac.RbacObject;
import dev.certwright.rbac.generator.ReferenceAuthorizer.Answers;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Random policies and questions; the policy also grows and shrinks by single changes. */
public final class DecideComparison implements Comparison {
  private static final int QUESTIONS = 200;

  @Override
  public String mode() {
    return "decide";
  }

  @Override
  public int round(Random random, Oracle oracle) {
    RandomPolicies generator = new RandomPolicies(random);
    List<RbacObject> objects = generator.policy();
    Policy policy = random.nextBoolean() ? Policy.of(objects) : edited(objects, generator, random);
    List<Attributes> questions = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    lines.add(policyLine(objects));
    for (int i = 0; i < QUESTIONS; i++) {
      Attributes asked = generator.question();
      questions.add(asked);
      lines.add(line(asked));
    }
    ReferenceAuthorizer reference = new ReferenceAuthorizer(objects);
    List<String> answers = oracle.ask(lines);
    for (int i = 0; i < QUESTIONS; i++) {
      String problem = problem(policy, reference, questions.get(i), answers.get(i + 1));
      if (problem != null) {
        throw new AssertionError(shrunk(objects, questions.get(i), problem, oracle));
      }
    }
    return QUESTIONS;
  }

  // Comes to the same policy by a way with detours: what a watch of a cluster does.
  private static Policy edited(List<RbacObject> objects, RandomPolicies generator, Random random) {
    List<RbacObject> detours = generator.policy();
    Policy policy = Policy.of(detours);
    List<RbacObject> steps = new ArrayList<>(objects);
    for (RbacObject object : steps) {
      policy = policy.with(object);
    }
    for (RbacObject object : detours) {
      policy = policy.without(object);
    }
    // What was taken out may have had the key of something that is to stay.
    for (RbacObject object : steps) {
      if (random.nextInt(3) == 0) {
        policy = policy.without(object);
      }
    }
    for (RbacObject object : steps) {
      policy = policy.with(object);
    }
    return policy;
  }

  /** What is wrong with the answers to one question, null if nothing is. */
  static @Nullable String problem(
      Policy policy, ReferenceAuthorizer reference, Attributes asked, String answer) {
    return Comparison.problem(() -> compared(policy, reference, asked, answer));
  }

  private static @Nullable String compared(
      Policy policy, ReferenceAuthorizer reference, Attributes asked, String answer) {
    YamlMapping upstream = Oracle.parse(answer);
    String verdict = text(upstream, "decision");
    String reason = text(upstream, "reason");
    Decision decision = policy.decide(asked);
    String ours = decision.isAllowed() ? "allow" : "noOpinion";
    if (!ours.equals(verdict)) {
      return "verdict " + ours + " " + decision.reason() + ", upstream " + verdict + " " + reason;
    }
    if (decision.isBySuperuserGroup()) {
      return reason.isEmpty() && decision.reason().isEmpty() ? null : "reason of superuser";
    }
    if (!decision.isAllowed() && !messageAgrees(decision, text(upstream, "message"), reason)) {
      return "message " + decision.forbiddenMessage() + ", upstream " + text(upstream, "message");
    }
    Answers possible = reference.decide(asked);
    if (!possible.grants().isEmpty() != decision.isAllowed()) {
      return "the reference differs: " + possible;
    }
    if (decision.isAllowed()) {
      return possible.grants().contains(reason) && possible.grants().contains(decision.reason())
          ? null
          : "reason " + decision.reason() + ", upstream " + reason + ", possible " + possible;
    }
    return isAggregate(reason, possible.problems())
            && isAggregate(decision.reason(), possible.problems())
            && new LinkedHashSet<>(decision.unresolvedRoles()).equals(possible.problems())
        ? null
        : "reason " + decision.reason() + ", upstream " + reason + ", possible " + possible;
  }

  // Where several roles are missing each side may name them in another order.
  private static boolean messageAgrees(Decision decision, String upstream, String reason) {
    String ours = decision.forbiddenMessage();
    String own = decision.reason();
    return ours.endsWith(own)
        && upstream.equals(ours.substring(0, ours.length() - own.length()) + reason);
  }

  /** Whether a text is all of the problems in some order, as upstream joins them. */
  static boolean isAggregate(String reason, Set<String> problems) {
    if (problems.isEmpty()) {
      return reason.isEmpty();
    }
    if (problems.size() == 1) {
      return reason.equals("RBAC: " + problems.iterator().next());
    }
    if (!reason.startsWith("RBAC: [") || !reason.endsWith("]")) {
      return false;
    }
    return isPermutation(
        reason.substring("RBAC: [".length(), reason.length() - 1), new ArrayList<>(problems));
  }

  static boolean isPermutation(String text, List<String> rest) {
    if (rest.isEmpty()) {
      return text.isEmpty();
    }
    for (int i = 0; i < rest.size(); i++) {
      if (text.startsWith(rest.get(i))) {
        List<String> others = new ArrayList<>(rest);
        String one = others.remove(i);
        String tail = text.substring(one.length());
        boolean fits =
            others.isEmpty()
                ? tail.isEmpty()
                : tail.startsWith(", ") && isPermutation(tail.substring(2), others);
        if (fits) {
          return true;
        }
      }
    }
    return false;
  }

  private static String shrunk(
      List<RbacObject> objects, Attributes asked, String problem, Oracle oracle) {
    List<RbacObject> small = new ArrayList<>(objects);
    String last = problem;
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (int i = small.size() - 1; i >= 0; i--) {
        List<RbacObject> fewer = new ArrayList<>(small);
        fewer.remove(i);
        String answer = oracle.ask(List.of(policyLine(fewer), line(asked))).get(1);
        String still = problem(Policy.of(fewer), new ReferenceAuthorizer(fewer), asked, answer);
        if (still != null) {
          small = fewer;
          last = still;
          smaller = true;
        }
      }
    }
    return last + "\nasked " + asked + "\nof " + policyLine(small);
  }

  static String policyLine(List<RbacObject> objects) {
    List<YamlValue> policy = new ArrayList<>();
    for (RbacObject object : objects) {
      policy.add(ObjectJson.of(object));
    }
    return ObjectJson.line(YamlMapping.builder().put("policy", YamlSequence.of(policy)).build());
  }

  /** A question as the oracle takes it. */
  public static String line(Attributes asked) {
    return ObjectJson.line(
        YamlMapping.builder()
            .put("user", asked.user().name())
            .put("groups", YamlSequence.ofStrings(asked.user().groups()))
            .put("verb", asked.verb())
            .put("namespace", asked.namespace())
            .put("apiGroup", asked.apiGroup())
            .put("apiVersion", asked.apiVersion())
            .put("resource", asked.resource())
            .put("subresource", asked.subresource())
            .put("name", asked.name())
            .put("path", asked.path())
            .put("isResourceRequest", asked.resourceRequest())
            .put("message", true)
            .build());
  }

  static String text(YamlMapping mapping, String key) {
    YamlValue value = mapping.get(key);
    return value == null ? "" : GoText.replaceStray(string(value));
  }

  static String string(YamlValue value) {
    return value instanceof YamlString text ? text.value() : "";
  }
}
