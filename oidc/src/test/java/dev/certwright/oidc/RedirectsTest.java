package dev.certwright.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.certwright.authentication.Authentication;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A provider that sends elsewhere, and the secret that is meant for it alone. */
final class RedirectsTest {
  private final TestProvider provider = new TestProvider();
  private ECKey key;
  private IssuerTokens tokens;

  @BeforeEach
  void start() throws Exception {
    key = new ECKeyGenerator(Curve.P_256).keyID("k").generate();
    provider.publish(key.toPublicJWK());
    tokens = ForgedTokensTest.tokens(provider, "");
    provider.answer("/there", signed("\"groups\":[\"far\"]"));
  }

  @AfterEach
  void stop() {
    provider.close();
  }

  private String signed(String more) throws Exception {
    JWSObject token =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k").build(),
            new Payload(
                "{\"iss\":\""
                    + provider.url()
                    + "\",\"aud\":\"kube\",\"sub\":\"jane\",\"exp\":"
                    + (Instant.now().getEpochSecond() + 300)
                    + ","
                    + more
                    + "}"));
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }

  private Authentication groupsAt(String path) throws Exception {
    return ForgedTokensTest.ask(
        tokens,
        signed(
            "\"_claim_names\":{\"groups\":\"a\"},\"_claim_sources\":{\"a\":{\"endpoint\":\""
                + provider.url()
                + path
                + "\",\"access_token\":\"secret\"}}"));
  }

  @Test
  void same_host_is_told_the_secret_again() throws Exception {
    provider.redirect("/here", "/there");
    assertThat(groupsAt("/here")).isInstanceOf(Authentication.Authenticated.class);
    assertThat(provider.authorization(provider.url() + "/there"))
        .isEqualTo(List.of("Bearer secret"));
  }

  @Test
  void another_host_is_not_told_the_secret_nor_is_the_first_one_after_it() throws Exception {
    provider.redirect("/here", provider.urlByAddress() + "/between");
    provider.redirect("/between", provider.url() + "/there");
    assertThat(groupsAt("/here")).isInstanceOf(Authentication.Authenticated.class);
    assertThat(provider.authorization(provider.url() + "/here"))
        .isEqualTo(List.of("Bearer secret"));
    assertThat(provider.authorization(provider.urlByAddress() + "/between")).isEmpty();
    assertThat(provider.authorization(provider.url() + "/there")).isEmpty();
  }

  @Test
  void plain_http_is_not_followed() throws Exception {
    provider.redirect("/here", provider.url().replace("https:", "http:") + "/there");
    assertThat(groupsAt("/here")).isInstanceOf(Authentication.Failed.class);
    assertThat(provider.authorization(provider.url() + "/there")).isNull();
  }

  @Test
  void circle_is_left_after_ten_rounds() throws Exception {
    provider.redirect("/here", "/here");
    assertThat(groupsAt("/here"))
        .isInstanceOfSatisfying(
            Authentication.Failed.class,
            failed -> assertThat(failed.reason()).contains("stopped after 10 redirects"));
  }
}
