package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import dev.certwright.revocation.PublishedFile;
import dev.certwright.revocation.authorization.AuthorizationConfiguration;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * One certificate taken back on an unmodified kube-apiserver, in the order a new administrator does
 * it: set up, issue, use, revoke.
 */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RevocationIT {
  private static final String REVOKED = "this client certificate has been revoked";
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long PAUSE_NANOS = 20_000_000;

  private final Path folder = Places.newFolder("end-to-end");
  private final Path home = folder.resolve("home");
  private final Path authorization = folder.resolve("authorization/authorization.yaml");
  private final ControlPlane controlPlane;
  private final ApiServer server;

  RevocationIT(ControlPlane controlPlane) throws IOException {
    this.controlPlane = controlPlane;
    certwright("ca", "init").expectSuccess();
    certwright(
            "revocations",
            "setup",
            "--yes",
            "--authorization-mode=RBAC",
            "--dir=" + authorization.getParent())
        .expectSuccess();
    server = start();
    Files.writeString(
        home.resolve("outlets.yaml"),
        Files.readString(home.resolve("outlets.yaml"))
            + "    apiServers:\n    - name: first\n      kubeconfig: "
            + server.administratorKubeconfig()
            + "\n");
    server
        .kubectl(
            "create",
            "clusterrolebinding",
            "admins",
            "--clusterrole=cluster-admin",
            "--group=admins")
        .expectSuccess();
  }

  private ApiServer start() {
    return controlPlane
        .newApiServer()
        .flag("--authorization-config", authorization)
        .withAuthorityIn(folder.resolve("pki"))
        .start();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  /** The launcher; kubectl of the control plane comes first on the path. */
  private Outcome certwright(String... words) {
    return Certwright.in(folder)
        .with("CERTWRIGHT_HOME", home)
        .with("PATH", controlPlane.programs() + ":" + System.getenv("PATH"))
        .run(words);
  }

  private void issue(String user, String out, String... words) {
    List<String> all = new ArrayList<>(List.of("issue", user));
    all.addAll(List.of(words));
    all.addAll(List.of("--server", server.url(), "--out", folder.resolve(out).toString()));
    certwright(all.toArray(String[]::new)).expectSuccess();
  }

  private Program kubectl(String out, String user) {
    return server.kubectlAs(folder.resolve(out).resolve(user).resolve("kubeconfig"));
  }

  private static Outcome get(Program kubectl) {
    return kubectl.run("get", "namespaces", "-o", "name");
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("a minute has passed").isLessThan(end);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  @Test
  @Order(1)
  void of_two_certificates_of_one_person_the_revoked_one_is_refused_and_the_other_works() {
    issue("brancz", "first", "admins");
    issue("brancz", "second", "admins");
    get(kubectl("first", "brancz")).expectSuccess();
    get(kubectl("second", "brancz")).expectSuccess();

    Outcome revoked =
        certwright("revoke", "first/brancz/kubeconfig", "--yes", "--reason", "laptop stolen")
            .expect(0);

    // The command waited until the API server had told that it has loaded the file.
    assertThat(revoked.out())
        .contains("of brancz, valid until")
        .contains("first: in force")
        .contains("leaves open: members of system:masters");
    assertThat(get(kubectl("first", "brancz")).expect(1).err()).contains(REVOKED);
    get(kubectl("second", "brancz")).expectSuccess();
  }

  @Test
  @Order(2)
  void the_revoked_certificate_can_neither_act_as_somebody_else_nor_ask_what_it_may() {
    Program revoked = kubectl("first", "brancz");

    // brancz may do everything; before 1.37 the impersonation filter does not pass the words on.
    assertThat(revoked.run("get", "pods", "--as=jane").expect(1).err())
        .containsAnyOf(REVOKED, "User \"brancz\" cannot impersonate resource \"users\"");
    assertThat(revoked.run("auth", "can-i", "get", "pods").exitCode()).isEqualTo(1);
    assertThat(revoked.run("get", "--raw", "/version").expect(1).err()).contains(REVOKED);
  }

  @Test
  @Order(3)
  void status_says_that_it_is_in_force_and_publishing_again_changes_nothing() throws IOException {
    byte[] before = Files.readAllBytes(authorization);

    Outcome status = certwright("revocations", "status").expect(0);
    certwright("revocations", "publish").expect(0);

    assertThat(status.out())
        .contains("current")
        .contains("in force")
        .doesNotContain("not in force");
    assertThat(Files.readAllBytes(authorization)).isEqualTo(before);
    assertThat(certwright("revocations", "publish", "--dry-run").expectSuccess()).isEmpty();
  }

  @Test
  @Order(4)
  void a_renewed_certificate_does_not_bring_the_old_one_back() {
    Path old = folder.resolve("first/brancz/kubeconfig");
    Program before = server.kubectlAs(copy(old, "old.kubeconfig"));

    issue("brancz", "first", "admins", "--force");

    get(kubectl("first", "brancz")).expectSuccess();
    assertThat(get(before).expect(1).err()).contains(REVOKED);
  }

  private Path copy(Path file, String name) {
    try {
      return Files.copy(file, folder.resolve(name));
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  @Test
  @Order(5)
  void suspended_certificate_works_again_after_resume() {
    certwright("suspend", "second/brancz/kubeconfig", "--yes").expect(0);
    assertThat(get(kubectl("second", "brancz")).expect(1).err())
        .contains("this client certificate is suspended");

    certwright("resume", "second/brancz/kubeconfig", "--yes").expect(0);

    get(kubectl("second", "brancz")).expectSuccess();
  }

  @Test
  @Order(6)
  void banned_person_is_refused_with_certificates_that_nobody_recorded_until_let_in_again() {
    issue("jane", "secret", "admins", "--no-ledger");
    get(kubectl("secret", "jane")).expectSuccess();

    certwright("revoke", "--user", "jane", "--yes").expect(0);
    assertThat(get(kubectl("secret", "jane")).expect(1).err())
        .contains("the access of this user has been revoked");
    assertThat(kubectl("second", "brancz").run("get", "namespaces", "--as=jane").expect(1).err())
        .contains("the access of this user has been revoked");

    certwright("resume", "--user", "jane", "--yes").expect(0);
    get(kubectl("secret", "jane")).expectSuccess();
  }

  @Test
  @Order(7)
  void of_system_masters_it_is_said_before_anything_is_written_that_it_is_out_of_reach() {
    issue("root", "masters", "system:masters", "--allow-system-masters");
    String what = "masters/root/kubeconfig";

    Outcome asked = certwright("revoke", what, "--dry-run").expect(0);
    Outcome revoked = certwright("revoke", what, "--yes").expect(1);

    assertThat(asked.err())
        .contains("is in system:masters")
        .contains("only a new client CA ends it");
    assertThat(revoked.err()).contains("stays in force until it expires");
    get(kubectl("masters", "root")).expectSuccess();
  }

  @Test
  @Order(8)
  void an_api_server_that_starts_with_the_published_file_refuses_at_once() {
    try (ApiServer another = start()) {
      assertThat(
              get(another
                      .kubectlAs(folder.resolve("old.kubeconfig"))
                      .withArguments("--server=" + another.url()))
                  .expect(1)
                  .err())
          .contains(REVOKED);
    }
  }

  @Test
  @Order(9)
  void file_replaced_again_and_again_under_load_gives_not_one_wrong_answer() throws Exception {
    int replacements = Integer.getInteger("replacements", 150);
    Path revoked = Files.createDirectories(folder.resolve("revoked"));
    issue("lena", "lost", "admins");
    for (String file : List.of("client.crt", "client.key")) {
      Files.copy(folder.resolve("lost/lena").resolve(file), revoked.resolve(file));
    }
    issue("lena", "kept", "admins");
    certwright("revoke", "lost/lena/kubeconfig", "--yes").expect(0);
    byte[] good = Files.readAllBytes(authorization);
    String first = new String(good, StandardCharsets.UTF_8);
    String id = first.substring(first.indexOf("'X509SHA256="), first.indexOf("'X509SHA256=") + 77);
    byte[] longer =
        first
            .replace(id, "'X509SHA256=" + "0".repeat(64) + "',\n        " + id)
            .getBytes(StandardCharsets.UTF_8);
    PublishedFile file = new PublishedFile(authorization);
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger asked = new AtomicInteger();
    List<FutureTask<String>> loads = new ArrayList<>();
    for (Path client : List.of(revoked, folder.resolve("kept/lena"))) {
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
    assertThat(Files.readAllBytes(authorization)).isEqualTo(good);
    System.err.println(replacements + " replacements, " + asked.get() + " answers, none wrong");
    await(() -> certwright("revocations", "status").exitCode() == 0);
  }

  /** Asks until it is over; says what was wrong. */
  private String load(Path client, int expected, AtomicBoolean over, AtomicInteger asked) {
    try (RawClient http = new RawClient(server.url(), server.pki().authorityFile(), client)) {
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
  @Order(10)
  void outlets_are_made_anew_from_the_ledger_alone_byte_for_byte() throws IOException {
    byte[] published = Files.readAllBytes(authorization);
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.copy(home.resolve("ledger.jsonl"), elsewhere.resolve("ledger.jsonl"));
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
            .formatted(own, authorization.resolveSibling("never-called.kubeconfig")));

    Certwright.in(folder)
        .with("CERTWRIGHT_HOME", elsewhere)
        .run("revocations", "publish")
        .expectSuccess();

    assertThat(Files.readAllBytes(elsewhere.resolve("again.yaml"))).isEqualTo(published);
  }

  @Test
  @Order(11)
  void a_server_that_hides_its_metrics_is_judged_by_the_canary() throws IOException {
    issue("auditor", "blind");
    Path outlets = home.resolve("outlets.yaml");
    String before = Files.readString(outlets);
    Files.writeString(
        outlets,
        before
            + "    - name: blind\n      kubeconfig: "
            + folder.resolve("blind/auditor/kubeconfig")
            + "\n");
    assertThat(certwright("revocations", "status").expect(3).out())
        .containsPattern("blind +[0-9]+ +not in force .*cannot be asked");

    certwright("revocations", "canary", "--ca", folder.resolve("pki").toString());
    await(() -> certwright("revocations", "status").exitCode() == 0);
    assertThat(certwright("revocations", "status").out())
        .containsPattern("blind +[0-9]+ +in force .*refuses the canary of");

    issue("tom", "more", "admins");
    certwright("revoke", "more/tom/kubeconfig", "--yes");
    assertThat(certwright("revocations", "status").expect(1).out())
        .containsPattern("blind +[0-9]+ +not proven .*a new canary would tell");
    Files.writeString(outlets, before);
  }

  @Test
  @Order(12)
  void a_broken_file_is_never_published_and_the_list_before_it_stays_in_force() throws IOException {
    String good = Files.readString(authorization);
    Files.writeString(authorization, good.replace("type: RBAC", "type: Rbac"));

    Outcome refused = certwright("revoke", "second/brancz/kubeconfig", "--yes").expect(3);

    assertThat(refused.out()).contains("authorizers[").contains("type must be one of");
    assertThat(Files.readString(authorization)).contains("type: Rbac");
    assertThat(get(server.kubectlAs(folder.resolve("old.kubeconfig"))).expect(1).err())
        .contains(REVOKED);
    assertThat(certwright("revocations", "status").expect(1).out()).contains("unusable");
    Files.writeString(authorization, good);
    certwright("revocations", "publish").expect(0);
    await(() -> get(kubectl("second", "brancz")).err().contains(REVOKED));
  }

  @Test
  @Order(13)
  void fifty_thousand_revoked_certificates_are_in_force_and_the_others_work() {
    issue("ann", "last", "admins");
    issue("ann", "lost", "admins");
    Revocations.record(home, 50_000);

    long start = System.nanoTime();
    Outcome published = certwright("revocations", "publish");
    long done = System.nanoTime();

    assertThat(published.out()).contains("refused");
    await(() -> certwright("revocations", "status").exitCode() == 0);
    get(kubectl("last", "ann")).expectSuccess();
    certwright("revoke", "lost/ann/kubeconfig", "--yes");
    await(() -> get(kubectl("lost", "ann")).err().contains(REVOKED));
    get(kubectl("last", "ann")).expectSuccess();
    System.err.println("50,000 published and loaded within " + (done - start) / 1_000_000 + " ms");
  }

  @Test
  @Order(14)
  void of_two_api_servers_the_unreachable_one_is_named_and_the_other_is_in_force()
      throws IOException {
    Path outlets = home.resolve("outlets.yaml");
    Files.writeString(
        outlets,
        Files.readString(outlets)
            + "    - name: second\n      server: https://127.0.0.1:1\n      kubeconfig: "
            + server.administratorKubeconfig()
            + "\n");

    Outcome status = certwright("revocations", "status").expect(3);

    assertThat(status.out()).containsPattern("first +[0-9]+ +in force");
    assertThat(status.out()).containsPattern("second +[0-9]+ +not in force .*cannot be asked");
  }
}
