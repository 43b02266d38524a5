package dev.certwright.conformance.endtoend;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Places;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlMapping;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What a front proxy says of its callers, to a real kube-apiserver and to {@code certwright serve}
 * with the same flags: the same users, and the same refusals of whoever is no such proxy.
 */
@Tag("newest")
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrontProxyIT {
  private static final int REQUESTS = 400;
  private static final String REVIEW =
      "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}";
  private static final String[] NAMES = {
    "X-Remote-User",
    "x-remote-user",
    "X-Remote-Group",
    "X-REMOTE-GROUP",
    "X-Remote-Extra-Scopes",
    "X-Remote-Extra-Example.com%2fTeam",
    "X-Remote-Extra-",
    "X-Remote-Extra-%zz",
    "X-Remote-Uid",
    "X-Forwarded-For",
    "Authorization",
    "Impersonate-User"
  };
  private static final String[] VALUES = {
    "jane",
    "devs",
    "",
    "a b",
    "a,b",
    "system:anonymous",
    "system:unauthenticated",
    "system:authenticated",
    "system:serviceaccount:a:b",
    "\"q\"",
    "Bearer abc",
    "%41",
    "\u00e9"
  };

  private final Path folder = Places.newFolder("front-proxy");
  private final ApiServer real;
  private final ServingProcess ours;
  private final Map<String, Path> clients = new LinkedHashMap<>();

  FrontProxyIT(ControlPlane controlPlane) {
    Path proxies = folder.resolve("proxies");
    Certwright.in(folder).run("ca", "init").expectSuccess();
    Certwright.in(folder).run("ca", "init", "--ca", proxies.toString()).expectSuccess();
    real =
        controlPlane
            .newApiServer()
            .withOwnObjects()
            .withAuthorityIn(folder.resolve("pki"))
            .flag("--requestheader-client-ca-file", proxies.resolve("ca.crt"))
            .flag("--requestheader-allowed-names", "front")
            .flag("--requestheader-username-headers", "X-Remote-User")
            .flag("--requestheader-group-headers", "X-Remote-Group")
            .flag("--requestheader-extra-headers-prefix", "X-Remote-Extra-")
            .start();
    ours =
        ServingProcess.start(
            folder,
            0,
            "--requestheader-client-ca-file",
            proxies.resolve("ca.crt").toString(),
            "--requestheader-allowed-names",
            "front",
            "--requestheader-username-headers",
            "X-Remote-User",
            "--requestheader-group-headers",
            "X-Remote-Group",
            "--requestheader-extra-headers-prefix",
            "X-Remote-Extra-");
    issue("the proxy", "front", proxies);
    issue("another of its CA", "back", proxies);
    issue("a client", "front", folder.resolve("pki"));
  }

  private void issue(String what, String user, Path authority) {
    Path out = folder.resolve(what.replace(' ', '-'));
    Certwright.in(folder)
        .run(
            "issue",
            user,
            "devs",
            "--ca",
            authority.toString(),
            "--server",
            real.url(),
            "--out",
            out.toString())
        .expectSuccess();
    clients.put(what, out.resolve(user));
  }

  @AfterAll
  void stop() {
    ours.close();
    real.close();
  }

  private String answer(String url, Path client, String headers) {
    try (RawClient connection = new RawClient(url, folder.resolve("pki/ca.crt"), client)) {
      RawClient.Answer answer =
          connection.send(
              "POST",
              "/apis/authentication.k8s.io/v1/selfsubjectreviews",
              "Content-Type: application/json\r\nConnection: close\r\nContent-Length: "
                  + REVIEW.length()
                  + "\r\n"
                  + headers
                  + "\r\n"
                  + REVIEW);
      YamlMapping body = Json.parse(answer.body());
      return answer.status()
          + " "
          + (body.get("status") instanceof YamlMapping user
              ? JsonWriter.compact(user)
              : Json.text(body, "message"));
    }
  }

  @Test
  void requests_through_a_front_proxy_are_answered_alike() {
    Random random = new Random(9);
    List<String> differing = new ArrayList<>();
    List<String> who = List.copyOf(clients.keySet());
    int letIn = 0;
    for (int i = 0; i < REQUESTS; i++) {
      String by = random.nextInt(4) > 0 ? "the proxy" : who.get(random.nextInt(who.size()));
      StringBuilder headers = new StringBuilder();
      for (int count = random.nextInt(5); count >= 0; count--) {
        String name = NAMES[count == 0 ? 0 : random.nextInt(NAMES.length)];
        headers
            .append(name)
            .append(": ")
            .append(VALUES[random.nextInt(VALUES.length)])
            .append("\r\n");
      }
      Path client = requireNonNull(clients.get(by));
      String expected = answer(real.url(), client, headers.toString());
      String actual = answer(ours.url(), client, headers.toString());
      letIn += expected.startsWith("201") ? 1 : 0;
      if (!expected.equals(actual)) {
        differing.add(by + "\n" + headers + "real: " + expected + "\nours: " + actual);
      }
    }
    System.out.println(REQUESTS + " requests through a front proxy, " + letIn + " let in");
    assertThat(differing).isEmpty();
    assertThat(letIn).isBetween(REQUESTS / 4, REQUESTS - 1);
  }
}
