package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.ledger.EntryType;
import dev.certwright.x509.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code revocations status}: honest about what nobody knows. */
final class RevocationsStatusTest extends TakingBack {
  private long lagOf(String state) {
    Matcher found =
        Pattern.compile("\"state\": \"" + state + "\"[^}]*\"lagSeconds\": ([0-9]+)")
            .matcher(run("revocations", "status", "-o", "json").out());
    assertThat(found.find()).isTrue();
    return Long.parseLong(found.group(1));
  }

  @Test
  void lagIsTheAgeOfTheFirstThatIsLackingAndOfAllWhereTheFileIsGone() throws IOException {
    setUp();
    record("a", Duration.ofHours(2));
    run("revocations", "publish");
    record("b", Duration.ofHours(1));
    record("c", Duration.ofMinutes(1));

    assertThat(lagOf("outdated")).isBetween(3600L, 3900L);
    Files.delete(folder.resolve("authorization.yaml"));
    assertThat(lagOf("missing")).isBetween(7200L, 7500L);
  }

  @Test
  void status_says_how_many_certificates_are_refused_under_some_of_their_ids_alone()
      throws IOException {
    issue("jane", "first");
    Certificate joe = issue("joe", "first");
    setUp();
    run("revoke", "jane", "--yes");
    assertThat(run("revocations", "status", "--allow-unverified").exitCode()).isZero();
    revokeUnderOneId(EntryType.REVOKED, joe);
    run("revocations", "publish");

    Run status = run("revocations", "status", "--allow-unverified");
    Run json = run("revocations", "status", "--allow-unverified", "-o", "json");

    assertThat(status.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(status.out())
        .containsPattern("ledger +" + home + "/ledger.jsonl +7 +incomplete .*1 certificate")
        .contains(joe.credentialId().value());
    assertThat(json.out()).contains("\"state\": \"incomplete\"");
    run("revoke", "joe", "--yes");
    assertThat(run("revocations", "status", "--allow-unverified").exitCode()).isZero();
  }

  @Test
  void status_does_not_say_that_all_is_well_where_no_api_server_is_asked() throws IOException {
    issue("jane", "first");
    setUp();
    run("revoke", "jane", "--yes");

    Run status = run("revocations", "status");
    Run wanted = run("revocations", "status", "--allow-unverified");

    assertThat(status.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(status.out())
        .containsPattern("control-plane +" + folder + "/authorization.yaml +6 +current")
        .containsPattern("control-plane +API server +6 +unverified .*apiServers");
    assertThat(wanted.exitCode()).isZero();
    assertThat(wanted.out()).contains("unverified");
    assertThat(run("revocations", "publish", "-o", "json").out()).contains("\"verified\": false");
  }

  @Test
  void serverThatFollowsTheLedgerIsAnOutletToo() throws IOException {
    issue("jane", "first");
    Files.writeString(
        home.resolve("outlets.yaml"),
        "apiVersion: certwright.dev/v1alpha1\nkind: RevocationOutlets\nservers:\n- name: front\n");

    Run revoked = run("revoke", "jane", "--yes");

    assertThat(revoked.exitCode()).as(revoked.err()).isZero();
    assertThat(revoked.out())
        .contains("front (certwright serve): follows the ledger by itself; not asked");
    assertThat(run("revocations", "status").out())
        .containsPattern("front +certwright serve +6 +unverified .*follows the ledger");
  }

  @Test
  void recipient_whose_api_server_nobody_asks_is_unverified() throws IOException {
    issue("jane", "first");
    setUp();
    addRecipients("cp-2", "cat >DIR/cp-2", "cp-3", "cat >DIR/cp-3");
    Files.writeString(
        home.resolve("outlets.yaml"),
        Files.readString(home.resolve("outlets.yaml"))
            + "    apiServers:\n    - {name: cp-3, server: 'https://127.0.0.1:1', kubeconfig: none}\n");
    run("revoke", "jane", "--yes");

    Run status = run("revocations", "status");

    assertThat(status.out())
        .containsPattern("control-plane +cp-2 +6 +unverified .*none of apiServers is named so")
        .containsPattern("control-plane +cp-3 +6 +not in force")
        .doesNotContainPattern("cp-3 .*unverified");
  }

  @Test
  void lost_file_names_the_way_back_and_its_api_servers_are_asked_all_the_same()
      throws IOException {
    issue("jane", "first");
    setUp();
    Files.writeString(
        home.resolve("outlets.yaml"),
        Files.readString(home.resolve("outlets.yaml"))
            + "    apiServers:\n    - {name: cp-1, server: 'https://127.0.0.1:1', kubeconfig: none}\n");
    run("revoke", "jane", "--yes");
    Path file = folder.resolve("authorization.yaml");
    Files.writeString(file, "kind: [");
    Run broken = run("revocations", "status");
    Files.delete(file);

    Run status = run("revocations", "status");
    Run published = run("revocations", "publish");

    for (Run one : List.of(broken, status)) {
      assertThat(one.exitCode()).isEqualTo(ExitCode.OUTSIDE);
      assertThat(one.out())
          .contains("the one before is " + file + ".previous")
          .containsPattern("cp-1 +6 +not in force .*cannot be asked");
    }
    assertThat(broken.out()).contains(" unusable ");
    assertThat(status.out()).contains(" missing ");
    assertThat(published.err()).contains("put the one before in its place, " + file + ".previous");
  }

  @Test
  void clusters_are_asked_also_while_the_file_of_their_policies_is_missing() throws IOException {
    issue("jane", "first");
    Files.writeString(
        home.resolve("outlets.yaml"),
        """
        apiVersion: certwright.dev/v1alpha1
        kind: RevocationOutlets
        outlets:
        - name: objects
          admissionPolicy:
            path: policy.yaml
            clusters: [{name: prod, kubeconfig: none}]
            recipients: [{name: git, command: [cat]}]
        """);

    Run status = run("revocations", "status");

    assertThat(status.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(status.out())
        .containsPattern("objects +" + home + "/policy.yaml +0 +missing")
        .containsPattern("objects +prod +0 +not in force .*cannot be asked")
        .containsPattern("objects +git +0 +unverified .*nobody can be asked");
  }
}
