package dev.certwright.server;

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
import dev.certwright.oidc.TestProvider;
import dev.certwright.server.testing.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TokenReviews, asked by people and by a kube-apiserver (rules TR-01 to TR-05). */
final class TokenReviewTest {
  private static final String PATH = "/apis/authentication.k8s.io/v1/tokenreviews";
  private static final String JANE =
      "\"authenticated\":true,\"user\":{\"username\":\"jane\",\"uid\":\"7\",\"groups\":[\"devs\","
          + "\"ops\",\"system:authenticated\"]}";

  @TempDir Path folder;

  private TestServer start(String... audiences) throws IOException {
    Path tokens = folder.resolve("tokens.csv");
    Files.writeString(tokens, "s3cret-of-jane,jane,7,\"devs,ops\"\n");
    Files.setPosixFilePermissions(
        tokens, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    Path passwords = folder.resolve("passwords.csv");
    Files.writeString(passwords, "joes-pass:word,joe,9\n");
    Files.setPosixFilePermissions(
        passwords, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
    return TestServer.start(
        folder,
        "",
        builder ->
            builder
                .roles(EnumSet.of(ServerRole.REVIEW, ServerRole.AUTHENTICATION_WEBHOOK))
                .apiAudiences(List.of(audiences))
                .authentication(new AuthenticationSettings(tokens, passwords, true, null, null))
                .webhookNames(List.of("kube-apiserver")));
  }

  private static String review(String version, String token, String audiences) {
    return "{\"apiVersion\":\"authentication.k8s.io/"
        + version
        + "\",\"kind\":\"TokenReview\",\"spec\":{\"token\":\""
        + token
        + "\""
        + (audiences.isEmpty() ? "" : ",\"audiences\":[" + audiences + "]")
        + "}}";
  }

  @Test
  void a_known_token_is_somebody_and_an_unknown_one_is_an_answer_too_TR03() throws IOException {
    try (TestServer server = start()) {
      TestServer.Client root = server.user("root", "system:masters");
      HttpResponse<String> known = root.post(PATH, review("v1", "s3cret-of-jane", ""));
      assertThat(known.statusCode()).isEqualTo(201);
      assertThat(known.body()).contains("\"status\":{" + JANE + "}}");
      HttpResponse<String> unknown = root.post(PATH, review("v1", "another", ""));
      assertThat(unknown.statusCode()).isEqualTo(201);
      assertThat(unknown.body())
          .contains("\"status\":{\"user\":{},\"error\":\"invalid bearer token\"}}");
    }
  }

  @Test
  void token_of_a_provider_whose_keys_are_not_there_yet_is_waited_for_TR02() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("k").generate();
    try (TestProvider provider = new TestProvider()) {
      provider.publish(key.toPublicJWK());
      try (TestServer server = start(provider)) {
        TestServer.Client root = server.user("root", "system:masters");
        String good = signed(key, provider.url());
        assertThat(root.post(PATH, review("v1", good, "")).body())
            .contains("\"authenticated\":true,\"user\":{\"username\":\"jane\"");
        String forged = signed(new ECKeyGenerator(Curve.P_256).generate(), provider.url());
        assertThat(root.post(PATH, review("v1", forged, "")).body())
            .contains("\"status\":{\"user\":{},\"error\":\"oidc: verify token: ");
      }
    }
  }

  private TestServer start(TestProvider provider) throws IOException {
    Path configuration =
        Files.writeString(
            folder.resolve("authentication.yaml"),
            "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\njwt:\n"
                + "- issuer:\n    url: "
                + provider.url()
                + "\n    audiences: [kube]\n    certificateAuthority: |\n      "
                + provider.certificateAuthority().replace("\n", "\n      ")
                + "\n  claimMappings: {username: {claim: sub, prefix: ''}}\n");
    return TestServer.start(
        folder,
        "",
        builder ->
            builder
                .roles(EnumSet.of(ServerRole.REVIEW))
                .authentication(
                    new AuthenticationSettings(
                        null, null, true, null, new IssuerSettings(configuration, null, false))));
  }

  private static String signed(ECKey key, String issuer) throws JOSEException {
    JWSObject token =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k").build(),
            new Payload(
                "{\"iss\":\""
                    + issuer
                    + "\",\"aud\":\"kube\",\"sub\":\"jane\",\"exp\":4102444800}"));
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }

  @Test
  void without_a_token_there_is_nothing_to_review_TR01() throws IOException {
    try (TestServer server = start()) {
      TestServer.Client root = server.user("root", "system:masters");
      assertThat(root.post(PATH, review("v1", "", "")).statusCode()).isEqualTo(400);
      assertThat(root.post(PATH, review("v1", "", "")).body())
          .contains("token is required for TokenReview in authentication");
      assertThat(root.get(PATH).statusCode()).isEqualTo(405);
      assertThat(server.user("jane").post(PATH, review("v1", "x", "")).statusCode()).isEqualTo(403);
    }
  }

  @Test
  void audiences_must_overlap_where_the_server_has_some_TR04() throws IOException {
    try (TestServer server = start("api", "other")) {
      TestServer.Client root = server.user("root", "system:masters");
      assertThat(root.post(PATH, review("v1", "s3cret-of-jane", "")).body())
          .contains(JANE + ",\"audiences\":[\"api\",\"other\"]}}");
      assertThat(root.post(PATH, review("v1", "s3cret-of-jane", "\"x\",\"other\"")).body())
          .contains(JANE + ",\"audiences\":[\"other\"]}}");
      assertThat(root.post(PATH, review("v1", "s3cret-of-jane", "\"x\"")).body())
          .contains("\"status\":{\"user\":{},\"error\":\"invalid bearer token\"}}");
    }
  }

  @Test
  void the_webhook_answers_both_versions_in_kind_and_never_repeats_the_token() throws IOException {
    try (TestServer server = start()) {
      TestServer.Client apiServer = server.user("kube-apiserver");
      for (String version : List.of("v1", "v1beta1")) {
        assertThat(
                apiServer
                    .post("/authenticate?timeout=30s", review(version, "s3cret-of-jane", "\"api\""))
                    .body())
            .isEqualTo(
                "{\"kind\":\"TokenReview\",\"apiVersion\":\"authentication.k8s.io/"
                    + version
                    + "\",\"status\":{"
                    + JANE
                    + "}}\n");
      }
      assertThat(apiServer.post("/authenticate", review("v1", "another", "")).statusCode())
          .isEqualTo(200);
      for (String body : List.of("", "[]", "{}", review("v2", "x", ""), review("v1", "", ""))) {
        assertThat(apiServer.post("/authenticate", body).statusCode()).as(body).isEqualTo(400);
      }
    }
  }

  @Test
  void nobody_else_may_ask_the_webhook() throws IOException {
    try (TestServer server = start()) {
      String body = review("v1", "s3cret-of-jane", "");
      assertThat(server.user("jane").post("/authenticate", body).statusCode()).isEqualTo(403);
      assertThat(server.client(null).post("/authenticate", body).statusCode()).isEqualTo(403);
      assertThat(server.user("kube-apiserver").get("/authenticate").statusCode()).isEqualTo(403);
    }
  }

  private static String basic(String nameAndPassword) {
    return java.util.Base64.getEncoder()
        .encodeToString(nameAndPassword.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  @Test
  void a_password_is_a_token_of_the_webhook_in_the_form_of_a_basic_header() throws IOException {
    try (TestServer server = start()) {
      TestServer.Client apiServer = server.user("kube-apiserver");
      assertThat(
              apiServer.post("/authenticate", review("v1", basic("joe:joes-pass:word"), "")).body())
          .contains("\"authenticated\":true", "\"username\":\"joe\"", "\"uid\":\"9\"")
          .doesNotContain("pass:word");
      for (String token :
          List.of(
              "joes-pass:word",
              "joe:joes-pass:word",
              basic("joe:joes-pass"),
              basic("joe"),
              basic("jane:s3cret-of-jane"),
              basic("s3cret-of-jane"))) {
        assertThat(apiServer.post("/authenticate", review("v1", token, "")).body())
            .as(token)
            .contains("\"status\":{\"user\":{},\"error\":\"invalid bearer token\"}");
      }
      assertThat(
              server
                  .user("root", "system:masters")
                  .post(PATH, review("v1", basic("joe:joes-pass:word"), ""))
                  .body())
          .as("the review API knows tokens alone, as kube-apiserver's")
          .contains("\"user\":{},\"error\":\"invalid bearer token\"");
    }
  }
}
