package dev.certwright.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.rbac.generator.RandomPolicies;
import dev.certwright.rbac.generator.ReferenceAuthorizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PolicyChangeTest {
  @Test
  void a_policy_reached_by_single_changes_decides_as_one_made_at_once() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      RandomPolicies generator = new RandomPolicies(random);
      Policy policy = Policy.EMPTY;
      Map<String, RbacObject> objects = new LinkedHashMap<>();
      List<Policy> snapshots = new ArrayList<>();
      List<ReferenceAuthorizer> references = new ArrayList<>();
      for (int step = 0; step < 4; step++) {
        for (RbacObject object : generator.policy()) {
          if (random.nextInt(3) == 0) {
            objects.remove(key(object));
            policy = policy.without(object);
          } else {
            objects.put(key(object), object);
            policy = policy.with(object);
          }
        }
        snapshots.add(policy);
        references.add(new ReferenceAuthorizer(List.copyOf(objects.values())));
      }
      for (int i = 0; i < 150; i++) {
        Attributes asked = generator.question();
        for (int step = 0; step < snapshots.size(); step++) {
          assertSame(seed, snapshots.get(step), references.get(step), asked);
        }
      }
    }
  }

  private static void assertSame(
      int seed, Policy policy, ReferenceAuthorizer reference, Attributes asked) {
    Decision decision = policy.decide(asked);
    ReferenceAuthorizer.Answers possible = reference.decide(asked);
    String about = "seed " + seed + " " + asked;
    if (decision.isBySuperuserGroup()) {
      assertThat(asked.user().groups()).contains("system:masters");
    } else if (decision.isAllowed()) {
      assertThat(possible.grants()).as(about).contains(decision.reason());
    } else {
      assertThat(possible.grants()).as(about).isEmpty();
      assertThat(decision.unresolvedRoles())
          .as(about)
          .containsExactlyInAnyOrderElementsOf(possible.problems());
    }
  }

  private static String key(RbacObject object) {
    String namespace = object.namespace();
    return object.kind() + " " + (namespace.isEmpty() ? "" : namespace + "/") + object.name();
  }

  @Test
  void objects_come_back_as_they_were_put() {
    for (int seed = 0; seed < 40; seed++) {
      RandomPolicies generator = new RandomPolicies(new Random(seed));
      Map<String, RbacObject> objects = new LinkedHashMap<>();
      for (RbacObject object : generator.policy()) {
        objects.put(key(object), object);
      }
      Policy policy = Policy.of(objects.values());
      List<RbacObject> found = new ArrayList<>();
      policy.forEach(found::add);
      assertThat(found).containsExactlyInAnyOrderElementsOf(objects.values());
      assertThat(policy.roleCount() + policy.bindingCount()).isEqualTo(objects.size());
    }
  }

  @Test
  void taking_out_what_is_not_there_changes_nothing() {
    Policy policy = Policies.alice(Policies.rule("get", "-", "pods"));
    assertThat(policy.without(ClusterRole.of("other", List.of()))).isSameAs(policy);
    assertThat(policy.without(Role.of("ns", "r", List.of()))).isSameAs(policy);
    assertThat(policy.without(ClusterRoleBinding.of("x", RoleRef.clusterRole("r"))))
        .isSameAs(policy);
    assertThat(policy.clusterRole("r")).isNotNull();
    assertThat(policy.clusterRole("x")).isNull();
    assertThat(policy.role("ns", "r")).isNull();
  }

  @Test
  void names_chosen_to_have_one_hash_do_not_slow_a_policy_down() {
    List<String> names = new ArrayList<>(List.of(""));
    for (int i = 0; i < 13; i++) {
      List<String> longer = new ArrayList<>();
      for (String name : names) {
        longer.add(name + "Aa");
        longer.add(name + "BB");
      }
      names = longer;
    }
    assertThat(names.get(0).hashCode()).isEqualTo(names.get(8191).hashCode());
    PolicyEditor editor = Policy.EMPTY.edit();
    editor.put(ClusterRole.of("r", List.of(Policies.rule("get", "-", "pods"))));
    for (String name : names) {
      editor.put(ClusterRoleBinding.of(name, RoleRef.clusterRole("r"), Subject.user(name)));
    }
    Policy policy = editor.build();
    for (String name : names) {
      assertThat(policy.decide(Policies.asks(name, "get", "", "pods")).isAllowed()).isTrue();
    }
    assertThat(policy.bindingCount()).isEqualTo(8192);
  }
}
