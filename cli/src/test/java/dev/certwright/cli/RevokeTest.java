package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.Restriction;
import dev.certwright.ledger.Target;
import dev.certwright.ledger.file.FileLedger;
import dev.certwright.x509.Certificate;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code revoke} takes for what, and what it records. */
final class RevokeTest extends TakingBack {
  private int idsInAuthorization() throws IOException {
    return authorization().split("'X509SHA256=", -1).length - 1;
  }

  @Test
  void revokedCertificateStandsInTheLedgerAndInTheFileAndTheOtherOfTheSamePersonDoesNot()
      throws IOException {
    Certificate first = issue("jane", "first");
    Certificate second = issue("jane", "second");
    setUp();

    Run revoked = run("revoke", folder + "/first/jane/client.crt", "--yes", "--reason", "stolen");

    assertThat(revoked.exitCode()).as(revoked.err()).isZero();
    assertThat(entries().get(7).event())
        .isEqualTo(
            new Restriction(
                EntryType.REVOKED,
                new Target(Target.Kind.CREDENTIAL, first.credentialId().value()),
                first.validity().notAfter().plusSeconds(3600),
                "stolen"));
    assertThat(authorization())
        .contains(first.credentialId().value())
        .doesNotContain(second.credentialId().value());
    assertThat(revoked.out())
        .contains("leaves open: members of system:masters")
        .contains("what else to do: look into the audit log")
        .contains("what else to do: delete what its user made meanwhile")
        .contains("certwright revoke --user jane");
    assertThat(run("revocations", "status", "--allow-unverified").exitCode()).isZero();
  }

  @Test
  void userMeansAllOfTheirCertificatesAndTheSameAgainChangesNothing() throws IOException {
    Certificate first = issue("jane", "first");
    Certificate second = issue("jane", "second");
    issue("joe", "first");
    setUp();

    Run revoked = run("revoke", "jane", "--yes");
    Run again = run("revoke", "jane", "--yes");

    assertThat(revoked.exitCode()).isZero();
    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("(2 already taken back or expired)");
    assertThat(entries()).hasSize(3 + 2 * ENCODINGS);
    assertThat(authorization())
        .contains(first.credentialId().value(), second.credentialId().value());
  }

  @Test
  void withoutOutletItIsRecordedAndSaidThatItIsInForceNowhere() {
    issue("jane", "first");

    Run revoked = run("revoke", "jane", "--yes");

    assertThat(revoked.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(revoked.out()).contains("nowhere: no outlet is set up");
    assertThat(revoked.err()).contains("revocations setup");
    assertThat(entries()).hasSize(1 + ENCODINGS);
  }

  @Test
  void certificateThatNobodyRecordedIsTakenIntoTheAccountAndRevoked() {
    Certificate leaked = issue("jane", "first", "--no-ledger");

    Run revoked = run("revoke", folder + "/first/jane/kubeconfig", "--yes", "-o", "json");

    assertThat(revoked.out()).contains("\"username\": \"jane\"");
    assertThat(entries())
        .extracting(entry -> entry.event().type())
        .containsExactly(
            EntryType.IMPORTED,
            EntryType.REVOKED,
            EntryType.REVOKED,
            EntryType.REVOKED,
            EntryType.REVOKED,
            EntryType.REVOKED,
            EntryType.REVOKED);
    assertThat(run("show", "jane").out()).contains(leaked.credentialId().value(), "revoked");
  }

  @Test
  void serialNumberAndIdFromAnAuditLogAreTaken() {
    Certificate jane = issue("jane", "first");
    String foreign = "X509SHA256=" + "0123456789abcdef".repeat(4);

    run("revoke", jane.serialNumber().toString(), "--yes");
    run("revoke", foreign, "--yes");

    assertThat(entries().subList(ENCODINGS, ENCODINGS + 2))
        .extracting(entry -> ((Restriction) entry.event()).target().value())
        .containsExactly(jane.credentialId().value(), foreign);
  }

  @Test
  void whatMayMeanTwoThingsOrNothingIsRefusedAndNothingRecorded() throws IOException {
    Certificate jane = issue("jane", "first");
    issue(jane.credentialId().value().substring(11, 23), "first");

    Run two = run("revoke", jane.credentialId().value().substring(11, 23), "--yes");
    Run nobody = run("revoke", "nobody", "--yes");
    Run authority = run("revoke", folder + "/pki/ca.crt", "--yes");
    Run unasked = run("revoke", "jane");
    Run system = run("revoke", "--user", "system:kube-scheduler", "--yes");
    Run nothing = run("revoke", "--yes");

    assertThat(two.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(two.err()).contains("may mean a user and a certificate");
    assertThat(nobody.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(authority.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(authority.err()).contains("--client-ca-file");
    assertThat(unasked.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(unasked.err()).contains("--yes");
    assertThat(system.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(nothing.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(entries()).hasSize(2);
  }

  @Test
  void dryRunRecordsNothingAndPublishesNothing() throws IOException {
    issue("jane", "first");
    setUp();
    String before = authorization();

    assertThat(run("revoke", "jane", "--dry-run").out()).contains("nothing was recorded");

    assertThat(entries()).hasSize(1);
    assertThat(authorization()).isEqualTo(before);
  }

  @Test
  void unreadableOutletsFileIsFoundBeforeAnythingIsRecorded() throws IOException {
    issue("jane", "first");
    Files.writeString(home.resolve("outlets.yaml"), "kind: Outlets\n");

    assertThat(run("revoke", "jane", "--yes").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(entries()).hasSize(1);
  }

  @Test
  void whatSeveralRevokeAtOnceIsAllInTheFile() throws Exception {
    List<Certificate> certificates = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      certificates.add(issue("user" + i, "many"));
    }
    setUp();
    List<Process> processes = new ArrayList<>();
    for (Certificate certificate : certificates) {
      ProcessBuilder builder =
          new ProcessBuilder(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-cp",
              System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
              "dev.certwright.cli.Main",
              "revoke",
              certificate.credentialId().value(),
              "--yes");
      builder.environment().put("CERTWRIGHT_HOME", home.toString());
      processes.add(
          builder.redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile()).start());
    }
    for (Process process : processes) {
      assertThat(process.waitFor()).as(Files.readString(folder.resolve("out"))).isZero();
    }

    for (Certificate certificate : certificates) {
      assertThat(authorization()).contains(certificate.credentialId().value());
    }
  }

  @Test
  void certificate_that_was_revoked_under_one_id_is_completed_by_revoking_it_again()
      throws IOException {
    Certificate jane = issue("jane", "first");
    Certificate joe = issue("joe", "first");
    setUp();
    revokeUnderOneId(EntryType.REVOKED, jane);
    revokeUnderOneId(EntryType.SUSPENDED, joe);
    Run before = run("revocations", "publish");
    assertThat(idsInAuthorization()).isEqualTo(2);
    assertThat(before.err()).contains("2 certificates", "revoke them again");

    Run revoked = run("revoke", "jane", "--yes", "--reason", "again");
    Run suspended = run("suspend", "joe", "--yes");
    Run after = run("revocations", "publish");

    assertThat(revoked.exitCode()).as(revoked.err()).isZero();
    assertThat(revoked.out()).contains("taken back already; now under 5 further ids");
    assertThat(suspended.out()).contains("5 further ids").doesNotContain("what else to do");
    assertThat(idsInAuthorization()).isEqualTo(2 * ENCODINGS);
    assertThat(entries()).hasSize(2 + 2 * ENCODINGS);
    assertThat(after.err()).isEmpty();
    assertThat(run("revoke", "jane", "--yes").out()).contains("already taken back");
    assertThat(run("resume", "joe", "--yes").exitCode()).isZero();
    assertThat(idsInAuthorization()).isEqualTo(ENCODINGS);
  }

  @Test
  void certificate_of_a_banned_person_is_revoked_itself_so_that_it_stays_so_when_they_come_back()
      throws IOException {
    Certificate jane = issue("jane", "first");
    setUp();
    run("revoke", "--user", "jane", "--yes");

    Run revoked = run("revoke", jane.credentialId().value(), "--yes");
    run("resume", "--user", "jane", "--yes");

    assertThat(revoked.exitCode()).as(revoked.err()).isZero();
    assertThat(authorization()).contains(jane.credentialId().value()).doesNotContain("'jane'");
    assertThat(idsInAuthorization()).isEqualTo(ENCODINGS);
  }

  @Test
  void member_of_system_masters_is_warned_of_each_time_and_by_whatever_name() throws IOException {
    issue("evil", "first", "system:masters", "--allow-system-masters");
    setUp();

    for (String[] words :
        new String[][] {
          {"revoke", "evil", "--dry-run"},
          {"revoke", "--user=evil", "--dry-run"},
          {"revoke", "evil", "--yes"},
          {"revoke", "evil", "--yes"},
          {"revoke", "--user=evil", "--yes"},
          {"revoke", "--user=evil", "--yes"},
          {"suspend", folder + "/first/evil/client.crt", "--dry-run"},
        }) {
      Run run = run(words);
      assertThat(run.exitCode()).as(String.join(" ", words)).isEqualTo(ExitCode.NO);
      assertThat(run.err()).as(String.join(" ", words)).contains("system:masters: no authorizer");
    }
    assertThat(run("resume", "--user=evil", "--yes").exitCode()).isZero();
  }

  @Test
  void empty_name_of_a_person_is_refused_and_is_nobodys() throws IOException {
    issue("jane", "first");
    setUp();
    String before = authorization();

    for (String option : List.of("--uid=", "--user=")) {
      Run revoked = run("revoke", option, "--yes");
      assertThat(revoked.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(revoked.err()).contains("is empty; nothing was recorded");
    }
    assertThat(run("revoke", "", "--yes").exitCode()).isEqualTo(ExitCode.NO);
    assertThat(entries()).hasSize(1);

    // Of a version that took it: who has no uid is not that person.
    new FileLedger(home, "test", Clock.systemUTC(), FileLedger.PATIENCE)
        .record(
            List.of(new Restriction(EntryType.REVOKED, new Target(Target.Kind.UID, ""), null, "")));
    assertThat(run("revocations", "publish").exitCode()).isZero();
    assertThat(authorization())
        .doesNotContain("request.uid")
        .hasSameSizeAs(
            before.replaceAll(
                "ledger ([0-9a-f]{12})", "ledger $1 up to entry 2 " + "0".repeat(64)));
  }

  @Test
  void name_that_the_locale_cannot_read_is_refused_in_place_of_another() throws Exception {
    issue("jane", "first");
    List<String> words =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "dev.certwright.cli.Main",
            "revoke",
            "--yes",
            "--user");
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "exec \"$@\" \"$(printf 'j\\303\\274rgen')\"", "sh"));
    command.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("CERTWRIGHT_HOME", home.toString());
    builder.environment().put("LC_ALL", "C");
    Path said = folder.resolve("said");

    Process process = builder.redirectErrorStream(true).redirectOutput(said.toFile()).start();

    assertThat(process.waitFor()).as(Files.readString(said)).isEqualTo(ExitCode.USAGE);
    assertThat(said).content().contains("this locale cannot read", "LC_ALL=C.UTF-8");
    assertThat(entries()).hasSize(1);
  }

  @Test
  void person_who_is_revoked_already_is_not_recorded_again_nor_suspended_in_place_of_it()
      throws IOException {
    issue("jane", "first");
    setUp();
    run("suspend", "--user=jane", "--yes");
    run("revoke", "--user=jane", "--yes");
    assertThat(entries()).hasSize(3);

    Run again = run("revoke", "--user=jane", "--yes");
    Run suspended = run("suspend", "--user=jane", "--yes");

    for (Run one : List.of(again, suspended)) {
      assertThat(one.exitCode()).as(one.err()).isZero();
      assertThat(one.out()).contains("nothing\n", "(1 already taken back or expired)");
    }
    assertThat(entries()).hasSize(3);
    assertThat(authorization()).contains("the access of this user has been revoked");
    assertThat(run("resume", "--user=jane", "--yes").exitCode()).isZero();
    assertThat(entries()).hasSize(4);
    assertThat(authorization()).doesNotContain("'jane'");
  }

  @Test
  void what_is_no_certificate_is_said_with_what_to_give() throws IOException {
    issue("jane", "first");
    Path client = folder.resolve("first/jane");
    Path lost = Files.createSymbolicLink(folder.resolve("lost"), Path.of("nowhere"));

    for (String name : List.of("client.key", "client.csr")) {
      assertThat(run("revoke", client.resolve(name).toString(), "--yes").err())
          .contains("holds no client certificate", "such as client.crt");
    }
    assertThat(run("revoke", client.toString(), "--yes").err())
        .contains("it is a folder; nothing was recorded", "such as client.crt or kubeconfig");
    assertThat(run("revoke", lost.toString(), "--yes").err())
        .contains("it is a link that leads nowhere");
    assertThat(run("revoke", "-", "--yes").err()).contains("standard input is not read");
    assertThat(entries()).hasSize(1);
  }

  @Test
  void with_json_it_shows_what_it_asks_about() {
    Certificate jane = issue("jane", "first");
    ByteArrayOutputStream asked = new ByteArrayOutputStream();
    PrintStream err = new PrintStream(asked, false, StandardCharsets.UTF_8);
    Console console =
        new Console(
            new ByteArrayInputStream("n\n".getBytes(StandardCharsets.UTF_8)),
            new PrintStream(new ByteArrayOutputStream(), false, StandardCharsets.UTF_8),
            err,
            Map.of("CERTWRIGHT_HOME", home.toString()),
            false,
            true);

    assertThat(Main.run(List.of("revoke", "jane", "-o", "json"), console)).isEqualTo(ExitCode.NO);

    err.flush();
    assertThat(asked.toString(StandardCharsets.UTF_8))
        .containsSubsequence(jane.credentialId().value(), "Do it?", "nothing was recorded");
    assertThat(entries()).hasSize(1);
  }
}
