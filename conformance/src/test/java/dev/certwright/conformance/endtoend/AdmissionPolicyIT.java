package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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

/** Certificates taken back through the API alone, as a managed cluster allows it. */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Order(1)
class AdmissionPolicyIT {
  private static final String REVOKED = "this client certificate has been revoked";
  private static final String SELECTOR =
      "app.kubernetes.io/managed-by=certwright,app.kubernetes.io/component=revocation";
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long PAUSE_NANOS = 200_000_000;
  private static final long LOAD_PAUSE_NANOS = 2_000_000;

  private final Path folder = Places.newFolder("end-to-end");
  private final Path home = folder.resolve("home");
  private final ControlPlane controlPlane;
  private final ApiServer server;

  AdmissionPolicyIT(ControlPlane controlPlane) throws IOException {
    this.controlPlane = controlPlane;
    certwright("ca", "init").expectSuccess();
    server =
        controlPlane.newApiServer().withOwnObjects().withAuthorityIn(folder.resolve("pki")).start();
    Files.createDirectories(home);
    Files.writeString(
        home.resolve("outlets.yaml"),
        """
        apiVersion: certwright.dev/v1alpha1
        kind: RevocationOutlets
        outlets:
        - name: objects
          admissionPolicy:
            path: policy.yaml
            clusters: [{name: cluster, kubeconfig: %s}]
        """
            .formatted(server.administratorKubeconfig()));
    server
        .kubectl(
            "create",
            "clusterrolebinding",
            "admins",
            "--clusterrole=cluster-admin",
            "--group=admins")
        .expectSuccess();
    for (String out : List.of("first", "second")) {
      issue("jane", out, "admins");
    }
    issue("root", "masters", "system:masters", "--allow-system-masters");
  }

  @AfterAll
  void stop() {
    server.close();
  }

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

  private static Outcome create(Program kubectl) {
    return kubectl.run("create", "configmap", "a", "--dry-run=server", "-o", "name");
  }

  private static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + LIMIT_NANOS;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("a minute has passed").isLessThan(end);
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private static boolean isRefused(Program kubectl) {
    return create(kubectl).err().contains(REVOKED);
  }

  @Test
  @Order(1)
  void the_revoked_certificate_changes_nothing_any_more_reads_on_and_the_other_works() {
    Program first = kubectl("first", "jane");
    Program second = kubectl("second", "jane");
    create(first).expectSuccess();
    second.run("create", "configmap", "kept").expectSuccess();

    Outcome revoked = certwright("revoke", "first/jane/kubeconfig", "--yes").expect(0);

    assertThat(revoked.out()).contains("cluster: delivered").contains("leaves open: get, list");
    await(() -> isRefused(first));
    assertThat(create(first).expect(1).err()).contains("is forbidden").contains(REVOKED);
    assertThat(first.run("delete", "configmap", "kept").expect(1).err()).contains(REVOKED);
    assertThat(first.run("label", "configmap", "kept", "a=b").expect(1).err()).contains(REVOKED);
    first.run("get", "configmap", "kept").expectSuccess();
    create(second).expectSuccess();
  }

  @Test
  @Order(2)
  void neither_exec_nor_port_forward_nor_a_proxy_to_a_pod_is_open_to_it() {
    server.kubectl("create", "serviceaccount", "default");
    server
        .kubectlAs(server.administratorKubeconfig())
        .runWith(
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: web}
            spec: {containers: [{name: web, image: web}]}
            """,
            "create",
            "-f",
            "-")
        .expectSuccess();

    for (String what : List.of("exec?command=ls", "attach", "portforward", "proxy")) {
      String path = "/api/v1/namespaces/default/pods/web/" + what;
      assertThat(kubectl("first", "jane").run("create", "--raw", path, "-f", "/dev/null").err())
          .as(what)
          .contains(REVOKED);
      assertThat(kubectl("second", "jane").run("create", "--raw", path, "-f", "/dev/null").err())
          .as(what)
          .doesNotContain(REVOKED)
          .contains("(BadRequest)");
    }
  }

  @Test
  @Order(3)
  void even_a_member_of_system_masters_changes_nothing_any_more() {
    Program root = kubectl("masters", "root");
    create(root).expectSuccess();

    certwright("revoke", "masters/root/kubeconfig", "--yes").expect(1);

    await(() -> isRefused(root));
  }

  /** What is said to be left open is. */
  @Test
  @Order(7)
  void whoever_may_impersonate_changes_things_as_somebody_else_and_that_is_said() {
    Outcome published = certwright("revocations", "publish").expect(0);

    assertThat(published.out()).contains("leaves open: changes as somebody else");
    create(kubectl("first", "jane").withArguments("--as=joe", "--as-group=admins")).expectSuccess();
  }

  @Test
  @Order(4)
  void status_asks_the_cluster_and_publishing_puts_right_what_others_changed() {
    assertThat(certwright("revocations", "status").expect(0).out())
        .containsPattern("cluster +[0-9]+ +in force");
    server
        .kubectl(
            "patch",
            "validatingadmissionpolicybinding",
            "revoked-client-certificates.certwright.dev",
            "--type=merge",
            "-p",
            "{\"spec\":{\"validationActions\":[\"Audit\"]}}")
        .expectSuccess();

    assertThat(certwright("revocations", "status").expect(1).out())
        .containsPattern("cluster +[0-9]+ +not in force .* was changed");

    certwright("revocations", "publish").expect(0);
    certwright("revocations", "status").expect(0);
    await(() -> isRefused(kubectl("first", "jane")));
  }

  @Test
  @Order(5)
  void a_list_in_the_shorter_form_is_taken_and_what_it_no_longer_needs_is_removed()
      throws IOException {
    Revocations.record(home, 4_900);
    certwright("revocations", "publish").expect(0);
    assertThat(policies()).isEqualTo(2);
    assertThat(isRefused(kubectl("first", "jane"))).isTrue();
    create(kubectl("second", "jane")).expectSuccess();

    certwright("suspend", "second/jane/kubeconfig", "--yes").expect(0);
    await(() -> create(kubectl("second", "jane")).err().contains("is suspended"));
    assertThat(policies()).isEqualTo(3);
    certwright("resume", "second/jane/kubeconfig", "--yes").expect(0);

    await(() -> create(kubectl("second", "jane")).exitCode() == 0);
    assertThat(policies()).isEqualTo(2);
  }

  /** Its own file says nothing of it: what the cluster has does. */
  @Test
  @Order(8)
  void older_copy_of_the_ledger_on_another_machine_does_not_let_in_again_who_is_refused()
      throws IOException {
    Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
    Files.copy(home.resolve("outlets.yaml"), elsewhere.resolve("outlets.yaml"));
    Files.copy(home.resolve("ledger.jsonl"), elsewhere.resolve("ledger.jsonl"));
    certwright("revoke", "second/jane/kubeconfig", "--yes").expect(0);
    await(() -> isRefused(kubectl("second", "jane")));

    Outcome older =
        certwright(
            "revocations", "publish", "--outlets=elsewhere/outlets.yaml", "--ledger=elsewhere");

    assertThat(older.exitCode()).isEqualTo(3);
    assertThat(older.out())
        .contains("cluster: what the cluster has")
        .contains("a copy from before?");
    assertThat(isRefused(kubectl("second", "jane"))).isTrue();
    Files.copy(
        home.resolve("ledger.jsonl"),
        elsewhere.resolve("ledger.jsonl"),
        StandardCopyOption.REPLACE_EXISTING);
    certwright("revocations", "publish", "--outlets=elsewhere/outlets.yaml", "--ledger=elsewhere")
        .expect(0);
  }

  private int policies() {
    return server
            .kubectl("get", "validatingadmissionpolicies", "-l", SELECTOR, "-o", "name")
            .expectSuccess()
            .split("\n", -1)
            .length
        - 1;
  }

  @Test
  @Order(6)
  void lists_replaced_under_load_let_the_revoked_certificate_in_not_once() throws Exception {
    int replacements = Math.max(10, Integer.getInteger("replacements", 150) / 15);
    Path client = folder.resolve("first/jane");
    String id =
        AuthorityFiles.readCertificates(client.resolve("client.crt")).get(0).credentialId().value();
    // All of them before it, so that it stands in the last list, whose number grows and shrinks.
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 8_000; i++) {
      ids.add("X509SHA256=" + "0".repeat(56) + String.format("%08x", i));
    }
    List<Integer> sizes = List.of(4_000, 1, 8_000, 1_300, 2_699, 2_700);
    for (int size : sizes) {
      List<String> some = new ArrayList<>(ids.subList(0, size));
      some.add(id);
      Path other = Files.createDirectories(folder.resolve("home-" + size));
      Files.copy(home.resolve("outlets.yaml"), other.resolve("outlets.yaml"));
      Revocations.record(other, some);
    }
    AtomicBoolean over = new AtomicBoolean();
    AtomicInteger asked = new AtomicInteger();
    publish(1);
    await(() -> isRefused(kubectl("first", "jane")));
    FutureTask<String> load = new FutureTask<>(() -> load(client, over, asked));
    new Thread(load).start();

    for (int i = 0; i < replacements && !load.isDone(); i++) {
      publish(sizes.get(i % sizes.size()));
    }

    over.set(true);
    assertThat(load.get()).isEmpty();
    System.err.println(replacements + " replacements, " + asked + " answers, none wrong");
    assertThat(certwright("revocations", "publish").expect(3).out())
        .contains("what the cluster has: it is published from the ledger");
    certwright("revocations", "publish", "--allow-other-ledger").expect(0);
  }

  private void publish(int size) {
    certwright(
            "revocations",
            "publish",
            "--allow-other-ledger",
            "--ledger=home-" + size,
            "--outlets=home-" + size + "/outlets.yaml")
        .expectSuccess();
  }

  /** Asks until it is over; says what was wrong. */
  private String load(Path client, AtomicBoolean over, AtomicInteger asked) {
    String body = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"}}";
    // The client ends the head with a line, which here ends the body.
    String rest =
        "Content-Type: application/json\r\nContent-Length: "
            + (body.length() + 2)
            + "\r\n\r\n"
            + body;
    try (RawClient http = new RawClient(server.url(), server.pki().authorityFile(), client)) {
      while (!over.get()) {
        RawClient.Answer answer =
            http.send("POST", "/api/v1/namespaces/default/configmaps?dryRun=All", rest);
        if (answer.status() != 403 || !answer.body().contains(REVOKED)) {
          return "let in: " + answer;
        }
        asked.incrementAndGet();
        // As fast as it can, it would take the processor from what it is to meet.
        LockSupport.parkNanos(LOAD_PAUSE_NANOS);
      }
      return "";
    }
  }
}
