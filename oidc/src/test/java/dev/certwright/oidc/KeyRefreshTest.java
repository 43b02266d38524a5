package dev.certwright.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.certwright.authentication.Authentication;
import dev.certwright.oidc.claims.TokenChecks;
import dev.certwright.oidc.configuration.ConfigurationReader;
import dev.certwright.oidc.provider.ProviderAccess;
import dev.certwright.x509.key.PortableSignatureVerifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys are fetched beside the requests, never in front of those that do not need them. */
final class KeyRefreshTest {
  private final AtomicLong nanoTime = new AtomicLong();
  private final TestProvider provider = new TestProvider();
  private final ECKey known = key("known");
  private final ECKey next = key("next");
  private final IssuerTokens tokens = tokens();

  private static ECKey key(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate();
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private IssuerTokens tokens() {
    provider.publish(known.toPublicJWK());
    String config =
        "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\njwt:\n- issuer:\n"
            + "    url: "
            + provider.url()
            + "\n    audiences: [kube]\n    certificateAuthority: |\n      "
            + provider.certificateAuthority().replace("\n", "\n      ")
            + "\n  claimMappings: {username: {claim: sub, prefix: ''}}\n";
    return IssuerTokens.of(
        ConfigurationReader.read("config", config.getBytes(StandardCharsets.UTF_8)),
        TokenChecks.ALL_ALGORITHMS,
        InstantSource.system(),
        jwt -> ProviderAccess.to(jwt.issuer(), new PortableSignatureVerifier(), nanoTime::get));
  }

  private String token(ECKey by, String subject) {
    JWSObject token =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(by.getKeyID()).build(),
            new Payload(
                "{\"iss\":\""
                    + provider.url()
                    + "\",\"aud\":\"kube\",\"sub\":\""
                    + subject
                    + "\",\"exp\":"
                    + (Instant.now().getEpochSecond() + 300)
                    + "}"));
    try {
      token.sign(new ECDSASigner(by));
    } catch (JOSEException impossible) {
      throw new AssertionError(impossible);
    }
    return token.serialize();
  }

  private static void await(Authentication.Later later) {
    later.ready().toCompletableFuture().orTimeout(20, TimeUnit.SECONDS).join();
  }

  private void assertKnown(String subject) {
    assertThat(tokens.authenticate(token(known, subject)))
        .isInstanceOf(Authentication.Authenticated.class);
  }

  @BeforeEach
  void fetchOnce() {
    Authentication first = tokens.authenticate(token(known, "first"));
    if (first instanceof Authentication.Later later) {
      await(later);
    }
    assertKnown("first");
    assertThat(provider.keyRequests()).isEqualTo(1);
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  private void advance(Duration by) {
    nanoTime.addAndGet(by.toNanos());
  }

  @Test
  void stale_keys_are_fetched_while_known_tokens_are_answered_at_once() {
    advance(Duration.ofMinutes(6));
    CountDownLatch answer = provider.hold();
    for (int i = 0; i < 100; i++) {
      assertKnown("user-" + i);
    }
    provider.publish(next.toPublicJWK());
    answer.countDown();
    Authentication later = tokens.authenticate(token(next, "jane"));
    if (later instanceof Authentication.Later fetching) {
      await(fetching);
    }
    assertThat(tokens.authenticate(token(next, "jane")))
        .isInstanceOf(Authentication.Authenticated.class);
    assertThat(provider.keyRequests()).isEqualTo(2);
  }

  @Test
  void token_of_an_unknown_key_waits_and_others_do_not() {
    advance(Duration.ofSeconds(3));
    CountDownLatch answer = provider.hold();
    Authentication.Later waiting = (Authentication.Later) tokens.authenticate(token(next, "jane"));
    for (int i = 0; i < 100; i++) {
      assertKnown("user-" + i);
    }
    assertThat(waiting.ready().toCompletableFuture()).isNotDone();
    provider.publish(known.toPublicJWK(), next.toPublicJWK());
    answer.countDown();
    await(waiting);
    assertThat(tokens.authenticate(token(next, "jane")))
        .isInstanceOf(Authentication.Authenticated.class);
  }

  @Test
  void a_hundred_tokens_of_unknown_keys_fetch_once() {
    advance(Duration.ofSeconds(3));
    for (int i = 0; i < 100; i++) {
      Authentication answer = tokens.authenticate(token(next, "user-" + i));
      if (answer instanceof Authentication.Later later) {
        await(later);
        answer = tokens.authenticate(token(next, "user-" + i));
      }
      assertThat(answer).isInstanceOf(Authentication.Failed.class);
    }
    assertThat(provider.keyRequests()).isEqualTo(2);
  }

  @Test
  void keys_stay_in_force_when_they_cannot_be_fetched_again() {
    advance(Duration.ofSeconds(3));
    provider.answer("/keys", "nothing");
    Authentication.Later waiting = (Authentication.Later) tokens.authenticate(token(next, "jane"));
    await(waiting);
    assertThat(tokens.authenticate(token(next, "jane")))
        .isInstanceOfSatisfying(
            Authentication.Failed.class,
            failed -> assertThat(failed.reason()).contains("failed to decode keys"));
    assertKnown("joe");
  }
}
