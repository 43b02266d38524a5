package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.ledger.Entry;
import dev.certwright.ledger.EntryReader;
import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.Event;
import dev.certwright.ledger.Restriction;
import dev.certwright.ledger.Target;
import dev.certwright.ledger.file.FileLedger;
import dev.certwright.testing.OpenSsl;
import dev.certwright.x509.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Taking back, from the command to the outlets. */
final class RevokeTest {
  /** Of a certificate that an ECDSA key has signed: each is refused under an id of its own. */
  private static final int ENCODINGS = 6;

  @TempDir Path folder;
  private Path home;

  @BeforeEach
  void makeAuthority() {
    home = folder.resolve("home");
    assertThat(Run.certwright("ca", "init", "--ca", folder + "/pki").exitCode()).isZero();
  }

  private Run run(String... words) {
    return Run.withInput("", Map.of("CERTWRIGHT_HOME", home.toString()), words);
  }

  private Certificate issue(String user, String out, String... words) {
    List<String> all = new ArrayList<>(List.of("issue", user));
    all.addAll(Arrays.asList(words));
    all.addAll(
        List.of("--ca", folder + "/pki", "--out", folder + "/" + out, "-s", "https://10.0.0.1"));
    assertThat(run(all.toArray(String[]::new)).exitCode()).isZero();
    return AuthorityFiles.readCertificates(folder.resolve(out + "/" + user + "/client.crt")).get(0);
  }

  private List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    new FileLedger(home, "test", Clock.systemUTC(), FileLedger.PATIENCE)
        .read(line -> entries.add(new EntryReader().read(line)));
    return entries;
  }

  private void setUp() {
    Run setup =
        run("revocations", "setup", "--authorization-mode=Node,RBAC", "--yes", "--dir=" + folder);
    assertThat(setup.exitCode()).as(setup.err()).isZero();
  }

  private String authorization() throws IOException {
    return Files.readString(folder.resolve("authorization.yaml"));
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
  void revokedStaysRevokedAndSuspendedComesBack() throws IOException {
    Certificate first = issue("jane", "first");
    Certificate second = issue("jane", "second");
    setUp();

    run("revoke", folder + "/first/jane/client.crt", "--yes");
    run("suspend", folder + "/second/jane/client.crt", "--yes");
    assertThat(authorization()).contains("this client certificate is suspended");
    Run resumed = run("resume", "jane", "--yes");

    assertThat(resumed.exitCode()).isZero();
    assertThat(resumed.out()).contains("what is revoked or expired stays so");
    assertThat(authorization())
        .contains(first.credentialId().value())
        .doesNotContain(second.credentialId().value(), "suspended");
  }

  @Test
  void dryRunOfPublishingIsADiffAndTheFileCanBeMadeAnewByteForByte() throws IOException {
    Certificate jane = issue("jane", "first");
    setUp();
    String empty = authorization();
    run("revoke", "jane", "--yes");
    String published = authorization();
    Files.writeString(folder.resolve("authorization.yaml"), empty);

    Run diff = run("revocations", "publish", "--dry-run");
    Run status = run("revocations", "status");
    String json = run("revocations", "status", "-o", "json").out();
    run("revocations", "publish");
    assertThat(run("revocations", "status", "-o", "json").out())
        .containsPattern("\"state\": \"current\"(?s:.)*\"lagSeconds\": null");

    String added = "\\n\\+ +'X509SHA256=[0-9a-f]{64}'";
    assertThat(diff.out())
        .contains("\n+        '" + jane.credentialId().value() + "'")
        .containsPattern("(?<!')" + (added + ",").repeat(ENCODINGS - 1) + added + "\\]\\)\n");
    assertThat(status.exitCode()).isEqualTo(ExitCode.NO);
    // For so long the ledger has said something else.
    assertThat(status.out()).containsPattern("outdated +[0-9-]+ [0-9:]+ UTC +[0-9]+ s ");
    assertThat(json).containsPattern("\"state\": \"outdated\"(?s:.)*\"lagSeconds\": [0-9]+");
    assertThat(authorization()).isEqualTo(published);
    assertThat(folder.resolve("authorization.yaml.previous")).hasContent(empty);
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

  private void record(String user, Duration ago) {
    new FileLedger(
            home,
            "test",
            Clock.fixed(Instant.now().minus(ago), ZoneOffset.UTC),
            FileLedger.PATIENCE)
        .record(
            List.of(
                new Restriction(
                    EntryType.REVOKED, new Target(Target.Kind.USER, user), null, "gone")));
  }

  private long lagOf(String state) {
    Matcher found =
        Pattern.compile("\"state\": \"" + state + "\"[^}]*\"lagSeconds\": ([0-9]+)")
            .matcher(run("revocations", "status", "-o", "json").out());
    assertThat(found.find()).isTrue();
    return Long.parseLong(found.group(1));
  }

  @Test
  void revocationListRefusesTheOneCertificateForOpenssl() throws IOException {
    issue("jane", "first");
    issue("jane", "second");
    Files.writeString(
        home.resolve("outlets.yaml"),
        """
        apiVersion: certwright.dev/v1alpha1
        kind: RevocationOutlets
        outlets:
        - name: nginx
          revocationList: {path: ../ca.crl, caCert: ../pki/ca.crt, caKey: ../pki/ca.key}
        """);

    Run revoked = run("revoke", folder + "/first/jane/client.crt", "--yes");

    assertThat(revoked.exitCode()).as(revoked.err()).isZero();
    String verify = "verify -crl_check -CAfile pki/ca.crt -CRLfile ca.crl ";
    assertThat(OpenSsl.tryRun(folder, verify + "first/jane/client.crt").output())
        .contains("certificate revoked");
    assertThat(OpenSsl.run(folder, verify + "second/jane/client.crt")).contains("OK");
  }

  @Test
  void unreadableOutletsFileIsFoundBeforeAnythingIsRecorded() throws IOException {
    issue("jane", "first");
    Files.writeString(home.resolve("outlets.yaml"), "kind: Outlets\n");

    assertThat(run("revoke", "jane", "--yes").exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(entries()).hasSize(1);
  }

  @Test
  void setupChangesTheManifestOnceAndUndoPutsItBack() throws IOException {
    Path manifests = Files.createDirectory(folder.resolve("manifests"));
    String before =
        """
        kind: Pod
        spec:
          containers:
          - name: kube-apiserver
            image: registry.k8s.io/kube-apiserver:v1.32.0
            command:
            - kube-apiserver
            - --authorization-mode=Node,RBAC
        """;
    Path manifest = Files.writeString(manifests.resolve("kube-apiserver.yaml"), before);
    String[] words = {"revocations", "setup", "--manifest=" + manifest, "--dir=" + folder};

    Run shown = run(add(words, "--dry-run"));
    Run done = run(add(words, "--yes"));
    Run again = run(add(words, "--yes"));
    String changed = Files.readString(manifest);
    Run undone = run(add(words, "--undo", "--yes"));

    assertThat(shown.out()).contains("-    - --authorization-mode=Node,RBAC\n");
    assertThat(done.exitCode()).as(done.err()).isZero();
    assertThat(changed).contains("--authorization-config=" + folder + "/authorization.yaml");
    assertThat(authorization()).contains("revoked-client-certificates").contains("name: node");
    assertThat(again.out()).contains("nothing had to be done");
    assertThat(undone.exitCode()).as(undone.err()).isZero();
    assertThat(manifest).hasContent(before);
    // The kubelet would run whatever else lay there.
    assertThat(manifests.toFile().list()).containsExactly("kube-apiserver.yaml");
    Files.writeString(manifest, before.replace("v1.32.0", "v1.31.9"));
    Run old = run(add(words, "--yes"));
    assertThat(old.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(old.err()).contains("1.32 and newer do");
  }

  private static String[] add(String[] words, String... more) {
    List<String> all = new ArrayList<>(Arrays.asList(words));
    all.addAll(Arrays.asList(more));
    return all.toArray(String[]::new);
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
  void anotherLedgerDoesNotLetInAgainWhatThisOneTookBack() throws IOException {
    issue("jane", "first");
    setUp();
    run("revoke", "jane", "--yes");
    String published = authorization();

    Run other =
        run("revoke", "--user", "joe", "--yes", "--ledger", folder.resolve("other").toString());
    Run empty = run("revocations", "publish", "--ledger", folder.resolve("empty").toString());

    assertThat(other.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(other.out()).contains("it is published from the ledger");
    assertThat(empty.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(authorization()).isEqualTo(published);
  }

  /** As the first versions took back: under the one id that people know. */
  private void revokeUnderOneId(EntryType type, Certificate certificate) {
    new FileLedger(home, "test", Clock.systemUTC(), FileLedger.PATIENCE)
        .record(
            List.of(
                new Restriction(
                    type,
                    new Target(Target.Kind.CREDENTIAL, certificate.credentialId().value()),
                    certificate.validity().notAfter().plusSeconds(3600),
                    "early")));
  }

  private int idsInAuthorization() throws IOException {
    return authorization().split("'X509SHA256=", -1).length - 1;
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
  void more_than_two_hundred_thousand_are_refused_with_advice_and_the_list_before_stays()
      throws IOException {
    issue("jane", "first");
    setUp();
    run("revoke", "jane", "--yes");
    String before = authorization();
    List<Event> many = new ArrayList<>();
    for (int i = 0; i < 200_000; i++) {
      String id = "X509SHA256=" + "0".repeat(58) + String.format("%06x", i);
      many.add(
          new Restriction(EntryType.REVOKED, new Target(Target.Kind.CREDENTIAL, id), null, "many"));
    }
    new FileLedger(home, "test", Clock.systemUTC(), FileLedger.PATIENCE).record(many);

    Run published = run("revocations", "publish");
    Run revoked = run("revoke", "--user", "joe", "--yes");
    Run status = run("revocations", "status");

    for (Run run : List.of(published, revoked, status)) {
      assertThat(run.exitCode()).isIn(ExitCode.NO, ExitCode.USAGE, ExitCode.OUTSIDE);
      assertThat(run.err())
          .contains("are to be refused, and outlets carry 200000")
          .contains("issue a new client CA", "shorter lives");
    }
    assertThat(authorization()).isEqualTo(before);
  }

  /** Each waits for a file, which only another command of this test makes. */
  private void addRecipients(String... namesAndScripts) throws IOException {
    StringBuilder text = new StringBuilder("    recipients:\n");
    for (int i = 0; i < namesAndScripts.length; i += 2) {
      text.append("    - {name: ").append(namesAndScripts[i]).append(", command: [sh, -c, '");
      text.append(namesAndScripts[i + 1].replace("DIR", folder.toString())).append("']}\n");
    }
    Files.writeString(
        home.resolve("outlets.yaml"), Files.readString(home.resolve("outlets.yaml")) + text);
  }

  @Test
  void recipient_that_waits_does_not_keep_the_others_waiting_and_all_are_told_in_order()
      throws IOException {
    Certificate jane = issue("jane", "first");
    setUp();
    addRecipients(
        "slow", "while [ ! -e DIR/fast ]; do sleep 0.05; done; cat >DIR/slow",
        "broken", "exit 7",
        "fast", "cat >DIR/new && mv DIR/new DIR/fast");

    Run revoked = run("revoke", "jane", "--yes");

    assertThat(revoked.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(revoked.out())
        .contains("    slow: delivered\n    broken: sh ended with 7\n    fast: delivered\n");
    assertThat(folder.resolve("slow")).content().contains(jane.credentialId().value());
  }

  private Process start(String... words) throws IOException {
    List<String> all =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "dev.certwright.cli.Main"));
    all.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(all);
    builder.environment().put("CERTWRIGHT_HOME", home.toString());
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("started").toFile())
        .start();
  }

  @Test
  void process_that_waits_for_a_recipient_does_not_keep_another_process_from_the_others()
      throws Exception {
    issue("jane", "first");
    Certificate joe = issue("joe", "first");
    setUp();
    addRecipients(
        "slow",
            "touch DIR/begun; cat >DIR/got; while [ ! -e DIR/go ]; do sleep 0.05; done; mv DIR/got DIR/slow",
        "fast", "cat >DIR/fast");

    Process first = start("revoke", "jane", "--yes");
    while (!Files.exists(folder.resolve("begun"))) {
      assertThat(first.isAlive()).as(Files.readString(folder.resolve("started"))).isTrue();
      Thread.onSpinWait();
    }
    Process second = start("revoke", "joe", "--yes");
    Path fast = folder.resolve("fast");
    while (!Files.exists(fast) || !Files.readString(fast).contains(joe.credentialId().value())) {
      assertThat(second.isAlive()).as(Files.readString(folder.resolve("started"))).isTrue();
      Thread.onSpinWait();
    }
    Files.createFile(folder.resolve("go"));

    assertThat(first.waitFor()).isZero();
    assertThat(second.waitFor()).isZero();
    // What is older did not come last.
    assertThat(folder.resolve("slow")).hasContent(authorization());
    assertThat(fast).hasContent(authorization());
  }

  private void copyLedger(String to) throws IOException {
    Files.createDirectories(folder.resolve(to));
    Files.copy(home.resolve("ledger.jsonl"), folder.resolve(to + "/ledger.jsonl"));
  }

  private String[] publish(String ledger, String... more) {
    return add(
        new String[] {"revocations", "publish", "--ledger", folder.resolve(ledger).toString()},
        more);
  }

  @Test
  void older_copy_of_the_ledger_does_not_let_in_again_whom_it_does_not_know_to_be_revoked()
      throws IOException {
    Certificate jane = issue("jane", "first");
    issue("joe", "first");
    setUp();
    run("revoke", "joe", "--yes");
    copyLedger("copy");
    run("revoke", "jane", "--yes");
    String published = authorization();

    Run older = run(publish("copy"));
    Run shown = run(publish("copy", "--dry-run"));
    Run status = run("revocations", "status", "--ledger", folder.resolve("copy").toString());
    // As long as the other one by now, and longer.
    Run grown =
        run("revoke", "--user", "ann", "--yes", "--ledger", folder.resolve("copy").toString());
    for (String one : List.of("a", "b", "c", "d", "e", "f", "g")) {
      grown = run("revoke", "--user", one, "--yes", "--ledger", folder.resolve("copy").toString());
    }

    assertThat(older.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(older.out()).contains("up to entry 14, and this one reaches to entry 8");
    assertThat(older.err()).contains("--allow-other-ledger");
    assertThat(shown.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(status.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(status.out()).contains("this one reaches to entry 8");
    assertThat(grown.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(grown.out()).contains("with another entry 14");
    assertThat(authorization()).isEqualTo(published);

    Run asked = run(publish("copy", "--allow-other-ledger", "--dry-run"));
    assertThat(asked.exitCode()).as(asked.err()).isZero();
    assertThat(asked.out()).contains("-        '" + jane.credentialId().value() + "'");
    assertThat(authorization()).isEqualTo(published);
    Run allowed = run(publish("copy", "--allow-other-ledger"));
    assertThat(allowed.exitCode()).as(allowed.err()).isZero();
    assertThat(authorization()).doesNotContain(jane.credentialId().value()).contains("'ann'");
    // And now it is this one that does not know what the other one took back.
    assertThat(run("revocations", "publish").exitCode()).isEqualTo(ExitCode.OUTSIDE);
  }

  @Test
  void what_takes_nothing_back_changes_no_file_and_a_restored_ledger_gives_the_same_bytes()
      throws IOException {
    issue("jane", "first");
    setUp();
    run("revoke", "jane", "--yes");
    String published = authorization();

    issue("joe", "first");
    assertThat(run("revocations", "publish").exitCode()).isZero();
    assertThat(authorization()).isEqualTo(published);

    Path export = folder.resolve("export.jsonl");
    Files.writeString(export, run("ledger", "export").out());
    run("ledger", "restore", export.toString(), "--ledger", folder.resolve("restored").toString());
    Files.writeString(
        folder.resolve("authorization.yaml"),
        published.replaceAll("\n *'X509SHA256=[0-9a-f]{64}'", "").replaceAll("ledger .*,", ""));
    Run rebuilt = run(publish("restored"));
    assertThat(rebuilt.exitCode()).as(rebuilt.err()).isZero();
    assertThat(authorization()).isEqualTo(published);
  }

  @Test
  void file_of_a_version_that_did_not_say_how_far_its_ledger_reached_is_published_to()
      throws IOException {
    issue("jane", "first");
    setUp();
    run("revoke", "jane", "--yes");
    String published = authorization();
    Files.writeString(
        folder.resolve("authorization.yaml"), published.replaceAll(" up to entry [^,]*,", ","));

    Run again = run("revocations", "publish");

    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(authorization()).isEqualTo(published).contains(" up to entry 7 ");
  }

  @Test
  void revocation_list_is_not_replaced_from_an_older_copy() throws IOException {
    issue("jane", "first");
    run("revoke", "--user", "joe", "--yes");
    copyLedger("copy");
    Files.writeString(
        home.resolve("outlets.yaml"),
        """
        apiVersion: certwright.dev/v1alpha1
        kind: RevocationOutlets
        outlets:
        - name: nginx
          revocationList: {path: ../ca.crl, caCert: ../pki/ca.crt, caKey: ../pki/ca.key}
        """);
    run("revoke", "jane", "--yes");
    byte[] published = Files.readAllBytes(folder.resolve("ca.crl"));
    assertThat(run("revocations", "status").out()).containsPattern("nginx .* current ");

    Run older = run(publish("copy"));

    assertThat(older.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(older.out()).contains("a copy from before?");
    assertThat(folder.resolve("ca.crl")).hasBinaryContent(published);
    run("revoke", "--user", "ann", "--yes", "--outlets", folder + "/none.yaml");
    Run behind = run("revocations", "status");
    assertThat(behind.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(behind.out()).containsPattern("nginx .* outdated ");
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
  void canaryIsRevokedBeforeItsFileIsThereAndPublished() throws IOException {
    setUp();

    Run made = run("revocations", "canary", "--ca", folder + "/pki");

    assertThat(made.exitCode()).as(made.err()).isZero();
    Path file = home.resolve("canary.kubeconfig");
    String id = Files.readString(file).lines().findFirst().orElse("").substring(13);
    assertThat(authorization()).contains(id);
    assertThat(entries()).hasSize(2);
    assertThat(entries().get(1).event())
        .isInstanceOfSatisfying(
            Restriction.class,
            restriction -> assertThat(restriction.target().value()).isEqualTo(id));
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    assertThat(run("list", "--all").out()).contains("certwright-canary");
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
  void resume_that_gives_nothing_again_says_so_and_names_what_would() {
    issue("jane", "first");
    setUp();
    run("suspend", "--user=jane", "--yes");

    Run certificates = run("resume", "jane", "--yes");
    Run person = run("resume", "--user=jane", "--yes");
    Run twice = run("resume", "--user=jane", "--yes");
    run("revoke", "jane", "--yes");
    Run revoked = run("resume", "jane", "--yes");

    assertThat(certificates.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(certificates.err()).contains("nothing was resumed", "certwright resume --user jane");
    assertThat(person.exitCode()).as(person.err()).isZero();
    assertThat(twice.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(revoked.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(revoked.err()).contains("nothing was resumed").doesNotContain("--user");
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
}
