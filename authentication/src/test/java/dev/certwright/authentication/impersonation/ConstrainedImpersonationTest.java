package dev.certwright.authentication.impersonation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.authentication.testing.HeaderRequest;
import dev.certwright.identity.Identity;
import dev.certwright.rbac.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Rules I-01 to I-06 and CI-01 to CI-04; conformance has them compared with upstream's code. */
final class ConstrainedImpersonationTest {
  private static final Identity ROOT =
      new Identity("root", "", List.of(), Map.of("credential", List.of("c")));

  private final List<String> asked = new ArrayList<>();
  private final ConstrainedImpersonation rules = new ConstrainedImpersonation();

  private ImpersonationOutcome decide(List<String> allowedVerbs, String... headers) {
    asked.clear();
    return rules.decide(
        Objects.requireNonNull(ImpersonationHeaders.wanted(HeaderRequest.of(headers))),
        Attributes.ofResource(ROOT, "list", "", "pods").inNamespace("n"),
        question -> {
          asked.add(question.verb() + " " + question.resource() + " " + question.name());
          assertThat(question.user()).isEqualTo(ROOT);
          return new AccessCheck.Answer(allowedVerbs.contains(question.verb()), "", "");
        });
  }

  @Test
  void constrained_mode_needs_the_request_and_the_identity_CI_02() {
    assertThat(
            decide(
                List.of("impersonate-on:user-info:list", "impersonate:user-info"),
                "Impersonate-User",
                "jane"))
        .isEqualTo(
            new ImpersonationOutcome.Allowed(
                Identity.of("jane", List.of("system:authenticated")), "impersonate:user-info"));
    assertThat(asked)
        .containsExactly("impersonate-on:user-info:list pods ", "impersonate:user-info users jane");
  }

  @Test
  void classic_mode_stays_and_is_tried_first_once_it_was_allowed_CI_01() {
    for (int i = 0; i < 2; i++) {
      assertThat(decide(List.of("impersonate"), "Impersonate-User", "jane"))
          .isInstanceOf(ImpersonationOutcome.Allowed.class);
    }
    assertThat(asked).containsExactly("impersonate users jane");
  }

  @Test
  void superusers_group_is_not_for_the_constrained_form_CI_03() {
    assertThat(
            decide(
                List.of("impersonate-on:user-info:list", "impersonate:user-info"),
                "Impersonate-User",
                "jane",
                "Impersonate-Group",
                "system:masters"))
        .isInstanceOfSatisfying(
            ImpersonationOutcome.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .isEqualTo("impersonating the system:masters group is not allowed"));
  }

  @Test
  void first_empty_name_is_none_and_others_without_it_are_an_error_I_01() {
    assertThat(ImpersonationHeaders.wanted(HeaderRequest.of("Impersonate-User", ""))).isNull();
    Identity wanted =
        Objects.requireNonNull(
            ImpersonationHeaders.wanted(
                HeaderRequest.of(
                    "Impersonate-User",
                    "",
                    "Impersonate-User",
                    "jane",
                    "impersonate-group",
                    "devs")));
    assertThat(wanted.name()).isEmpty();
    assertThat(rules.withoutUser(wanted))
        .isEqualTo(
            "requested &user.DefaultInfo{Name:\"\", UID:\"\", Groups:[]string{\"devs\"},"
                + " Extra:map[string][]string(nil)} without impersonating a user name");
  }
}
