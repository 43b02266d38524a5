package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Random and hostile requests (methods, paths, headers, certificates, tokens, reviews) to a real
 * kube-apiserver and to {@code certwright serve} with the same policy: whoever is refused by one is
 * refused by the other, in the same words; who is let through, by both; and reviews have the same
 * status. {@code -Drequests=N} sends more.
 */
@Tag("newest")
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Order(2)
class RandomRequestsIT {
  private static final Path EXAMPLES = Places.root().resolve("examples");
  private static final Set<Integer> REFUSALS = Set.of(401, 403, 500);

  private static final List<String> METHODS =
      List.of(
          "GET",
          "GET",
          "GET",
          "HEAD",
          "POST",
          "PUT",
          "PATCH",
          "DELETE",
          "OPTIONS",
          "PROPFIND",
          "get");
  private static final List<String> SEGMENTS =
      List.of(
          "api",
          "apis",
          "v1",
          "apps",
          "namespaces",
          "default",
          "kube-system",
          "pods",
          "web",
          "secrets",
          "log",
          "exec",
          "status",
          "deployments",
          "watch",
          "proxy",
          "nodes",
          "..",
          ".",
          "",
          "%2e%2e",
          "a%2Fb",
          "%41",
          "p;x",
          "x y".replace(" ", "%20"),
          "*",
          "healthz",
          "version",
          "openapi",
          "metrics",
          "%C3%BC",
          "&lt;",
          "%3Cb%3E",
          "'",
          "\\");
  private static final List<String> QUERIES =
      List.of(
          "",
          "",
          "",
          "?watch",
          "?watch=0",
          "?watch=false&watch=true",
          "?limit=1",
          "?limit=x",
          "?fieldSelector=metadata.name%3Dweb",
          "?fieldSelector=metadata.name%3D..",
          "?labelSelector=a%20in%20(",
          "?a;b",
          "?%zz",
          "?pretty=0");

  private static final List<String> HEADERS =
      List.of(
          "Authorization: Bearer robot-token",
          "authorization: bearer robot-token",
          "Authorization: Bearer robot-toke",
          "Authorization: Basic cm9ib3Q6cm9ib3Q=",
          "Authorization:",
          "Impersonate-User: root",
          "Impersonate-Group: system:masters",
          "Impersonate-Uid: 1",
          "Impersonate-Extra-Scopes: x",
          "X-Remote-User: root",
          "X-Remote-Group: system:masters",
          "X_Remote_User: root",
          "X-Forwarded-Uri: /version",
          "X-Original-Url: /version",
          "X-Http-Method-Override: GET",
          "Connection: x-remote-user, impersonate-user",
          "Connection: close",
          "Accept: application/json",
          "Accept: application/yaml",
          "Accept: application/vnd.kubernetes.protobuf",
          "Accept: text/html, */*;q=0.1",
          "Content-Type: text/plain",
          "User-Agent: curl/8",
          "Audit-Id: 1",
          "Upgrade: websocket",
          "Cookie: user=root");
  // Upstream's YAML is sorted by field, and its protobuf has empty fields: the same, in other
  // bytes.
  private static final List<String> OTHER_FORMS =
      List.of("application/yaml", "application/vnd.kubernetes.protobuf");

  private static final List<String> REVIEWS =
      List.of(
          "authorization.k8s.io/v1/selfsubjectaccessreviews",
          "authorization.k8s.io/v1/selfsubjectaccessreviews?pretty=1",
          "authorization.k8s.io/v1/subjectaccessreviews",
          "authorization.k8s.io/v1/namespaces/default/localsubjectaccessreviews",
          "authorization.k8s.io/v1beta1/selfsubjectaccessreviews",
          "authentication.k8s.io/v1/tokenreviews");
  private static final List<String> SPECS =
      List.of(
          "{'resourceAttributes':{'verb':'list','resource':'pods'}}",
          "{'resourceAttributes':{'verb':'delete','resource':'pods','namespace':'default'}}",
          "{'resourceAttributes':{'verb':'*','resource':'*','group':'*'}}",
          "{'nonResourceAttributes':{'verb':'get','path':'/version'}}",
          "{'nonResourceAttributes':{'verb':'get','path':'/metrics'}}",
          "{'resourceAttributes':{},'nonResourceAttributes':{}}",
          "{'resourceAttributes':{'verb':1}}",
          "{'resourceAttributes':[]}",
          "{'user':'jane','groups':['devs'],'resourceAttributes':{'verb':'get'}}",
          "{}",
          "[]",
          "null",
          "'x'");

  private final Path folder = Places.newFolder("random-requests");
  private final ApiServer real;
  private final ServingProcess sandbox;
  private final List<Pair> clients = new ArrayList<>();
  private final List<Pair> hostile = new ArrayList<>();

  /** One client at both servers. */
  private record Pair(String name, RawClient atReal, RawClient atSandbox) {}

  RandomRequestsIT(ControlPlane controlPlane) throws IOException {
    Certwright.in(folder).run("ca", "init").expectSuccess();
    Path chains = HostileCertificates.authority(folder.resolve("chains-pki"));
    Path authorities =
        Files.writeString(
            folder.resolve("clients-ca.crt"),
            Files.readString(folder.resolve("pki/ca.crt")) + Files.readString(chains));
    Path tokens = Files.writeString(folder.resolve("tokens.csv"), "robot-token,robot,7,bots\n");
    Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-------"));
    real =
        controlPlane
            .newApiServer()
            .withOwnObjects()
            .withAuthorityIn(folder.resolve("pki"))
            .flag("--token-auth-file", tokens)
            .flag("--client-ca-file", authorities)
            .start();
    for (String file : List.of("read-only-user.yaml", "read-only-users.yaml")) {
      real.kubectl("apply", "-f", EXAMPLES.resolve(file).toString()).expectSuccess();
    }
    sandbox =
        ServingProcess.start(
            folder,
            0,
            "-f",
            EXAMPLES.toString(),
            "--token-auth-file",
            tokens.toString(),
            "--client-ca-file",
            authorities.toString());
    Certwright.in(folder).run("ca", "init", "--ca", "other-pki").expectSuccess();
    addClient("brancz", "pki", "brancz", "read-only-users");
    addClient("ann", "pki", "ann", "devs|ops");
    addClient("root of another CA", "other-pki", "root", "devs");
    Path authority = folder.resolve("pki/ca.crt");
    clients.add(
        new Pair(
            "nobody",
            RawClient.withoutCertificate(real.url(), authority),
            RawClient.withoutCertificate(sandbox.url(), authority)));
    for (Path client :
        HostileCertificates.make(
            authority, folder.resolve("other-pki/ca.crt"), chains, folder.resolve("hostile"))) {
      hostile.add(
          new Pair(
              String.valueOf(client.getFileName()),
              new RawClient(real.url(), authority, client),
              new RawClient(sandbox.url(), authority, client)));
    }
  }

  private void addClient(String name, String ca, String... whom) {
    List<String> words = new ArrayList<>(List.of("issue"));
    words.addAll(List.of(whom));
    words.addAll(List.of("--ca", ca, "--out", "by-" + ca, "--server", real.url()));
    Certwright.in(folder).run(words.toArray(new String[0])).expectSuccess();
    Path authority = folder.resolve("pki/ca.crt");
    Path client = folder.resolve("by-" + ca).resolve(whom[0]);
    clients.add(
        new Pair(
            name,
            new RawClient(real.url(), authority, client),
            new RawClient(sandbox.url(), authority, client)));
  }

  @AfterAll
  void stop() {
    for (List<Pair> some : List.of(clients, hostile)) {
      for (Pair client : some) {
        client.atReal.close();
        client.atSandbox.close();
      }
    }
    sandbox.close();
    real.close();
  }

  @Test
  void the_same_requests_are_refused_in_the_same_words() {
    Random random = new Random(Integer.getInteger("seed", 41));
    int count = Integer.getInteger("requests", 6_000);
    int refused = 0;
    int reviewed = 0;
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Pair client = clients.get(random.nextInt(clients.size()));
      int status = compare(client, random, differences);
      refused += REFUSALS.contains(status) ? 1 : 0;
      reviewed += status == 201 ? 1 : 0;
      if (i % 4 == 0) {
        int unused = compare(hostile.get(random.nextInt(hostile.size())), random, differences);
      }
    }
    assertThat(differences).as("of %s requests", count).isEmpty();
    assertThat(refused).isBetween(count / 10, count);
    assertThat(reviewed).isGreaterThan(count / 100);
  }

  /** Sends one to both; the answer is the real server's status. */
  private static int compare(Pair client, Random random, List<String> differences) {
    boolean review = random.nextInt(5) == 0;
    String method = review ? "POST" : one(random, METHODS);
    String target = review ? "/apis/" + one(random, REVIEWS) : target(random);
    String headers = headers(random) + (review ? "Content-Type: application/json\r\n" : "");
    String body = review ? "{'spec':" + one(random, SPECS) + "}" : "";
    body = body.replace('\'', '"');
    RawClient.Answer expected = client.atReal.send(method, target, headers, body);
    RawClient.Answer actual = client.atSandbox.send(method, target, headers, body);
    boolean words = OTHER_FORMS.stream().noneMatch(headers::contains);
    if (!alike(expected, actual, review, words)) {
      differences.add(
          String.join(
              "\n  ",
              client.name + ": " + method + " " + target,
              headers + body,
              "expected " + expected,
              "actual   " + actual));
    }
    return expected.status();
  }

  /**
   * Whether both refuse or none does; {@code words}, whether also what they say can be compared.
   */
  private static boolean alike(
      RawClient.Answer expected, RawClient.Answer actual, boolean review, boolean words) {
    if (REFUSALS.contains(expected.status())) {
      return expected.status() == actual.status()
          && (!words || expected.body().strip().equals(actual.body().strip()));
    }
    if (review) {
      return expected.status() == actual.status()
          && (!words || status(expected.body()).equals(status(actual.body())));
    }
    return expected.status() == 400
        ? actual.status() == 400
        : !REFUSALS.contains(actual.status()) && actual.status() != 400;
  }

  // What the review says; metadata has managedFields upstream. Of several bindings that allow it,
  // upstream names any.
  private static String status(String body) {
    int begin = body.indexOf("\"status\":");
    String status = begin < 0 ? "" : body.substring(begin).strip();
    return status.replaceFirst("RBAC: allowed by .*", "RBAC: allowed by some binding");
  }

  private static String headers(Random random) {
    StringBuilder headers = new StringBuilder();
    for (int more = random.nextInt(3); more > 0; more--) {
      headers.append(one(random, HEADERS)).append("\r\n");
    }
    return headers.toString();
  }

  private static String one(Random random, List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private static String target(Random random) {
    StringBuilder target = new StringBuilder();
    switch (random.nextInt(4)) {
      case 0 -> target.append("/api/v1/namespaces/default");
      case 1 -> target.append("/api/v1");
      case 2 -> target.append("/apis/apps/v1");
      default -> {
        // Anything.
      }
    }
    for (int i = random.nextInt(5); i >= 0; i--) {
      target.append('/').append(SEGMENTS.get(random.nextInt(SEGMENTS.size())));
    }
    return target.append(QUERIES.get(random.nextInt(QUERIES.size()))).toString();
  }

  @Test
  void every_hostile_certificate_is_the_same_person_or_nobody_at_both() {
    String review = "{\"spec\":{}}";
    List<String> seen = new ArrayList<>();
    for (Pair client : hostile) {
      for (String target : List.of("/api/v1/pods", "/api/v1/namespaces/kube-system/secrets/x")) {
        assertThat(client.atSandbox.send("GET", target, "").toString())
            .as(client.name + " " + target)
            .isEqualTo(client.atReal.send("GET", target, "").toString());
      }
      String who = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
      String json = "Content-Type: application/json\r\n";
      RawClient.Answer expected = client.atReal.send("POST", who, json, review);
      RawClient.Answer actual = client.atSandbox.send("POST", who, json, review);
      assertThat(status(actual.body())).as(client.name).isEqualTo(status(expected.body()));
      assertThat(actual.status()).as(client.name).isEqualTo(expected.status());
      seen.add(client.name + " " + actual.status());
    }
    assertThat(seen)
        .contains("expired 401", "of-another-ca 401", "for-servers 401", "no-name 403")
        .contains("two-names 201", "chain 201", "another-behind-it 201");
  }
}
