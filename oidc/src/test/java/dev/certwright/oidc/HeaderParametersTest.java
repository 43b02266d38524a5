package dev.certwright.oidc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import dev.certwright.authentication.Authentication;
import dev.certwright.x509.pem.PemReader;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Headers and times of tokens whose signatures are good, as kube-apiserver's library (go-jose)
 * takes and refuses them.
 */
final class HeaderParametersTest {
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static TestProvider provider;
  private static IssuerTokens tokens;
  private static RSAKey rsa;

  @BeforeAll
  static void start() throws Exception {
    rsa = new RSAKeyGenerator(2048).keyID("rsa").generate();
    provider = new TestProvider();
    provider.publish(rsa.toPublicJWK());
    tokens = ForgedTokensTest.tokens(provider, "");
  }

  @AfterAll
  static void stop() {
    provider.close();
  }

  private static String token(String header, String times) throws Exception {
    String claims =
        "{\"iss\":\"" + provider.url() + "\",\"aud\":\"kube\",\"sub\":\"jane\"," + times + "}";
    String text =
        BASE64.encodeToString(header.getBytes(UTF_8))
            + "."
            + BASE64.encodeToString(claims.getBytes(UTF_8));
    return text + "." + BASE64.encodeToString(signature(text));
  }

  private static byte[] signature(String text) throws Exception {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(rsa.toPrivateKey());
      signature.update(text.getBytes(UTF_8));
      return signature.sign();
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static Authentication ask(String more) throws Exception {
    String header = "{\"alg\":\"RS256\",\"kid\":\"rsa\"" + more + "}";
    return ForgedTokensTest.ask(
        tokens, token(header, "\"exp\":" + (Instant.now().getEpochSecond() + 300)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",\"alg\":\"RS256\"",
        ",\"alg\":\"none\"",
        ",\"kid\":\"rsa\"",
        ",\"x\":1,\"x\":2",
        ",\"x\":{\"y\":1,\"y\":2}",
        ",\"jwk\":{}",
        ",\"jwk\":\"key\"",
        ",\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}",
        ",\"jwk\":{\"kty\":\"RSA\",\"n\":\"!\",\"e\":\"AQAB\"}",
        ",\"x5c\":\"a\"",
        ",\"x5c\":[\"!!\"]",
        ",\"x5c\":[\"AAAA\"]",
        ",\"x5c\":[1]",
        ",\"b64\":false",
        ",\"nonce\":1"
      })
  void header_that_upstream_does_not_take_is_refused(String more) throws Exception {
    assertThat(ask(more))
        .isInstanceOfSatisfying(
            Authentication.Failed.class,
            failed -> assertThat(failed.reason()).contains("malformed jwt"));
  }

  /** Upstream takes it; RFC 7515 4.1.11 does not. */
  @Test
  void empty_list_of_critical_parameters_is_refused() throws Exception {
    assertThat(ask(",\"crit\":[]")).isInstanceOf(Authentication.Failed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ",\"ALG\":\"none\"",
        ",\"jwk\":null",
        ",\"x5c\":null",
        ",\"x5c\":[]",
        ",\"jku\":1",
        ",\"x5u\":{}",
        ",\"crit\":null",
        ",\"b64\":true"
      })
  void header_that_upstream_takes_is_taken(String more) throws Exception {
    assertThat(ask(more)).isInstanceOf(Authentication.Authenticated.class);
  }

  @Test
  void key_and_certificate_in_the_header_may_be_there_and_are_not_used() throws Exception {
    byte[] certificate =
        PemReader.read(provider.certificateAuthority().getBytes(UTF_8)).get(0).bytes();
    assertThat(
            ask(
                ",\"jwk\":"
                    + new RSAKeyGenerator(2048).generate().toPublicJWK().toJSONString()
                    + ",\"x5c\":[\""
                    + Base64.getEncoder().encodeToString(certificate)
                    + "\"]"))
        .isInstanceOf(Authentication.Authenticated.class);
    assertThat(ask(",\"jwk\":" + rsa.toJSONString())).isInstanceOf(Authentication.Failed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"exp\":9223371974719179008",
        "\"exp\":9223372036854775807",
        "\"exp\":9.3e18",
        "\"exp\":1e300",
        "\"exp\":0",
        "\"exp\":4102444800,\"nbf\":9223371974719179007"
      })
  void time_that_is_long_ago_for_upstream_is_long_ago(String times) throws Exception {
    assertThat(ForgedTokensTest.ask(tokens, token("{\"alg\":\"RS256\"}", times)))
        .isInstanceOf(Authentication.Failed.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"exp\":9223371974719179007",
        "\"exp\":9.2e18",
        "\"exp\":4102444800,\"nbf\":9223372036854775807",
        "\"exp\":\"4102444800\"",
        "\"exp\":4102444800.9"
      })
  void time_far_away_is_taken_as_upstream_takes_it(String times) throws Exception {
    assertThat(ForgedTokensTest.ask(tokens, token("{\"alg\":\"RS256\"}", times)))
        .isInstanceOf(Authentication.Authenticated.class);
  }
}
