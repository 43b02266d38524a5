package dev.certwright.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.rbac.generator.RealPolicies;
import dev.certwright.rbac.generator.ReferenceAuthorizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Policies of real projects, which lie outside the repository: runs in the profile {@code suites},
 * with {@code -Dsuites=DIR} for the folder that has a folder {@code rbac}.
 */
class RealPoliciesSuite {
  @Test
  void real_policies_all_at_once_decide_as_a_walk_over_all_bindings() throws IOException {
    String folder = System.getProperty("suites", "");
    assertThat(folder).as("-Dsuites=DIR names the folder of suites").isNotEmpty();
    RealPolicies policies = RealPolicies.read(Path.of(folder, "rbac"));
    assertThat(policies.objects()).hasSizeGreaterThan(2_500);
    Policy policy = Policy.of(policies.objects());
    ReferenceAuthorizer reference = new ReferenceAuthorizer(policies.objects());
    Random random = new Random(1);
    int allowed = 0;
    for (int i = 0; i < 20_000; i++) {
      Attributes asked = policies.question(random);
      Decision decision = policy.decide(asked);
      ReferenceAuthorizer.Answers possible = reference.decide(asked);
      assertThat(decision.isAllowed()).as(asked.toString()).isEqualTo(!possible.grants().isEmpty());
      if (decision.isAllowed()) {
        assertThat(possible.grants()).contains(decision.reason());
        allowed++;
      } else {
        assertThat(decision.unresolvedRoles())
            .containsExactlyInAnyOrderElementsOf(possible.problems());
      }
    }
    assertThat(allowed).as("questions that test something").isGreaterThan(2_000);
  }
}
