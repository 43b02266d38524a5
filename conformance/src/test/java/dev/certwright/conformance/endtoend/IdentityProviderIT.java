package dev.certwright.conformance.endtoend;

import static java.util.Locale.ROOT;
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
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A real identity provider, a real kube-apiserver and {@code certwright serve} with the same token
 * file and the same AuthenticationConfiguration: same answers, to the letter.
 */
@Tag("endurance")
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdentityProviderIT {
  private static final int HOSTILE = 400;
  private static final BigInteger P_256_ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private final Path folder = Places.newFolder("identity-provider");
  private final ApiServer real;
  private final Keycloak keycloak;
  private final ServingProcess ours;
  private final HttpClient http;
  private final TrustedForger forger;

  IdentityProviderIT(ControlPlane controlPlane) throws IOException, GeneralSecurityException {
    Certwright.in(folder).run("ca", "init").expectSuccess();
    ApiServer.Builder builder =
        controlPlane.newApiServer().withOwnObjects().withAuthorityIn(folder.resolve("pki"));
    String version;
    // Only for the certificate that the provider shows.
    try (ApiServer first = builder.start()) {
      keycloak = Keycloak.start(folder, first.pki());
      version = first.authenticationConfigurationVersion();
    }
    forger = new TrustedForger(keycloak.issuer());
    Path authority = folder.resolve("pki/ca.crt");
    String config =
        "apiVersion: apiserver.config.k8s.io/"
            + version
            + "\nkind: AuthenticationConfiguration\njwt:\n"
            + "- issuer:\n    url: "
            + keycloak.issuer()
            + "\n    audiences: [kube, kube-es]\n    audienceMatchPolicy: MatchAny\n    certificateAuthority: |\n      "
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
    Path tokens =
        Files.writeString(
            folder.resolve("tokens.csv"),
            "robot-token,robot,7,bots\nroot-token,root,8,system:masters\n");
    Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-------"));
    real =
        controlPlane
            .newApiServer()
            .withOwnObjects()
            .withAuthorityIn(folder.resolve("pki"))
            .flag("--authentication-config", file)
            .flag("--token-auth-file", tokens)
            .flag("--api-audiences", "api,other")
            .start();
    ours =
        ServingProcess.start(
            folder,
            0,
            "--authentication-config",
            file.toString(),
            "--token-auth-file",
            tokens.toString(),
            "--api-audiences",
            "api,other");
    http = client(authority);
    administer(
        "components",
        "{'name':'forger','providerId':'rsa','providerType':'org.keycloak.keys.KeyProvider',"
            + "'parentId':'cluster','config':{'priority':['1'],'privateKey':['"
            + forger.privateKey()
            + "']}}");
    administer(
        "clients",
        "{'clientId':'kube-es','publicClient':true,'directAccessGrantsEnabled':true,"
            + "'attributes':{'id.token.signed.response.alg':'ES256'}}");
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
    return token("kube");
  }

  private String token(String client) {
    return Json.text(grant("cluster", client, "jane", "jane-password"), "id_token");
  }

  private void administer(String path, String object) {
    String administrator =
        Json.text(
            grant("master", "admin-cli", Keycloak.ADMINISTRATOR, Keycloak.ADMINISTRATOR),
            "access_token");
    HttpResponse<String> made =
        send(
            HttpRequest.newBuilder(URI.create(keycloak.url() + "/admin/realms/cluster/" + path))
                .header("Authorization", "Bearer " + administrator)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(object.replace('\'', '"'))));
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
  }

  /** Status and body of a review, without the time. */
  private String review(String url, String token, String kind, String spec) {
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(
                    URI.create(
                        url + "/apis/authentication.k8s.io/v1/" + kind.toLowerCase(ROOT) + "s"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\""
                            + kind
                            + "\""
                            + spec
                            + "}")));
    return answer.statusCode()
        + " "
        + answer
            .body()
            .replaceAll("\"creationTimestamp\":(null|\"[^\"]*\")", "\"creationTimestamp\":0");
  }

  private String whoIs(String url, String token) {
    return review(url, token, "SelfSubjectReview", "");
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
  void same_token_file_makes_the_same_user() {
    String expected = whoIs(real.url(), "robot-token");
    assertThat(expected).startsWith("201 ").contains("\"username\":\"robot\"", "\"uid\":\"7\"");
    assertThat(whoIs(ours.url(), "robot-token")).isEqualTo(expected);
    assertThat(whoIs(ours.url(), "robot-toke")).isEqualTo(whoIs(real.url(), "robot-toke"));
  }

  @Test
  void hostile_tokens_are_answered_alike() {
    List<String> good = List.of(token("kube"), token("kube-es"));
    for (String each : good) {
      awaitAccepted(real.url(), each);
      awaitAccepted(ours.url(), each);
    }
    assertThat(decoded(good.get(1).split("\\.", -1)[0])).contains("ES256");
    assertAlike("hostile", random -> hostile(good.get(random.nextInt(2)), random));
  }

  @Test
  void odd_tokens_with_a_good_signature_are_answered_alike() {
    awaitAccepted(real.url(), forger.good());
    awaitAccepted(ours.url(), forger.good());
    assertAlike("odd", forger::token);
  }

  private void assertAlike(String kind, Function<Random, String> tokens) {
    Random random = new Random(8);
    List<String> differing = new ArrayList<>();
    int accepted = 0;
    for (int i = 0; i < HOSTILE; i++) {
      String token = tokens.apply(random);
      String expected = whoIs(real.url(), token);
      String actual = whoIs(ours.url(), token);
      accepted += actual.startsWith("201 ") ? 1 : 0;
      if (!expected.equals(actual) && !isListed(token, actual)) {
        String[] parts = token.split("\\.", -1);
        differing.add(
            readable(parts[0])
                + " "
                + (parts.length > 1 ? readable(parts[1]) : "")
                + "\n  real "
                + expected
                + "  ours "
                + actual);
      }
    }
    assertThat(differing).isEmpty();
    assertThat(accepted).isBetween(HOSTILE / 40, HOSTILE / 2);
    System.out.println(
        HOSTILE + " " + kind + " tokens, " + accepted + " of them good all the same");
  }

  /** An empty list of critical headers is refused here (RFC 7515 4.1.11), and taken by upstream. */
  private static boolean isListed(String token, String actual) {
    return actual.startsWith("401 ")
        && readable(token.substring(0, Math.max(0, token.indexOf('.')))).contains("\"crit\":[]");
  }

  private static String readable(String part) {
    try {
      return decoded(part);
    } catch (IllegalArgumentException malformed) {
      return part;
    }
  }

  @Test
  void token_reviews_are_answered_alike_whomever_tokens_are_for_TR04() {
    String good = token();
    awaitAccepted(real.url(), good);
    awaitAccepted(ours.url(), good);
    for (String token : List.of("robot-token", "nobodys-token", good)) {
      for (String audiences : List.of("", "\"api\"", "\"x\",\"other\"", "\"x\"", "\"kube\"")) {
        String spec =
            ",\"spec\":{\"token\":\""
                + token
                + "\""
                + (audiences.isEmpty() ? "" : ",\"audiences\":[" + audiences + "]")
                + "}";
        String expected = reviewed(real.url(), spec);
        assertThat(expected).startsWith("201 ");
        assertThat(reviewed(ours.url(), spec)).as(audiences).isEqualTo(expected);
      }
    }
  }

  // The status alone: a real server gives the spec back as it keeps it.
  private String reviewed(String url, String spec) {
    String answer = review(url, "root-token", "TokenReview", spec);
    int status = answer.indexOf("\"status\"");
    return answer.substring(0, 4) + (status < 0 ? answer : answer.substring(status));
  }

  private static String hostile(String good, Random random) {
    String[] parts = good.split("\\.", -1);
    int which = random.nextInt(3);
    switch (random.nextInt(10)) {
      case 0 -> parts[which] = changed(parts[which], random);
      case 1 -> parts[which] = "";
      case 2 -> parts[which] = parts[which].substring(0, random.nextInt(parts[which].length()));
      case 3 -> parts[0] = encoded(header(random, parts[0]));
      case 4 -> parts[1] = encoded(decoded(parts[1]).replace("jane", "joe"));
      case 5 -> parts[which] = parts[which] + "=".repeat(1 + random.nextInt(2));
      case 6 -> {
        return good + "." + parts[which];
      }
      case 7 -> {
        return encrypted(good, random);
      }
      case 8 -> parts[2] = otherForm(parts[2], random);
      default -> {
        return random.nextBoolean() ? good : parts[which];
      }
    }
    return String.join(".", parts);
  }

  /** A token in a token that is encrypted, or says so; compressed or not. */
  private static String encrypted(String good, Random random) {
    String header =
        "{\"alg\":\""
            + (random.nextBoolean() ? "dir" : "RSA-OAEP")
            + "\",\"enc\":\"A256GCM\",\"cty\":\"JWT\""
            + (random.nextBoolean() ? ",\"zip\":\"DEF\"" : "")
            + "}";
    return encoded(header)
        + "."
        + encoded("key")
        + "."
        + encoded("iv")
        + "."
        + encoded(good)
        + ".AA";
  }

  /** The other signature of the same key (ECDSA), all zero bytes, one that is too long. */
  private static String otherForm(String signature, Random random) {
    byte[] bytes = Base64.getUrlDecoder().decode(signature);
    switch (random.nextInt(3)) {
      case 0 -> Arrays.fill(bytes, (byte) 0);
      case 1 -> bytes = Arrays.copyOf(bytes, bytes.length + 1);
      default -> {
        if (bytes.length == 64) {
          BigInteger s = new BigInteger(1, Arrays.copyOfRange(bytes, 32, 64));
          byte[] other = P_256_ORDER.subtract(s).toByteArray();
          Arrays.fill(bytes, 32, 64, (byte) 0);
          int length = Math.min(32, other.length);
          System.arraycopy(other, other.length - length, bytes, 64 - length, length);
        }
      }
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String header(Random random, String header) {
    List<String> algorithms = List.of("none", "HS256", "RS512", "PS256", "ES256", "", "rs256");
    String text = decoded(header);
    if (random.nextInt(3) == 0) {
      return text.replace("{", "{\"alg\":\"none\",");
    }
    return random.nextBoolean()
        ? text.replaceFirst("[RE]S256", algorithms.get(random.nextInt(algorithms.size())))
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
    administer(
        "components",
        "{'name':'next','providerId':'rsa-generated',"
            + "'providerType':'org.keycloak.keys.KeyProvider','parentId':'cluster',"
            + "'config':{'priority':['500']}}");
    String after = token();
    assertThat(after.split("\\.", -1)[0]).isNotEqualTo(before.split("\\.", -1)[0]);
    awaitAccepted(real.url(), after);
    awaitAccepted(ours.url(), after);
    assertThat(whoAmI(ours.url(), after).user()).isEqualTo("kc:jane");
    assertThat(status(ours.url(), before)).isEqualTo(status(real.url(), before)).isEqualTo(200);
  }
}
