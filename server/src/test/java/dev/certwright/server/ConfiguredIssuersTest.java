package dev.certwright.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import dev.certwright.oidc.TestProvider;
import dev.certwright.x509.key.PortableSignatureVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An AuthenticationConfiguration that changes while the server runs. */
final class ConfiguredIssuersTest {
  private static final String HEAD =
      "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\n";
  private static final Logger LOGGER = Logger.getLogger(ConfiguredIssuers.class.getName());

  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();
  private final Handler listening =
      new Handler() {
        @Override
        public void publish(LogRecord logged) {
          said.add(new SimpleFormatter().formatMessage(logged));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private Instant now = Instant.now();

  @BeforeEach
  void listen() {
    LOGGER.addHandler(listening);
  }

  @AfterEach
  void stop() {
    LOGGER.removeHandler(listening);
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("authentication.yaml"), HEAD + text);
  }

  private ConfiguredIssuers open(Path file) throws IOException {
    return ConfiguredIssuers.open(
        new IssuerSettings(file, null, false), new PortableSignatureVerifier(), () -> now);
  }

  /** Of an issuer that nobody answers for. */
  private static String unreachable() throws IOException {
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return "https://127.0.0.1:" + closed.getLocalPort();
    }
  }

  private static String issuer(String url) {
    return "jwt:\n- issuer: {url: '"
        + url
        + "', audiences: [kube]}\n  claimMappings: {username: {claim: sub, prefix: ''}}\n";
  }

  private static String tokenOf(String url) {
    String claims = "{\"iss\":\"" + url + "\",\"aud\":\"kube\",\"sub\":\"jane\"}";
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return encoder.encodeToString("{\"alg\":\"RS256\"}".getBytes(UTF_8))
        + "."
        + encoder.encodeToString(claims.getBytes(UTF_8))
        + ".eA";
  }

  @Test
  void broken_replacement_is_told_once_and_changes_nothing() throws IOException {
    ConfiguredIssuers issuers = open(write("jwt: []\n"));
    write("jwt: 1\n");
    issuers.refresh();
    issuers.refresh();
    assertThat(said)
        .singleElement()
        .asString()
        .contains("the previous one stays in force", "jwt is a", "expected a list");
    assertThat(issuers.authenticate(tokenOf("https://id.example")))
        .isEqualTo(new Authentication.NoOpinion());
  }

  @Test
  void file_that_is_gone_changes_nothing_and_one_that_comes_back_counts() throws IOException {
    Path file = write("jwt: []\n");
    ConfiguredIssuers issuers = open(file);
    Files.delete(file);
    issuers.refresh();
    assertThat(said).singleElement().asString().contains("it is gone");
    write("jwt: []\n# another one\n");
    issuers.refresh();
    assertThat(said).hasSize(2).last().asString().contains("has changed and is in force");
  }

  @Test
  void issuer_whose_keys_cannot_be_had_is_said_after_a_minute_and_waited_for() throws IOException {
    ConfiguredIssuers issuers = open(write("jwt: []\n"));
    for (int round = 0; round < 2; round++) {
      said.clear();
      String url = unreachable();
      write(issuer(url));
      issuers.refresh();
      assertThat(said).isEmpty();
      assertThat(issuers.authenticate(tokenOf(url))).isEqualTo(new Authentication.NoOpinion());
      now = now.plus(Duration.ofSeconds(61));
      issuers.refresh();
      issuers.refresh();
      assertThat(said)
          .singleElement()
          .asString()
          .contains("waits for the keys of its issuers; the previous one stays in force");
      assertThat(issuers.authenticate(tokenOf(url))).isEqualTo(new Authentication.NoOpinion());
    }
  }

  @Test
  void issuer_that_answers_after_hours_is_in_force_then() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("k").generate();
    try (TestProvider late = new TestProvider()) {
      ConfiguredIssuers issuers = open(write("jwt: []\n"));
      write(
          "jwt:\n- issuer:\n    url: "
              + late.url()
              + "\n    audiences: [kube]\n    certificateAuthority: |\n      "
              + late.certificateAuthority().replace("\n", "\n      ")
              + "\n  claimMappings: {username: {claim: sub, prefix: ''}}\n");
      issuers.refresh();
      now = now.plus(Duration.ofHours(5));
      issuers.refresh();
      String token = signed(key, late.url());
      assertThat(issuers.authenticate(token)).isEqualTo(new Authentication.NoOpinion());
      late.publish(key.toPublicJWK());
      FrontTest.await(
          () -> {
            issuers.refresh();
            return issuers.authenticate(token) instanceof Authentication.Authenticated;
          });
      assertThat(said).anyMatch(line -> line.contains("has changed and is in force"));
    }
  }

  private static String signed(ECKey key, String issuer) throws JOSEException {
    JWSObject token =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
            new Payload(
                "{\"iss\":\""
                    + issuer
                    + "\",\"aud\":\"kube\",\"sub\":\"jane\",\"exp\":4102444800}"));
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }

  @Test
  void issuer_of_the_first_file_is_waited_for_and_never_taken_for_somebody_elses()
      throws IOException {
    String url = unreachable();
    ConfiguredIssuers issuers = open(write(issuer(url)));
    assertThat(issuers.authenticate(tokenOf(url)))
        .isNotInstanceOf(Authentication.NoOpinion.class)
        .isNotInstanceOf(Authentication.Authenticated.class);
    assertThat(issuers.authenticate(tokenOf("https://other.example")))
        .isEqualTo(new Authentication.NoOpinion());
  }

  @Test
  void anonymous_conditions_are_those_of_the_first_file() throws IOException {
    String conditions = "anonymous: {enabled: true, conditions: [{path: /healthz}]}\n";
    ConfiguredIssuers issuers = open(write(conditions));
    assertThat(issuers.anonymous()).isNotNull();
    write(conditions.replace("healthz", "secrets"));
    issuers.refresh();
    assertThat(said).singleElement().asString().contains("changed from initial configuration");
  }

  @Test
  void file_that_others_may_write_is_refused() throws IOException {
    Path file = write("jwt: []\n");
    ConfiguredIssuers issuers = open(file);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThatThrownBy(() -> open(file))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("can be written by everybody");
    write("jwt: []\n# another\n");
    issuers.refresh();
    assertThat(said).singleElement().asString().contains("can be written by everybody");
  }

  @Test
  void file_and_flag_may_not_both_tell_about_anonymous_access_A_03() throws IOException {
    Path file = write("anonymous: {enabled: true}\n");
    assertThatThrownBy(
            () ->
                ConfiguredIssuers.open(
                    new IssuerSettings(file, null, true),
                    new PortableSignatureVerifier(),
                    () -> now))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("--anonymous-auth flag cannot be set");
  }
}
