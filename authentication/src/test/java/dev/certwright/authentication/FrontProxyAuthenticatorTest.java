package dev.certwright.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.authentication.testing.HeaderRequest;
import dev.certwright.identity.Identity;
import dev.certwright.x509.chain.TestAuthority;
import dev.certwright.x509.chain.TrustAnchors;
import dev.certwright.x509.key.PortableSignatureVerifier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rules X-24 and H-01. */
final class FrontProxyAuthenticatorTest {
  private static final RequestHeaders HEADERS =
      new RequestHeaders(
          List.of("X-Remote-User"),
          List.of("X-Remote-Uid"),
          List.of("X-Remote-Group"),
          List.of("X-Remote-Extra-"));
  private static final String[] JANE = {
    "x-remote-user", "jane", "X-Remote-Group", "devs", "X-Remote-Group", "",
    "X-REMOTE-GROUP", "a,b", "X-Remote-Uid", "7", "X-Remote-Extra-A%2fB", "v"
  };

  private final TestAuthority proxies = TestAuthority.of("proxies", 1);
  private final TestAuthority clients = TestAuthority.of("clients", 2);

  private Authentication ask(List<String> allowed, HeaderRequest request) {
    TrustAnchors anchors = TrustAnchors.ofPem(proxies.pem());
    return new FrontProxyAuthenticator(
            () -> anchors,
            allowed,
            HEADERS,
            new PortableSignatureVerifier(),
            () -> Instant.parse("2026-01-01T00:00:00Z"))
        .authenticate(request);
  }

  private static byte[] certificate(TestAuthority authority, String name) {
    return authority.client(name, "250101000000Z", "260601000000Z");
  }

  @Test
  void proxy_of_the_ca_says_who_asks() {
    assertThat(ask(List.of("front"), HeaderRequest.from(certificate(proxies, "front"), JANE)))
        .isEqualTo(
            new Authentication.Authenticated(
                new Identity("jane", "7", List.of("devs", "a,b"), Map.of("a/b", List.of("v")))));
  }

  @Test
  void nobody_else_does() {
    assertThat(ask(List.of(), HeaderRequest.of(JANE))).isEqualTo(new Authentication.NoOpinion());
    assertThat(ask(List.of(), HeaderRequest.from(certificate(clients, "front"), JANE)))
        .isInstanceOf(Authentication.Failed.class);
    assertThat(ask(List.of("front"), HeaderRequest.from(certificate(proxies, "other"), JANE)))
        .isEqualTo(
            new Authentication.Failed("x509: subject with cn=other is not in the allowed list"));
    assertThat(
            ask(
                List.of(),
                HeaderRequest.from(
                    proxies.client("front", "250101000000Z", "250601000000Z"), JANE)))
        .isInstanceOf(Authentication.Failed.class);
  }

  @Test
  void proxy_that_names_nobody_has_no_say() {
    assertThat(ask(List.of(), HeaderRequest.from(certificate(proxies, "front"))))
        .isEqualTo(new Authentication.NoOpinion());
  }
}
