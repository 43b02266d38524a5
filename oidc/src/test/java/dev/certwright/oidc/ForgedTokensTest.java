package dev.certwright.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.certwright.authentication.Authentication;
import dev.certwright.identity.Identity;
import dev.certwright.oidc.claims.TokenChecks;
import dev.certwright.oidc.configuration.ConfigurationReader;
import dev.certwright.x509.key.PortableSignatureVerifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rules J-06 and J-07, and the attacks of RFC 8725. */
final class ForgedTokensTest {
  private static TestProvider provider;
  private static IssuerTokens tokens;
  private static RSAKey rsa;
  private static ECKey ec;

  @BeforeAll
  static void start() throws JOSEException {
    rsa = new RSAKeyGenerator(2048).keyID("rsa").keyUse(KeyUse.SIGNATURE).generate();
    ec = new ECKeyGenerator(Curve.P_256).keyID("ec").generate();
    provider = new TestProvider();
    provider.publish(rsa.toPublicJWK(), ec.toPublicJWK());
    tokens = tokens(provider, "");
  }

  @AfterAll
  static void stop() {
    provider.close();
  }

  static IssuerTokens tokens(TestProvider of, String more) {
    String config =
        "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\njwt:\n- issuer:\n"
            + "    url: "
            + of.url()
            + "\n    audiences: [kube]\n    certificateAuthority: |\n      "
            + of.certificateAuthority().replace("\n", "\n      ")
            + "\n  claimMappings:\n    username: {claim: sub, prefix: 'oidc:'}\n"
            + "    groups: {claim: groups, prefix: ''}\n"
            + more;
    return IssuerTokens.of(
        ConfigurationReader.read("config", config.getBytes(StandardCharsets.UTF_8)),
        TokenChecks.ALL_ALGORITHMS,
        new PortableSignatureVerifier(),
        InstantSource.system());
  }

  private static String claims() {
    return claims("\"aud\":\"kube\",\"exp\":" + (Instant.now().getEpochSecond() + 300));
  }

  private static String claims(String more) {
    return "{\"iss\":\""
        + provider.url()
        + "\",\"sub\":\"jane\",\"groups\":[\"devs\"],"
        + more
        + "}";
  }

  private static String signed(JWSHeader header, String claims, JWSSigner by) throws JOSEException {
    JWSObject token = new JWSObject(header, new Payload(claims));
    token.sign(by);
    return token.serialize();
  }

  private static String signed(String claims) throws JOSEException {
    return signed(header(), claims, new RSASSASigner(rsa));
  }

  private static JWSHeader header() {
    return new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa").build();
  }

  private static String part(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Asks as a server does: again, when what was waited for is over. */
  static Authentication ask(IssuerTokens of, String token) {
    Authentication answer = of.authenticate(token);
    for (int i = 0; i < 5 && answer instanceof Authentication.Later later; i++) {
      later
          .ready()
          .toCompletableFuture()
          .orTimeout(20, TimeUnit.SECONDS)
          .handle((a, b) -> a)
          .join();
      answer = of.authenticate(token);
    }
    return answer;
  }

  private static void refused(String token, String because) {
    assertThat(ask(tokens, token))
        .isInstanceOfSatisfying(
            Authentication.Failed.class,
            failed -> {
              assertThat(failed.reason()).contains(because);
              for (String part : token.split("\\.", -1)) {
                assertThat(part.length() < 20 || !failed.reason().contains(part)).isTrue();
              }
            });
  }

  @Test
  void signed_by_a_published_key_is_let_in() throws JOSEException {
    assertThat(ask(tokens, signed(claims())))
        .isEqualTo(new Authentication.Authenticated(Identity.of("oidc:jane", List.of("devs"))));
    assertThat(
            ask(
                tokens,
                signed(
                    new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("ec").build(),
                    claims(),
                    new ECDSASigner(ec))))
        .isInstanceOf(Authentication.Authenticated.class);
    assertThat(
            ask(tokens, signed(new JWSHeader(JWSAlgorithm.PS384), claims(), new RSASSASigner(rsa))))
        .isInstanceOf(Authentication.Authenticated.class);
  }

  @Test
  void a_token_id_becomes_the_credential_id() throws JOSEException {
    Authentication answer =
        ask(
            tokens,
            signed(
                claims(
                    "\"jti\":\"7\",\"aud\":[\"kube\",\"x\"],\"exp\":"
                        + (Instant.now().getEpochSecond() + 300))));
    assertThat(((Authentication.Authenticated) answer).identity().extra())
        .isEqualTo(Map.of("authentication.kubernetes.io/credential-id", List.of("JTI=7")));
  }

  @Test
  void none_is_no_algorithm() {
    for (String none : List.of("none", "None", "NONE", "nOnE", "")) {
      refused(
          part("{\"alg\":\"" + none + "\"}") + "." + part(claims()) + ".", "unsupported algorithm");
    }
  }

  @Test
  void a_public_key_is_no_shared_secret() throws JOSEException {
    refused(
        signed(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID("rsa").build(),
            claims(),
            new MACSigner(rsa.toRSAPublicKey().getEncoded())),
        "unsupported algorithm");
  }

  @Test
  void a_key_or_its_address_in_the_header_is_not_looked_at() throws JOSEException {
    RSAKey own = new RSAKeyGenerator(2048).keyID("rsa").generate();
    refused(
        signed(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("rsa").jwk(own.toPublicJWK()).build(),
            claims(),
            new RSASSASigner(own)),
        "failed to verify");
    refused(
        signed(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("rsa")
                .jwkURL(URI.create(provider.url() + "/own"))
                .x509CertURL(URI.create(provider.url() + "/own"))
                .build(),
            claims(),
            new RSASSASigner(own)),
        "failed to verify");
  }

  @Test
  void a_changed_part_breaks_the_signature() throws JOSEException {
    String[] parts = signed(claims()).split("\\.", -1);
    String more = part(claims().replace("devs", "system:masters"));
    refused(parts[0] + "." + more + "." + parts[2], "failed to verify");
    refused(
        part("{\"alg\":\"RS512\",\"kid\":\"rsa\"}") + "." + parts[1] + "." + parts[2], "verify");
    refused(parts[0] + "." + parts[1] + ".", "failed to verify");
    refused(
        part("{\"alg\":\"ES256\",\"kid\":\"ec\"}") + "." + parts[1] + "." + part("\0".repeat(64)),
        "failed to verify");
  }

  @Test
  void a_key_of_another_kind_is_not_tried() throws JOSEException {
    refused(
        signed(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("ec").build(),
            claims(),
            new RSASSASigner(rsa)),
        "failed to verify");
  }

  @Test
  void critical_headers_are_not_understood() throws JOSEException {
    String header = part("{\"alg\":\"RS256\",\"kid\":\"rsa\",\"crit\":[\"exp\"],\"exp\":1}");
    refused(header + "." + part(claims()) + "." + part("x"), "critical");
  }

  @Test
  void for_others_expired_or_too_early_is_refused() throws JOSEException {
    long now = Instant.now().getEpochSecond();
    refused(signed(claims("\"aud\":\"other\",\"exp\":" + (now + 300))), "expected audience");
    refused(signed(claims("\"exp\":" + (now + 300))), "expected audience");
    refused(signed(claims("\"aud\":\"kube\",\"exp\":" + (now - 1))), "expired");
    refused(signed(claims("\"aud\":\"kube\"")), "expired");
    refused(
        signed(claims("\"aud\":\"kube\",\"nbf\":" + (now + 100) + ",\"exp\":" + (now + 300))),
        "not before");
    assertThat(
            ask(
                tokens,
                signed(
                    claims("\"aud\":\"kube\",\"nbf\":" + (now + 50) + ",\"exp\":" + (now + 300)))))
        .isInstanceOf(Authentication.Authenticated.class);
  }

  @Test
  void another_issuer_is_somebody_elses() throws JOSEException {
    String other = claims().replace(provider.url(), "https://other.example");
    assertThat(ask(tokens, signed(other))).isEqualTo(new Authentication.NoOpinion());
    assertThat(ask(tokens, "not.a.token")).isEqualTo(new Authentication.NoOpinion());
    assertThat(ask(tokens, "{\"payload\":\"\"}")).isEqualTo(new Authentication.NoOpinion());
    assertThat(ask(tokens, "a.b.c.d.e")).isEqualTo(new Authentication.NoOpinion());
  }

  @Test
  void types_do_not_matter_as_upstream() throws JOSEException {
    assertThat(
            ask(
                tokens,
                signed(
                    new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID("rsa")
                        .type(new JOSEObjectType("at+jwt"))
                        .build(),
                    claims(),
                    new RSASSASigner(rsa))))
        .isInstanceOf(Authentication.Authenticated.class);
  }

  @Test
  void a_key_that_comes_later_is_fetched_and_one_that_goes_is_forgotten() throws Exception {
    try (TestProvider own = new TestProvider()) {
      own.publish(rsa.toPublicJWK());
      IssuerTokens of = tokens(own, "");
      String old = signed(claims().replace(provider.url(), own.url()));
      assertThat(ask(of, old)).isInstanceOf(Authentication.Authenticated.class);
      RSAKey next = new RSAKeyGenerator(2048).keyID("next").generate();
      own.publish(next.toPublicJWK());
      String fresh =
          signed(
              new JWSHeader.Builder(JWSAlgorithm.RS256).keyID("next").build(),
              claims().replace(provider.url(), own.url()),
              new RSASSASigner(next));
      int before = own.keyRequests();
      Authentication answer = ask(of, fresh);
      while (!(answer instanceof Authentication.Authenticated)) {
        Thread.onSpinWait();
        answer = ask(of, fresh);
      }
      assertThat(own.keyRequests()).isBetween(before + 1, before + 2);
      assertThat(ask(of, old)).isInstanceOf(Authentication.Failed.class);
    }
  }

  @Test
  void a_provider_of_another_ca_is_not_believed() throws JOSEException {
    try (TestProvider own = new TestProvider()) {
      own.publish(rsa.toPublicJWK());
      String config = provider.certificateAuthority();
      IssuerTokens of =
          IssuerTokens.of(
              ConfigurationReader.read(
                  "config",
                  ("apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\n"
                          + "jwt:\n- issuer:\n    url: "
                          + own.url()
                          + "\n    audiences: [kube]\n    certificateAuthority: |\n      "
                          + config.replace("\n", "\n      ")
                          + "\n  claimMappings: {username: {claim: sub, prefix: ''}}\n")
                      .getBytes(StandardCharsets.UTF_8)),
              TokenChecks.ALL_ALGORITHMS,
              new PortableSignatureVerifier(),
              InstantSource.system());
      assertThat(ask(of, signed(claims().replace(provider.url(), own.url()))))
          .isInstanceOfSatisfying(
              Authentication.Failed.class,
              failed -> assertThat(failed.reason()).contains("not initialized"));
      assertThat(own.keyRequests()).isZero();
    }
  }

  @Test
  void groups_elsewhere_are_fetched_and_checked() throws JOSEException {
    long later = Instant.now().getEpochSecond() + 300;
    String elsewhere =
        signed(
            "{\"iss\":\""
                + provider.url()
                + "\",\"aud\":\"kube\",\"groups\":[\"far\"],\"exp\":"
                + later
                + "}");
    provider.answer("/groups", elsewhere);
    String claims =
        "{\"iss\":\""
            + provider.url()
            + "\",\"aud\":\"kube\",\"sub\":\"jane\",\"exp\":"
            + later
            + ",\"_claim_names\":{\"groups\":\"a\"},\"_claim_sources\":{\"a\":{\"endpoint\":\""
            + provider.url()
            + "/PATH\",\"access_token\":\"secret\"}}}";
    assertThat(ask(tokens, signed(claims.replace("PATH", "groups"))))
        .isEqualTo(new Authentication.Authenticated(Identity.of("oidc:jane", List.of("far"))));
    refused(signed(claims.replace("PATH", "nothing")), "distributed");
    refused(
        signed(
            claims
                .replace("PATH", "")
                .replace("https:", "http:")
                .replace("\"iss\":\"http:", "\"iss\":\"https:")),
        "distributed");
  }
}
