package dev.certwright.conformance.endtoend;

import static dev.certwright.conformance.endtoend.RevocationCluster.REVOKED;
import static dev.certwright.conformance.endtoend.RevocationCluster.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
  private final RevocationCluster cluster;

  RevocationIT(ControlPlane controlPlane) {
    cluster = new RevocationCluster(controlPlane, "--ca=pki");
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  @Test
  @Order(1)
  void of_two_certificates_of_one_person_the_revoked_one_is_refused_and_the_other_works() {
    cluster.issue("brancz", "first", "admins");
    cluster.issue("brancz", "second", "admins");
    get(cluster.kubectl("first", "brancz")).expectSuccess();
    get(cluster.kubectl("second", "brancz")).expectSuccess();

    Outcome revoked =
        cluster
            .certwright("revoke", "first/brancz/kubeconfig", "--yes", "--reason", "laptop stolen")
            .expect(0);

    // The command waited until the API server had told that it has loaded the file.
    assertThat(revoked.out())
        .contains("of brancz, valid until")
        .contains("first: in force")
        .contains("leaves open: members of system:masters");
    assertThat(get(cluster.kubectl("first", "brancz")).expect(1).err()).contains(REVOKED);
    get(cluster.kubectl("second", "brancz")).expectSuccess();
  }

  @Test
  @Order(2)
  void the_revoked_certificate_written_in_other_bytes_is_refused_as_well() throws IOException {
    // Another's shows that an API server takes all of them, each under its own id.
    for (Program each : encodings("second")) {
      get(each).expectSuccess();
    }
    for (Program each : encodings("first")) {
      assertThat(get(each).expect(1).err()).contains(REVOKED);
    }
  }

  private List<Program> encodings(String folder) throws IOException {
    List<Program> programs = new ArrayList<>();
    for (Path file : Encodings.kubeconfigs(cluster.folder.resolve(folder + "/brancz"))) {
      programs.add(cluster.server.kubectlAs(file));
    }
    assertThat(programs).hasSize(6);
    return programs;
  }

  @Test
  @Order(2)
  void the_revoked_certificate_can_neither_act_as_somebody_else_nor_ask_what_it_may() {
    Program revoked = cluster.kubectl("first", "brancz");

    // brancz may do everything; before 1.37 the impersonation filter does not pass the words on.
    assertThat(revoked.run("get", "pods", "--as=jane").expect(1).err())
        .containsAnyOf(REVOKED, "User \"brancz\" cannot impersonate resource \"users\"");
    assertThat(revoked.run("auth", "can-i", "get", "pods").exitCode()).isEqualTo(1);
    assertThat(revoked.run("get", "--raw", "/version").expect(1).err()).contains(REVOKED);
  }

  @Test
  @Order(3)
  void a_renewed_certificate_does_not_bring_the_old_one_back() {
    Path old = cluster.folder.resolve("first/brancz/kubeconfig");
    Program before = cluster.server.kubectlAs(copy(old, "old.kubeconfig"));

    cluster.issue("brancz", "first", "admins", "--force");

    get(cluster.kubectl("first", "brancz")).expectSuccess();
    assertThat(get(before).expect(1).err()).contains(REVOKED);
  }

  private Path copy(Path file, String name) {
    try {
      return Files.copy(file, cluster.folder.resolve(name));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  @Order(4)
  void suspended_certificate_works_again_after_resume() {
    cluster.certwright("suspend", "second/brancz/kubeconfig", "--yes").expect(0);
    assertThat(get(cluster.kubectl("second", "brancz")).expect(1).err())
        .contains("this client certificate is suspended");

    cluster.certwright("resume", "second/brancz/kubeconfig", "--yes").expect(0);

    get(cluster.kubectl("second", "brancz")).expectSuccess();
  }

  @Test
  @Order(5)
  void banned_person_is_refused_with_certificates_that_nobody_recorded_until_let_in_again() {
    cluster.issue("jane", "secret", "admins", "--no-ledger");
    get(cluster.kubectl("secret", "jane")).expectSuccess();

    cluster.certwright("revoke", "--user", "jane", "--yes").expect(0);
    assertThat(get(cluster.kubectl("secret", "jane")).expect(1).err())
        .contains("the access of this user has been revoked");
    assertThat(
            cluster
                .kubectl("second", "brancz")
                .run("get", "namespaces", "--as=jane")
                .expect(1)
                .err())
        .contains("the access of this user has been revoked");

    cluster.certwright("resume", "--user", "jane", "--yes").expect(0);
    get(cluster.kubectl("secret", "jane")).expectSuccess();
  }

  /** Through a terminal, as people do it. */
  @Test
  @Order(6)
  void on_a_terminal_it_asks_and_does_what_is_answered() {
    cluster.issue("tom", "asked", "admins");
    String what = "asked/tom/kubeconfig";

    Outcome no = cluster.onTerminal("n\n", "revoke", what);
    Outcome nothing = cluster.onTerminal("\n", "revoke", what);
    get(cluster.kubectl("asked", "tom")).expectSuccess();
    Outcome yes = cluster.onTerminal("y\n", "revoke", what);

    assertThat(no.expect(1).out()).contains("Do it?", "nothing was recorded");
    assertThat(nothing.expect(1).out()).contains("nothing was recorded");
    assertThat(yes.expect(0).out()).contains("Do it?", "recorded as entry", "first: in force");
    assertThat(get(cluster.kubectl("asked", "tom")).expect(1).err()).contains(REVOKED);
  }

  @Test
  @Order(7)
  void of_system_masters_it_is_said_before_anything_is_written_that_it_is_out_of_reach() {
    cluster.issue("root", "masters", "system:masters", "--allow-system-masters");
    String what = "masters/root/kubeconfig";

    Outcome asked = cluster.certwright("revoke", what, "--dry-run").expect(1);
    Outcome revoked = cluster.certwright("revoke", what, "--yes").expect(1);

    assertThat(asked.err())
        .contains("is in system:masters")
        .contains("only a new client CA ends it");
    assertThat(revoked.err()).contains("stays in force until it expires");
    get(cluster.kubectl("masters", "root")).expectSuccess();
  }
}
