package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.x509.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A list is issued for again: whoever is let in is passed over, nobody else is. */
final class IssueAgainTest {
  private static final String LIST = "jane,devs\n";

  @TempDir Path folder;
  private Path clients;
  private Path jane;

  @BeforeEach
  void makeAuthorityAndIssue() {
    clients = folder.resolve("clients");
    jane = clients.resolve("jane");
    assertThat(run("", "ca", "init", "--ca", ca()).exitCode()).isZero();
  }

  private String ca() {
    return folder.resolve("pki").toString();
  }

  private Run run(String input, String... words) {
    return Run.withInput(
        input, Map.of("CERTWRIGHT_HOME", folder.resolve("home").toString()), words);
  }

  private Run issue(String list, String... words) {
    Stream<String> common =
        Stream.of(
            "issue", "--from", "-", "--ca", ca(), "--out", clients.toString(), "-s", "https://a:1");
    return run(list, Stream.concat(common, Stream.of(words)).toArray(String[]::new));
  }

  private void issueForJane(String... words) {
    Run first = issue(LIST, words);
    assertThat(first.exitCode()).as(first.err()).isZero();
  }

  /** The same is found before anything is signed, and by --dry-run. */
  private void assertFailsBecause(String reason) {
    for (Run again : new Run[] {issue(LIST), issue(LIST, "--dry-run"), issue(LIST, "-o", "json")}) {
      assertThat(again.exitCode()).as(again.out()).isEqualTo(ExitCode.NO);
      assertThat(again.err()).contains("line 1: ").contains(reason);
    }
    Run replaced = issue(LIST, "--force");
    assertThat(replaced.out()).as(replaced.err()).contains("1 made");
  }

  private Certificate certificate() {
    return AuthorityFiles.readCertificates(jane.resolve("client.crt")).get(0);
  }

  private long recorded() throws IOException {
    try (Stream<String> lines = Files.lines(folder.resolve("home/ledger.jsonl"))) {
      return lines.count();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--no-embed"})
  void whoeverIsLetInIsPassedOver(String option) throws IOException {
    String[] words = option.isEmpty() ? new String[0] : new String[] {option};
    issueForJane(words);

    for (Run again : new Run[] {issue(LIST), issue(LIST, "--no-ledger")}) {
      assertThat(again.exitCode()).as(again.err()).isZero();
      assertThat(again.out()).contains("0 made").contains("1 skipped");
    }
    assertThat(recorded()).isEqualTo(1);
  }

  @Test
  void certificateOfAnotherAuthorityOfTheSameNameIsToldOf() throws IOException {
    issueForJane();
    Files.move(folder.resolve("pki"), folder.resolve("old"));
    assertThat(run("", "ca", "init", "--ca", ca()).exitCode()).isZero();

    assertFailsBecause("there is a certificate that this CA did not sign; replace it with --force");
  }

  @Test
  void certificateThatSomebodySignedThemselvesIsToldOf() {
    issueForJane();
    Shell.run(
        jane,
        "openssl req -x509 -newkey rsa:2048 -nodes -subj /O=devs/CN=jane -days 2"
            .concat(" -keyout client.key -out client.crt")
            .split(" ", -1));

    assertFailsBecause("there is a certificate that this CA did not sign");
  }

  @ParameterizedTest
  @ValueSource(strings = {"revoke", "suspend"})
  void certificateThatIsTakenBackIsToldOf(String command) {
    issueForJane();
    Run taken =
        run("", command, jane.resolve("kubeconfig").toString(), "--yes", "--reason", "stolen");
    assertThat(taken.err()).doesNotContain("error");

    assertThat(issue(LIST, "--no-ledger").out()).contains("1 skipped");
    assertFailsBecause(
        "there is a certificate that was " + (command.equals("revoke") ? "revoked" : "suspended"));
  }

  @Test
  void userWhoIsTakenBackIsToldOfWithCertificatesThatTheLedgerDoesNotKnow() {
    issueForJane("--no-ledger");
    run("", "suspend", "--user", "jane", "--yes");

    assertFailsBecause("whatever certificate is shown, this user was suspended");
  }

  @Test
  void keyThatIsGoneIsToldOf() throws IOException {
    issueForJane();
    Files.delete(jane.resolve("client.key"));

    assertFailsBecause("client.key is missing there; replace it with --force");
  }

  @Test
  void keyThatIsGoneIsToldOfWhereTheKubeconfigNamesIt() throws IOException {
    issueForJane("--no-embed");
    Files.delete(jane.resolve("client.key"));

    assertFailsBecause("client.key is missing there");
  }

  @Test
  void keyOfAnotherIsToldOf() throws IOException {
    issueForJane();
    assertThat(issue("joe,devs\n").exitCode()).isZero();
    Files.copy(
        clients.resolve("joe/client.key"),
        jane.resolve("client.key"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertFailsBecause("client.key there does not belong to client.crt");
  }

  @Test
  void kubeconfigOfAnotherIsToldOf() throws IOException {
    issueForJane();
    assertThat(issue("joe,devs\n").exitCode()).isZero();
    Files.copy(
        clients.resolve("joe/kubeconfig"),
        jane.resolve("kubeconfig"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertFailsBecause("the kubeconfig there has another certificate than client.crt, or none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"garbage\n", "", "{}", "users: 1\n", "\u0000", "current-context: x\n"})
  void kubeconfigThatIsNoneIsToldOf(String text) throws IOException {
    issueForJane();
    Files.writeString(jane.resolve("kubeconfig"), text);

    assertFailsBecause("the kubeconfig there ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"client.key", "client.crt"})
  void damagedFileIsToldOf(String name) throws IOException {
    issueForJane();
    Files.writeString(jane.resolve(name), "garbage");

    assertFailsBecause("what is there cannot be used: ");
  }

  @Test
  void keyThatStaysWithItsOwnerIsNotMissed() {
    Shell.run(folder, "openssl", "ecparam", "-genkey", "-name", "prime256v1", "-out", "own.key");
    Shell.run(
        folder, "openssl req -new -key own.key -subj /O=devs/CN=jane -out own.csr".split(" ", -1));
    Run single =
        run(
            "",
            "issue",
            "jane",
            "devs",
            "--csr",
            folder.resolve("own.csr").toString(),
            "--ca",
            ca(),
            "--out",
            clients.toString(),
            "-s",
            "https://a:1");
    assertThat(single.exitCode()).as(single.err()).isZero();

    assertThat(issue(LIST).out()).contains("1 skipped");
  }

  @Test
  void whatIsReportedOfWhoIsPassedOverIsWhatLiesThere() {
    issueForJane();
    String list = "jane,devs,300d,rsa-2048\njoe,devs,300d,rsa-2048\n";
    String until = dev.certwright.cli.output.Times.human(certificate().validity().notAfter());

    assertThat(issue(list, "--dry-run").out())
        .containsPattern("jane .*until \\Q" + until + "\\E, as it lies there: skipped")
        .contains("1 would be made; nothing was (--dry-run), 1 skipped");
    String planned = issue(list, "--dry-run", "-o", "json").out();
    assertThat(planned)
        .contains(certificate().credentialId().value())
        .contains("\"made\": 0,")
        .contains("\"wouldBeMade\": 1,")
        .contains("\"skipped\": 1,");
    String made = issue(list, "-o", "json").out();
    assertThat(made.lines().filter(line -> line.contains("\"jane\"")).findFirst().orElseThrow())
        .contains("p-256")
        .doesNotContain("rsa-2048")
        .contains(dev.certwright.cli.output.Times.rfc3339(certificate().validity().notAfter()));
    assertThat(made).contains("rsa-2048").contains("\"made\": 1,").doesNotContain("wouldBeMade");
  }

  @Test
  void manyWhoAreTakenBackAreToldOfAlsoBehindTheFirstThatAreShown() {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      list.append("user").append(i).append(",devs\n");
    }
    assertThat(issue(list.toString()).exitCode()).isZero();
    run("", "revoke", clients.resolve("user29/client.crt").toString(), "--yes");

    Run again = issue(list.toString());

    assertThat(again.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(again.out()).contains("0 made").contains("29 skipped").contains("1 failed");
    assertThat(again.err()).contains("line 30: there is a certificate that was revoked");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nowhere/x", "jane"})
  void linkThatLeadsNowhereIsToldOfAndNothingIsRecorded(String target) throws IOException {
    assertThat(issue("joe,devs\n").exitCode()).isZero();
    Files.createSymbolicLink(jane, Path.of(target));
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      list.append("user").append(i).append(",devs\n");
    }

    Run run = issue(list + LIST);

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.err()).contains("line 31: the folder jane exists and holds no client");
    assertThat(recorded()).isEqualTo(31);
    assertThat(Files.isSymbolicLink(jane)).isTrue();
    assertThat(issue(LIST, "--force").out()).contains("1 made");
    assertThat(Files.isDirectory(jane, LinkOption.NOFOLLOW_LINKS)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"client-certificate", "client-key"})
  void kubeconfigWithANameThatNoFileCanHaveIsToldOfByAll(String field) throws IOException {
    issueForJane("--no-embed");
    Path kubeconfig = jane.resolve("kubeconfig");
    Files.delete(jane.resolve("client.key"));
    Files.writeString(
        kubeconfig,
        Files.readString(kubeconfig).replaceAll(field + ": .*", field + ": \"a\\\\0b\""));

    assertFailsBecause("names a file that cannot be");
  }

  @Test
  void nameThatNoFileCanHaveIsNoBugElsewhere() throws IOException {
    issueForJane("--no-embed");
    Path kubeconfig = jane.resolve("kubeconfig");
    Files.writeString(
        kubeconfig,
        Files.readString(kubeconfig)
            .replaceAll("client-certificate: .*", "client-certificate: \"a\\\\0b\""));

    Run verified = run("", "verify", kubeconfig.toString(), "--client-ca", ca() + "/ca.crt");
    assertThat(verified.exitCode()).as(verified.err()).isEqualTo(ExitCode.NO);
    Run asked =
        run(
            "",
            "can-i",
            "get",
            "pods",
            "-f",
            folder.toString(),
            "--as-cert",
            kubeconfig.toString());
    assertThat(asked.exitCode()).as(asked.err()).isEqualTo(ExitCode.USAGE);
    assertThat(asked.err()).contains("no file can have the name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\uFEFF", "# nobody\n"})
  void listOfNobodyIsPointedOut(String list) {
    assertThat(issue(list).err()).contains("the list names nobody");
    assertThat(issue(LIST).err()).doesNotContain("the list names nobody");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0661", "+5", "-5", "0x", "0x-1", "1 "})
  void serialInOtherThanPlainDigitsIsRefused(String serial) {
    Run run =
        run("", "issue", "joe", "--serial", serial, "--ca", ca(), "-s", "https://a:1", "--dry-run");
    assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("--serial: expected a number such as 4711 or 0x1a2b");
  }

  @Test
  void objectOverSeveralLinesIsToldOfWithoutTheParsersInternals() {
    Run run = issue("{\n\"user\": \"jane\"}\n");
    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.err()).contains("an object is one line").doesNotContain("start marker");
  }
}
