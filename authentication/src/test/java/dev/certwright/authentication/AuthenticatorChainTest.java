package dev.certwright.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.identity.Identity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules U-02 to U-05, A-01, X-21. */
final class AuthenticatorChainTest {
  private static final ClientRequest NOTHING =
      new ClientRequest() {
        @Override
        public List<byte[]> clientCertificates() {
          return List.of();
        }

        @Override
        public List<String> headerValues(String name) {
          return List.of();
        }

        @Override
        public List<String> headerNames() {
          return List.of();
        }

        @Override
        public String path() {
          return "/";
        }
      };

  private static final Authenticator SILENT = request -> new Authentication.NoOpinion();

  private static Authenticator fails(String reason) {
    return request -> new Authentication.Failed(reason);
  }

  private static Authenticator knows(String name, String... groups) {
    return request -> new Authentication.Authenticated(Identity.of(name, List.of(groups)));
  }

  private static Authentication ask(Authenticator chain) {
    return chain.authenticate(NOTHING);
  }

  @Test
  void the_first_that_knows_the_client_counts_and_the_group_is_added() {
    assertThat(ask(AuthenticatorChain.of(List.of(SILENT, knows("jane", "devs"), knows("joe")))))
        .isEqualTo(
            new Authentication.Authenticated(
                Identity.of("jane", List.of("devs", "system:authenticated"))));
  }

  @Test
  void a_failure_before_does_not_stop_a_later_one_that_knows() {
    assertThat(ask(AuthenticatorChain.of(List.of(fails("bad"), knows("jane")))))
        .isInstanceOf(Authentication.Authenticated.class);
  }

  @Test
  void after_a_failure_nobody_is_anonymous() {
    assertThat(
            ask(AuthenticatorChain.of(List.of(fails("bad"), SILENT)).orElse(new AnonymousAccess())))
        .isEqualTo(new Authentication.Failed("bad"));
  }

  @Test
  void distinct_reasons_are_told_once_each() {
    assertThat(ask(AuthenticatorChain.of(List.of(fails("a"), fails("b"), fails("a")))))
        .isEqualTo(new Authentication.Failed("[a, b]"));
  }

  @Test
  void without_credentials_the_client_is_anonymous_where_that_is_on_and_nobody_where_not() {
    AuthenticatorChain chain = AuthenticatorChain.of(List.of(SILENT));
    assertThat(ask(chain)).isEqualTo(new Authentication.NoOpinion());
    assertThat(ask(chain.orElse(new AnonymousAccess())))
        .isEqualTo(
            new Authentication.Authenticated(
                Identity.of("system:anonymous", List.of("system:unauthenticated"))));
  }
}
