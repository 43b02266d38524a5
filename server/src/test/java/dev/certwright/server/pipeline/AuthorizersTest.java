package dev.certwright.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.Attributes;
import dev.certwright.rbac.Policy;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules UN-01, UN-02, AC-22; and that nothing is allowed before there is a policy. */
final class AuthorizersTest {
  private static final Identity ROOT = Identity.of("root", List.of(Identity.SUPERUSER_GROUP));
  private static final Attributes ASKED = Attributes.ofPath(ROOT, "get", "/metrics");

  private static Authorizer says(String name, Verdict verdict) {
    return new Authorizer() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Verdict authorize(Attributes asked) {
        return verdict;
      }
    };
  }

  private static Verdict chain(Authorizer... authorizers) {
    return AuthorizerChain.of(List.of(authorizers)).authorize(ASKED);
  }

  @Test
  void a_deny_before_an_allow_ends_it() {
    assertThat(chain(says("deny", Verdict.deny("revoked")), says("allow", Verdict.allow(""))))
        .isEqualTo(Verdict.deny("revoked"));
  }

  @Test
  void an_allow_drops_earlier_errors() {
    assertThat(chain(says("a", Verdict.failed("broken")), says("b", Verdict.allow("fine"))))
        .isEqualTo(Verdict.allow("fine"));
  }

  @Test
  void reasons_without_opinion_are_joined_with_names_and_errors_aggregated() {
    Verdict no = new Verdict(Verdict.Outcome.NO_OPINION, "why", "e1", null);
    Verdict other = new Verdict(Verdict.Outcome.NO_OPINION, "so", "e2", null);
    assertThat(chain(says("a", no), says("b", Verdict.NONE), says("c", other)))
        .isEqualTo(new Verdict(Verdict.Outcome.NO_OPINION, "a: why\nc: so", "[e1, e2]", null));
  }

  @Test
  void before_a_policy_is_loaded_not_even_a_superuser_is_allowed() {
    Verdict verdict = new RbacAuthorizer(() -> null).authorize(ASKED);
    assertThat(verdict.isAllowed()).isFalse();
    assertThat(verdict.error()).contains("not loaded");
    assertThat(new RbacAuthorizer(() -> Policy.EMPTY).authorize(ASKED).isAllowed()).isTrue();
  }

  @Test
  void paths_are_allowed_exactly_or_by_a_prefix_before_a_star_at_the_end() {
    AlwaysAllowedPaths paths = new AlwaysAllowedPaths(List.of("/healthz", "readyz/*"));
    assertThat(paths.authorize(Attributes.ofPath(ROOT, "get", "/healthz")).isAllowed()).isTrue();
    assertThat(paths.authorize(Attributes.ofPath(ROOT, "post", "/healthz")).isAllowed()).isFalse();
    assertThat(paths.authorize(Attributes.ofPath(ROOT, "get", "/healthz/")).isAllowed()).isFalse();
    assertThat(paths.authorize(Attributes.ofPath(ROOT, "get", "/readyz/a")).isAllowed()).isTrue();
    assertThat(paths.authorize(Attributes.ofPath(ROOT, "get", "/readyz")).isAllowed()).isFalse();
    assertThat(paths.authorize(Attributes.ofResource(ROOT, "get", "", "healthz")).isAllowed())
        .isFalse();
    assertThatThrownBy(() -> new AlwaysAllowedPaths(List.of("/a*b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("/a*b");
  }
}
