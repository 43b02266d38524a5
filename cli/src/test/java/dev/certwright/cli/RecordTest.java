package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.ledger.CertificateFacts;
import dev.certwright.ledger.Entry;
import dev.certwright.ledger.EntryReader;
import dev.certwright.ledger.Issued;
import dev.certwright.ledger.file.FileLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code issue} writes into the ledger. */
final class RecordTest {
  @TempDir Path folder;
  private Path home;

  @BeforeEach
  void makeAuthority() {
    home = folder.resolve("home");
    assertThat(Run.certwright("ca", "init", "--ca", folder + "/pki").exitCode()).isZero();
  }

  private Run issue(String... words) {
    return issue(Map.of("CERTWRIGHT_HOME", home.toString()), words);
  }

  private Run issue(Map<String, String> environment, String... words) {
    List<String> all = new ArrayList<>(List.of("issue"));
    all.addAll(Arrays.asList(words));
    all.addAll(
        List.of("--ca", folder + "/pki", "--out", folder + "/clients", "-s", "https://10.0.0.1"));
    return Run.withInput("", environment, all.toArray(String[]::new));
  }

  private FileLedger ledger() {
    return new FileLedger(home, "test", Clock.systemUTC(), FileLedger.PATIENCE);
  }

  private List<Issued> issued() {
    List<Issued> events = new ArrayList<>();
    EntryReader reader = new EntryReader();
    ledger().read(line -> events.add((Issued) reader.read(line).event()));
    return events;
  }

  private CertificateFacts factsOf(String user) {
    return CertificateFacts.of(
        AuthorityFiles.readCertificates(folder.resolve("clients/" + user + "/client.crt")).get(0));
  }

  @Test
  void issuedCertificateIsRecordedWithAllThatMatters() {
    Run run =
        issue(
            "jane",
            "devs",
            "--reason",
            "on call",
            "--allow-system-names",
            "--max-ttl",
            "2y",
            "--uid",
            "4711",
            "-o",
            "json");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("\"ledgerEntry\": 1");
    List<Entry> entries = new ArrayList<>();
    ledger().read(line -> entries.add(new EntryReader().read(line)));
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).actor()).contains("@");
    assertThat(entries.get(0).event())
        .isEqualTo(
            new Issued(
                factsOf("jane"),
                "10.0.0.1",
                "https://10.0.0.1",
                "on call",
                List.of("allow-system-names", "max-ttl"),
                ""));
    assertThat(factsOf("jane").user()).isEqualTo("jane");
    assertThat(factsOf("jane").groups()).containsExactly("devs");
    assertThat(factsOf("jane").uid()).isEqualTo("4711");
  }

  @Test
  void everyFlagThatLiftsAGuardRailIsRecorded() {
    Run run =
        issue(
            "system:j\u043Ee",
            "system:masters",
            "--serial=42",
            "--allow-look-alikes",
            "--allow-system-masters",
            "--allow-system-names",
            "--max-ttl=2y");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(issued().get(0).overrides())
        .containsExactly(
            "allow-system-names", "allow-system-masters", "allow-look-alikes", "max-ttl", "serial");
    assertThat(issued().get(0).certificate().serialNumber()).isEqualTo("42");
  }

  @Test
  void privateKeyIsNotInTheLedger() throws IOException {
    issue("jane", "devs");

    String key = Files.readString(folder.resolve("clients/jane/client.key"));
    assertThat(Files.readString(ledger().file()))
        .doesNotContain("PRIVATE KEY")
        .doesNotContain(key.lines().toList().get(1).substring(0, 40));
  }

  @Test
  void renewalNamesTheCertificateThatItFollows() {
    issue("jane", "devs");
    String first = factsOf("jane").credentialId();

    issue("jane", "devs", "--force");

    assertThat(issued().get(1).follows()).isEqualTo(first);
    assertThat(issued().get(0).follows()).isEmpty();
  }

  @Test
  void whatCannotBeRecordedIsNotIssued() throws IOException {
    Files.createFile(home);

    Run run = issue("jane", "devs");

    assertThat(run.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(run.err()).contains("nothing can be recorded in").contains("hint: ");
    assertThat(folder.resolve("clients/jane")).doesNotExist();
  }

  @Test
  void bulkThatCannotBeRecordedIsNotIssued() throws IOException {
    Files.createFile(home);
    Path people = Files.writeString(folder.resolve("people.csv"), "jane,devs\njoe,ops\n");

    Run run = issue("--from", people.toString());

    assertThat(run.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(folder.resolve("clients/jane")).doesNotExist();
    assertThat(folder.resolve("clients/joe")).doesNotExist();
  }

  @Test
  void nothingIsRecordedOfWhatIsNotIssued() throws IOException {
    Path people = Files.writeString(folder.resolve("people.csv"), "jane,devs\n");

    issue("system:masters");
    issue("jane", "devs", "--dry-run");
    issue("--from", people.toString(), "--dry-run");

    assertThat(home).doesNotExist();
  }

  @Test
  void withoutLedgerItIsSaidWhatThatCosts() {
    Run run = issue("jane", "devs", "--no-ledger");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("warning: not recorded (--no-ledger)");
    assertThat(folder.resolve("clients/jane/kubeconfig")).exists();
    assertThat(home).doesNotExist();
  }

  @Test
  void everybodyOfAListIsRecordedInItsOrderAndSkippedOnesAreNot() throws IOException {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < 1100; i++) {
      list.append("user").append(i).append(",devs\n");
    }
    Path people = Files.writeString(folder.resolve("people.csv"), list);

    Run run = issue("--from", people.toString(), "--reason", "new year");
    Run again = issue("--from", people.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(again.out()).contains("1100 skipped");
    List<Issued> issued = issued();
    assertThat(issued).hasSize(1100);
    assertThat(issued.get(1099).certificate()).isEqualTo(factsOf("user1099"));
    assertThat(issued.get(1099).reason()).isEqualTo("new year");
    assertThat(ledger().verify(null).isIntact()).isTrue();
  }

  @Test
  void tornEndIsToldAndPutAside() throws IOException {
    issue("jane", "devs");
    Files.writeString(ledger().file(), "{\"sequ", java.nio.file.StandardOpenOption.APPEND);

    Run run = issue("joe", "devs");

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("6 bytes of an entry that was never finished");
    assertThat(issued()).hasSize(2);
  }

  @Test
  void changedLastEntryStopsIssuing() throws IOException {
    issue("jane", "devs");
    String text = Files.readString(ledger().file());
    Files.writeString(ledger().file(), text.replace("jane", "june"));

    Run run = issue("joe", "devs");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.err()).contains("was changed").contains("ledger verify");
    assertThat(folder.resolve("clients/joe")).doesNotExist();
  }

  @Test
  void ledgerOptionWinsOverItsVariableAndThatOverTheHome() {
    Map<String, String> both =
        Map.of("CERTWRIGHT_HOME", home.toString(), "CERTWRIGHT_LEDGER", folder + "/variable");

    issue(both, "jane");
    issue(both, "joe", "--ledger", folder + "/option");

    assertThat(folder.resolve("variable/ledger.jsonl")).exists();
    assertThat(folder.resolve("option/ledger.jsonl")).exists();
    assertThat(home).doesNotExist();
  }

  @Test
  void stateFolderOfTheUserIsTheDefault() {
    issue(Map.of("CERTWRIGHT_HOME", "", "HOME", folder.toString()), "jane");
    issue(
        Map.of("CERTWRIGHT_HOME", "", "HOME", "/nowhere", "XDG_STATE_HOME", folder + "/state"),
        "joe");
    Run none = issue(Map.of("CERTWRIGHT_HOME", ""), "ann");

    assertThat(folder.resolve(".local/state/certwright/ledger.jsonl")).exists();
    assertThat(folder.resolve("state/certwright/ledger.jsonl")).exists();
    assertThat(none.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(none.err()).contains("CERTWRIGHT_HOME");
    assertThat(folder.resolve("clients/ann")).doesNotExist();
  }
}
