package dev.certwright.conformance.endtoend;

import static dev.certwright.conformance.endtoend.RevocationCluster.REVOKED;
import static dev.certwright.conformance.endtoend.RevocationCluster.await;
import static dev.certwright.conformance.endtoend.RevocationCluster.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.revocation.PublishedFile;
import dev.certwright.revocation.authorization.AuthorizationConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The file of authorizers: what is written into it, what never is, and what the API server makes of
 * it.
 */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(2)
class AuthorizationFileIT {
  private final RevocationCluster cluster;

  AuthorizationFileIT(ControlPlane controlPlane) {
    cluster = new RevocationCluster(controlPlane, "--ca=pki");
    cluster.issue("brancz", "first", "admins");
    cluster.issue("brancz", "second", "admins");
    cluster.certwright("revoke", "first/brancz/kubeconfig", "--yes").expect(0);
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @Test
  @Order(1)
  void an_api_server_that_starts_with_the_published_file_refuses_at_once() {
    try (ApiServer another = cluster.start()) {
      assertThat(
              get(another
                      .kubectlAs(cluster.folder.resolve("first/brancz/kubeconfig"))
                      .withArguments("--server=" + another.url()))
                  .expect(1)
                  .err())
          .contains(REVOKED);
    }
  }

  @Test
  @Order(2)
  void file_replaced_again_and_again_under_load_gives_not_one_wrong_answer() throws Exception {
    int replacements = Integer.getInteger("replacements", 150);
    Path revoked = Files.createDirectories(cluster.folder.resolve("revoked"));
    cluster.issue("lena", "lost", "admins");
    for (String file : List.of("client.crt", "client.key")) {
      Files.copy(cluster.folder.resolve("lost/lena").resolve(file), revoked.resolve(file));
    }
    cluster.issue("lena", "kept", "admins");
    cluster.certwright("revoke", "lost/lena/kubeconfig", "--yes").expect(0);
    byte[] good = Files.readAllBytes(cluster.authorization);
    String first = new String(good, StandardCharsets.UTF_8);
    String id = first.substring(first.indexOf("'X509SHA256="), first.indexOf("'X509SHA256=") + 77);
    byte[] longer =
        first
            .replace(id, "'X509SHA256=" + "0".repeat(64) + "',\n        " + id)
            .getBytes(StandardCharsets.UTF_8);
    PublishedFile file = new PublishedFile(cluster.authorization);
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger asked = new AtomicInteger();
    List<FutureTask<String>> loads = new ArrayList<>();
    for (Path client : List.of(revoked, cluster.folder.resolve("kept/lena"))) {
      int expected = client.equals(revoked) ? 500 : 200;
      for (int i = 0; i < 2; i++) {
        FutureTask<String> load = new FutureTask<>(() -> load(client, expected, over, asked));
        loads.add(load);
        new Thread(load).start();
      }
    }

    for (int i = 0; i < replacements; i++) {
      int before = asked.get();
      file.write(i % 2 == 0 ? longer : good);
      // No faster than answers come, so that each version is asked about.
      while (asked.get() < before + 4 && loads.stream().noneMatch(FutureTask::isDone)) {
        Thread.onSpinWait();
      }
    }

    over.set(true);
    for (FutureTask<String> load : loads) {
      assertThat(load.get()).isEmpty();
    }
    assertThat(Files.readAllBytes(cluster.authorization)).isEqualTo(good);
    System.err.println(replacements + " replacements, " + asked.get() + " answers, none wrong");
    await(() -> cluster.certwright("revocations", "status").exitCode() == 0);
  }

  /** Asks until it is over; says what was wrong. */
  private String load(Path client, int expected, AtomicBoolean over, AtomicInteger asked) {
    try (RawClient http =
        new RawClient(cluster.server.url(), cluster.server.pki().authorityFile(), client)) {
      while (!over.get()) {
        RawClient.Answer answer = http.send("GET", "/version", "");
        boolean ours = answer.body().contains(REVOKED);
        if (answer.status() != expected || ours != (expected == 500)) {
          return "expected " + expected + ", got " + answer;
        }
        asked.incrementAndGet();
      }
      return "";
    }
  }

  @Test
  @Order(3)
  void outlets_are_made_anew_from_the_ledger_alone_byte_for_byte() throws IOException {
    byte[] published = Files.readAllBytes(cluster.authorization);
    Path elsewhere = Files.createDirectories(cluster.folder.resolve("elsewhere"));
    Files.copy(cluster.home.resolve("ledger.jsonl"), elsewhere.resolve("ledger.jsonl"));
    Path own =
        Files.writeString(
            elsewhere.resolve("own.yaml"),
            AuthorizationConfiguration.read("published", published).withoutDenylist().text());
    Files.writeString(
        elsewhere.resolve("outlets.yaml"),
        """
        apiVersion: certwright.dev/v1alpha1
        kind: RevocationOutlets
        outlets:
        - name: again
          authorizationFile:
            path: again.yaml
            base: %s
            kubeConfigFile: %s
        """
            .formatted(own, cluster.authorization.resolveSibling("never-called.kubeconfig")));

    Certwright.in(cluster.folder)
        .with("CERTWRIGHT_HOME", elsewhere)
        .run("revocations", "publish")
        .expectSuccess();

    assertThat(Files.readAllBytes(elsewhere.resolve("again.yaml"))).isEqualTo(published);
  }

  @Test
  @Order(4)
  void a_broken_file_is_never_published_and_the_list_before_it_stays_in_force() throws IOException {
    String good = Files.readString(cluster.authorization);
    Files.writeString(cluster.authorization, good.replace("type: RBAC", "type: Rbac"));

    Outcome refused = cluster.certwright("revoke", "second/brancz/kubeconfig", "--yes").expect(3);

    assertThat(refused.out()).contains("authorizers[").contains("type must be one of");
    assertThat(Files.readString(cluster.authorization)).contains("type: Rbac");
    assertThat(get(cluster.kubectl("first", "brancz")).expect(1).err()).contains(REVOKED);
    assertThat(cluster.certwright("revocations", "status").expect(1).out()).contains("unusable");
    Files.writeString(cluster.authorization, good);
    cluster.certwright("revocations", "publish").expect(0);
    await(() -> get(cluster.kubectl("second", "brancz")).err().contains(REVOKED));
  }

  @Test
  @Order(5)
  void fifty_thousand_revoked_certificates_are_in_force_and_the_others_work() {
    cluster.issue("ann", "last", "admins");
    cluster.issue("ann", "lost", "admins");
    Revocations.record(cluster.home, 50_000);

    long start = System.nanoTime();
    Outcome published = cluster.certwright("revocations", "publish");
    long done = System.nanoTime();

    assertThat(published.out()).contains("refused");
    await(() -> cluster.certwright("revocations", "status").exitCode() == 0);
    get(cluster.kubectl("last", "ann")).expectSuccess();
    cluster.certwright("revoke", "lost/ann/kubeconfig", "--yes");
    await(() -> get(cluster.kubectl("lost", "ann")).err().contains(REVOKED));
    get(cluster.kubectl("last", "ann")).expectSuccess();
    System.err.println("50,000 published and loaded within " + (done - start) / 1_000_000 + " ms");
  }
}
