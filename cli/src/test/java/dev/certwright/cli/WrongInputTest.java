package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Another file, number or setting than is meant, and files that others may read. */
final class WrongInputTest {
  @TempDir Path folder;
  private final Map<String, String> environment = new HashMap<>();

  @BeforeEach
  void makeAuthority() {
    environment.put("CERTWRIGHT_HOME", folder.resolve("home").toString());
    environment.put("CERTWRIGHT_CA", folder.resolve("pki").toString());
    environment.put("CERTWRIGHT_OUT", folder.resolve("clients").toString());
    environment.put("CERTWRIGHT_SERVER", "https://a:1");
    assertThat(run("", "ca", "init").exitCode()).isZero();
  }

  private Run run(String input, String... words) {
    return Run.withInput(input, environment, words);
  }

  private void others(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  @ParameterizedTest
  @CsvSource({
    "'[\n{\"user\":\"jane\"}\n]\n', a JSON array",
    "'\n# people\n[{\"user\":\"jane\"}]\n', a JSON array",
    "'apiVersion: v1\nkind: Config\nusers:\n- name: jane\n', YAML",
    "'users:\n- jane\n', YAML",
    "'---\njane\n', YAML",
    "'- jane\n', YAML",
    "'-----BEGIN CERTIFICATE-----\nMIIB\n', PEM",
    "'<html>\n', XML or HTML"
  })
  void fileThatIsNoListIsRefusedBeforeAnybodyIsMade(String text, String form) {
    Run run = run(text, "issue", "--from", "-");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains(" looks like " + form + ": ").contains("jane,devs,8h");
    assertThat(folder.resolve("clients")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"user\":\"joe\"}", "{\"user\":\"joe\",\"ttl\":\"8h\"}", "[", "]", "}"})
  void jsonAmongCsvIsNobody(String line) {
    Run run = run("jane,devs\n" + line + "\nann,devs\n", "issue", "--from", "-");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.err()).contains("line 2: ").contains("looks like JSON in a list of CSV");
    assertThat(run.out()).contains("2 made").contains("1 failed");
  }

  @Test
  void namesThatLookSoAreTakenInQuotesAndJsonLinesMayBeIndented() {
    String csv = "\"[x]\",devs\n\"{x}\",devs\n\"a: b\"\nsystem-node:n1,devs\n";

    assertThat(run(csv, "issue", "--from", "-").out()).contains("4 made");
    assertThat(run("  {\"user\":\"[y\"}\n", "issue", "--from", "-").out()).contains("1 made");
  }

  @Test
  void longTextThatIsNoListIsGivenUpAndNothingIsMade() {
    String text = "jane,devs\n" + " a line of something else\n".repeat(5000);

    Run run = run(text, "issue", "--from", "-");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("1000 of the first 1001 lines").contains("this is no list");
    assertThat(folder.resolve("clients")).doesNotExist();
  }

  @Test
  void longListWithManyWrongLinesIsIssuedForTheOthers() {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < 1100; i++) {
      list.append("user").append(i).append("\n");
    }
    list.append("x,8hh\n".repeat(1050));

    Run run = run(list.toString(), "issue", "--from", "-", "--dry-run");

    assertThat(run.out()).contains("1100 would be made").contains("1050 failed");
  }

  @Test
  void serialNumberThatTheAuthorityGaveAlreadyIsRefusedHoweverItIsWritten() throws IOException {
    assertThat(run("", "issue", "ann", "g", "--serial", "0x10").exitCode()).isZero();

    Run second = run("", "issue", "joe", "g", "--serial", "16");

    assertThat(second.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(second.err())
        .contains("this CA signed a certificate with the serial number 16 already, for \"ann\"");
    assertThat(folder.resolve("clients/joe")).doesNotExist();
    assertThat(run("", "issue", "joe", "g", "--serial", "17").exitCode()).isZero();
  }

  @Test
  void authorityThatMayNotSignCanSignNothing() {
    Path other = folder.resolve("other");
    Stream.of(
            "mkdir other",
            "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=ca -days 30 -keyout other/ca.key"
                + " -out other/ca.crt -addext keyUsage=critical,cRLSign")
        .forEach(command -> Shell.run(folder, command.split(" ", -1)));

    Run show = run("", "ca", "show", "--ca", other.toString());

    assertThat(show.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(show.out())
        .containsPattern("nothing: the CA may not sign certificates")
        .doesNotContain("400 days");
  }

  @Test
  void lifetimeOfTheEnvironmentOrTheSettingsFileIsReportedWithItsPlace() throws IOException {
    Path settings = Files.writeString(folder.resolve("settings.yaml"), "ttl: 8\n");
    environment.put("CERTWRIGHT_CONFIG", settings.toString());

    assertThat(run("", "issue", "jane").err())
        .contains(settings + ":1: ttl: ")
        .doesNotContain("--ttl");
    environment.put("CERTWRIGHT_TTL", "zz");
    assertThat(run("", "issue", "jane").err()).contains("CERTWRIGHT_TTL: ").doesNotContain("--ttl");
    assertThat(run("", "issue", "jane", "--ttl", "yy").err()).contains("--ttl: ");
  }

  @Test
  void settingsFileThatIsNotThereIsSaidInPlainWords() {
    environment.put("CERTWRIGHT_CONFIG", "nope");

    Run run = run("", "issue", "jane");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .contains("there is no file nope, which CERTWRIGHT_CONFIG names")
        .doesNotContain("Exception");
  }

  @Test
  void authorityWhoseKeyOthersMayReadIsWarnedAbout() throws IOException {
    Path key = folder.resolve("pki/ca.key");
    assertThat(run("", "issue", "jane", "--dry-run").err()).doesNotContain("can be read");
    others(key);

    assertThat(run("", "issue", "jane", "--dry-run").err())
        .contains(key + " holds a private key and can be read by everybody")
        .contains("chmod 600 " + key);
    assertThat(run("ann\n", "issue", "--from", "-", "--dry-run").err()).contains("can be read");
  }

  @Test
  void keyThatIsMergedIntoAFileOthersMayReadIsWarnedAboutAndItsModeIsKept() throws IOException {
    assertThat(run("", "issue", "jane").exitCode()).isZero();
    Path into = Files.writeString(folder.resolve("config"), "");
    others(into);
    String from = folder.resolve("clients/jane/kubeconfig").toString();

    Run merged = run("", "kubeconfig", "merge", from, "--into", into.toString());

    assertThat(merged.exitCode()).as(merged.err()).isZero();
    assertThat(merged.err())
        .contains(into + " holds a private key and can be read by everybody")
        .contains("chmod 600 " + into);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(into)))
        .isEqualTo("rw-r--r--");
    Files.setPosixFilePermissions(into, PosixFilePermissions.fromString("rw-------"));
    assertThat(run("", "kubeconfig", "merge", from, "--into", into.toString()).err())
        .doesNotContain("can be read");
  }
}
