package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Places;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Random and hostile request lines to a real kube-apiserver and to the sandbox with the same
 * policy: whoever is refused by one is refused by the other, in the same words; and who is let
 * through, by both. {@code -Drequests=N} sends more.
 */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
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

  private final Path folder = Places.newFolder("random-requests");
  private final ApiServer real;
  private final ServingProcess sandbox;
  private final RawClient atReal;
  private final RawClient atSandbox;

  RandomRequestsIT(ControlPlane controlPlane) {
    Certwright.in(folder).run("ca", "init").expectSuccess();
    real =
        controlPlane.newApiServer().withOwnObjects().withAuthorityIn(folder.resolve("pki")).start();
    for (String file : List.of("read-only-user.yaml", "read-only-users.yaml")) {
      real.kubectl("apply", "-f", EXAMPLES.resolve(file).toString()).expectSuccess();
    }
    sandbox = ServingProcess.start(folder, 0, "-f", EXAMPLES.toString());
    Certwright.in(folder).run("issue", "brancz", "--server", real.url()).expectSuccess();
    Path authority = folder.resolve("pki/ca.crt");
    Path client = folder.resolve("clients/brancz");
    atReal = new RawClient(real.url(), authority, client);
    atSandbox = new RawClient(sandbox.url(), authority, client);
  }

  @AfterAll
  void stop() {
    atReal.close();
    atSandbox.close();
    sandbox.close();
    real.close();
  }

  @Test
  void the_same_requests_are_refused_in_the_same_words() {
    Random random = new Random(Integer.getInteger("seed", 41));
    int count = Integer.getInteger("requests", 20_000);
    int refused = 0;
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String method = METHODS.get(random.nextInt(METHODS.size()));
      String target = target(random);
      RawClient.Answer expected = atReal.send(method, target, "");
      RawClient.Answer actual = atSandbox.send(method, target, "");
      boolean refusal = REFUSALS.contains(expected.status());
      refused += refusal ? 1 : 0;
      boolean same =
          refusal || expected.status() == 400
              ? expected.status() == actual.status()
                  && (!refusal || comparable(expected.body()).equals(comparable(actual.body())))
              : !REFUSALS.contains(actual.status()) && actual.status() != 400;
      if (!same) {
        differences.add(
            method + " " + target + "\n  expected " + expected + "\n  actual   " + actual);
      }
    }
    assertThat(differences).as("of %s requests", count).isEmpty();
    assertThat(refused).isBetween(count / 10, count);
  }

  private static String comparable(String body) {
    return body.strip();
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
}
