package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.controlplane.Keycloak;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import dev.certwright.yaml.YamlMapping;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real identity provider, a real kube-apiserver and {@code certwright serve}: same answers. */
@Tag("endurance")
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdentityProviderIT {
  private static final int HOSTILE = 400;

  private final Path folder = Places.newFolder("identity-provider");
  private final ApiServer real;
  private final Keycloak keycloak;
  private final ServingProcess ours;
  private final HttpClient http;

  IdentityProviderIT(ControlPlane controlPlane) throws IOException, GeneralSecurityException {
    Certwright.in(folder).run("ca", "init").expectSuccess();
    ApiServer.Builder builder =
        controlPlane.newApiServer().withOwnObjects().withAuthorityIn(folder.resolve("pki"));
    // Only for the certificate that the provider shows.
    try (ApiServer first = builder.start()) {
      keycloak = Keycloak.start(folder, first.pki());
    }
    Path authority = folder.resolve("pki/ca.crt");
    String config =
        "apiVersion: apiserver.config.k8s.io/v1beta1\nkind: AuthenticationConfiguration\njwt:\n"
            + "- issuer:\n    url: "
            + keycloak.issuer()
            + "\n    audiences: [kube]\n    certificateAuthority: |\n      "
            + Files.readString(authority).replace("\n", "\n      ")
            + "\n  claimMappings:\n"
            + "    username: {expression: '\"kc:\" + claims.preferred_username'}\n"
            + "    groups: {claim: groups, prefix: 'kc:'}\n"
            + "    uid: {claim: sub}\n"
            + "    extra: [{key: example.com/mail, valueExpression: claims.email}]\n"
            + "  claimValidationRules: [{expression: 'claims.email_verified == true'}]\n"
            + "  userValidationRules:\n"
            + "  - {expression: '!user.username.startsWith(\"system:\")', message: reserved}\n";
    Path file = Files.writeString(folder.resolve("authentication.yaml"), config);
    real =
        controlPlane
            .newApiServer()
            .withOwnObjects()
            .withAuthorityIn(folder.resolve("pki"))
            .flag("--authentication-config", file)
            .start();
    ours = ServingProcess.start(folder, 0, "--authentication-config", file.toString());
    http = client(authority);
  }

  private static HttpClient client(Path authority) throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream in = Files.newInputStream(authority)) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(context).build();
  }

  @AfterAll
  void stop() {
    ours.close();
    real.close();
    keycloak.close();
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException failed) {
      throw new AssertionError(failed);
    }
  }

  private YamlMapping grant(String realm, String client, String user, String password) {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(
                    URI.create(
                        keycloak.url() + "/realms/" + realm + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "grant_type=password&scope=openid&client_id="
                            + client
                            + "&username="
                            + user
                            + "&password="
                            + password)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Json.parse(answer.body());
  }

  private String token() {
    return Json.text(grant("cluster", "kube", "jane", "jane-password"), "id_token");
  }

  private int status(String url, String token) {
    return send(HttpRequest.newBuilder(URI.create(url + "/version"))
            .header("Authorization", "Bearer " + token))
        .statusCode();
  }

  /** kube-apiserver looks for keys when it likes. */
  private void awaitAccepted(String url, String token) {
    for (int i = 0; i < 3000 && status(url, token) != 200; i++) {
      java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
    }
    assertThat(status(url, token)).as(url).isEqualTo(200);
  }

  private WhoAmI whoAmI(String url, String token) {
    Program kubectl =
        real.kubectlProgram()
            .withArguments(
                "--server",
                url,
                "--certificate-authority",
                folder.resolve("pki/ca.crt").toString(),
                "--token",
                token);
    return WhoAmI.of(kubectl);
  }

  @Test
  void kubectl_is_the_same_user_with_both() {
    String token = token();
    awaitAccepted(real.url(), token);
    WhoAmI expected = whoAmI(real.url(), token);
    assertThat(expected.user()).isEqualTo("kc:jane");
    assertThat(whoAmI(ours.url(), token)).isEqualTo(expected);
  }

  @Test
  void hostile_tokens_are_answered_alike() {
    String good = token();
    awaitAccepted(real.url(), good);
    assertThat(status(ours.url(), good)).isEqualTo(200);
    Random random = new Random(8);
    List<String> differing = new ArrayList<>();
    int accepted = 0;
    for (int i = 0; i < HOSTILE; i++) {
      String hostile = hostile(good, random);
      int expected = status(real.url(), hostile);
      int actual = status(ours.url(), hostile);
      accepted += actual == 200 ? 1 : 0;
      if (expected != actual) {
        differing.add(i + ": real " + expected + ", ours " + actual);
      }
    }
    assertThat(differing).isEmpty();
    System.out.println(HOSTILE + " hostile tokens, " + accepted + " of them good all the same");
  }

  private static String hostile(String good, Random random) {
    String[] parts = good.split("\\.", -1);
    int which = random.nextInt(3);
    switch (random.nextInt(8)) {
      case 0 -> parts[which] = changed(parts[which], random);
      case 1 -> parts[which] = "";
      case 2 -> parts[which] = parts[which].substring(0, random.nextInt(parts[which].length()));
      case 3 -> parts[0] = encoded(header(random, parts[0]));
      case 4 -> parts[1] = encoded(decoded(parts[1]).replace("jane", "joe"));
      case 5 -> parts[which] = parts[which] + "=".repeat(1 + random.nextInt(2));
      case 6 -> {
        return good + "." + parts[which];
      }
      default -> {
        return random.nextBoolean() ? good : parts[which];
      }
    }
    return String.join(".", parts);
  }

  private static String header(Random random, String header) {
    List<String> algorithms = List.of("none", "HS256", "RS512", "PS256", "ES256", "", "rs256");
    String text = decoded(header);
    return random.nextBoolean()
        ? text.replace("RS256", algorithms.get(random.nextInt(algorithms.size())))
        : text.replace("\"kid\"", random.nextBoolean() ? "\"key\"" : "\"crit\":[\"exp\"],\"kid\"");
  }

  private static String changed(String part, Random random) {
    int at = random.nextInt(part.length());
    char c = "ABCxyz019-_".charAt(random.nextInt(11));
    return part.substring(0, at) + c + part.substring(at + 1);
  }

  private static String decoded(String part) {
    return new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8);
  }

  private static String encoded(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void keys_may_change_while_servers_run() {
    String before = token();
    awaitAccepted(real.url(), before);
    awaitAccepted(ours.url(), before);
    String administrator =
        Json.text(
            grant("master", "admin-cli", Keycloak.ADMINISTRATOR, Keycloak.ADMINISTRATOR),
            "access_token");
    HttpResponse<String> made =
        send(
            HttpRequest.newBuilder(URI.create(keycloak.url() + "/admin/realms/cluster/components"))
                .header("Authorization", "Bearer " + administrator)
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"name\":\"next\",\"providerId\":\"rsa-generated\","
                            + "\"providerType\":\"org.keycloak.keys.KeyProvider\","
                            + "\"parentId\":\"cluster\",\"config\":{\"priority\":[\"500\"]}}")));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    String after = token();
    assertThat(after.split("\\.", -1)[0]).isNotEqualTo(before.split("\\.", -1)[0]);
    awaitAccepted(real.url(), after);
    awaitAccepted(ours.url(), after);
    assertThat(whoAmI(ours.url(), after).user()).isEqualTo("kc:jane");
    assertThat(status(ours.url(), before)).isEqualTo(status(real.url(), before)).isEqualTo(200);
  }
}
