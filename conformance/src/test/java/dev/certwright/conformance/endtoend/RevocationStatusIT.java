package dev.certwright.conformance.endtoend;

import static dev.certwright.conformance.endtoend.RevocationCluster.REVOKED;
import static dev.certwright.conformance.endtoend.RevocationCluster.await;
import static dev.certwright.conformance.endtoend.RevocationCluster.get;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is known of API servers, and how. */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RevocationStatusIT {
  private final RevocationCluster cluster;

  RevocationStatusIT(ControlPlane controlPlane) {
    cluster = new RevocationCluster(controlPlane);
  }

  @AfterAll
  void stop() {
    cluster.close();
  }

  /** Kubernetes before 1.34 does not say which file it has loaded. */
  private String proof() {
    return cluster.server.minorVersion() >= 34 ? "in force" : "reloaded";
  }

  @Test
  @Order(1)
  void without_a_canary_a_server_tells_by_its_hash_and_an_old_one_by_when_it_read_its_file() {
    cluster.issue("brancz", "first", "admins");

    Outcome revoked = cluster.certwright("revoke", "first/brancz/kubeconfig", "--yes").expect(0);

    assertThat(revoked.out()).contains("first: " + proof());
    assertThat(get(cluster.kubectl("first", "brancz")).expect(1).err()).contains(REVOKED);
    assertThat(cluster.certwright("revocations", "status").expect(0).out())
        .containsPattern("first +[0-9]+ +" + proof());
  }

  @Test
  @Order(2)
  void status_says_that_it_is_in_force_and_publishing_again_changes_nothing() throws IOException {
    byte[] before = Files.readAllBytes(cluster.authorization);

    Outcome status = cluster.certwright("revocations", "status").expect(0);
    cluster.certwright("revocations", "publish").expect(0);

    assertThat(status.out()).contains("current").contains(proof()).doesNotContain("not in force");
    assertThat(Files.readAllBytes(cluster.authorization)).isEqualTo(before);
    assertThat(cluster.certwright("revocations", "publish", "--dry-run").expectSuccess()).isEmpty();
  }

  @Test
  @Order(3)
  void a_server_that_hides_its_metrics_is_judged_by_the_canary() {
    cluster.issue("auditor", "blind");
    cluster.addApiServer("blind", cluster.folder.resolve("blind/auditor/kubeconfig"), "");
    assertThat(cluster.certwright("revocations", "status").expect(3).out())
        .containsPattern("blind +[0-9]+ +not in force .*cannot be asked");

    cluster.certwright("revocations", "canary", "--ca=pki").expect(0);
    await(() -> cluster.certwright("revocations", "status").exitCode() == 0);
    assertThat(cluster.certwright("revocations", "status").out())
        .containsPattern("blind +[0-9]+ +in force .*refuses the canary by this list");

    cluster.issue("tom", "more", "admins");
    assertThat(cluster.certwright("revoke", "more/tom/kubeconfig", "--yes").expect(0).out())
        .contains("blind: in force");
    assertThat(cluster.certwright("revocations", "status").expect(0).out())
        .containsPattern("blind +[0-9]+ +in force .*refuses the canary by this list");
  }

  @Test
  @Order(4)
  @Tag("endurance")
  void a_server_that_reads_another_file_is_not_taken_for_one_that_has_this_one()
      throws IOException {
    Path other = Files.createDirectories(cluster.folder.resolve("other"));
    Files.copy(cluster.authorization, other.resolve("authorization.yaml"));
    Files.copy(cluster.home.resolve("canary.kubeconfig"), other.resolve("canary.kubeconfig"));
    Files.writeString(
        other.resolve("outlets.yaml"),
        Files.readString(cluster.home.resolve("outlets.yaml"))
            .replace(cluster.authorization.toString(), other + "/authorization.yaml"));
    cluster.issue("eve", "more", "admins");
    String[] outlets = {"--outlets", other + "/outlets.yaml"};

    Outcome revoked =
        cluster
            .certwright("revoke", "more/eve/kubeconfig", "--yes", outlets[0], outlets[1])
            .expect(3);
    Outcome status = cluster.certwright("revocations", "status", outlets[0], outlets[1]).expect(1);

    assertThat(revoked.out()).containsPattern("blind: refuses the canary by another list");
    assertThat(status.out())
        .containsPattern("first +[0-9]+ +not in force .* another (file|list)")
        .containsPattern("blind +[0-9]+ +not in force .* another list");
    get(cluster.kubectl("more", "eve")).expectSuccess();
    cluster.certwright("revocations", "publish").expect(0);
  }

  @Test
  @Order(5)
  void of_two_api_servers_the_unreachable_one_is_named_and_the_other_is_in_force() {
    cluster.addApiServer("second", cluster.server.administratorKubeconfig(), "https://127.0.0.1:1");

    Outcome status = cluster.certwright("revocations", "status").expect(3);

    assertThat(status.out()).containsPattern("first +[0-9]+ +in force");
    assertThat(status.out()).containsPattern("second +[0-9]+ +not in force .*cannot be asked");
  }
}
