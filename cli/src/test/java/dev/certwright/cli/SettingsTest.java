package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SettingsTest {
  @TempDir Path home;

  @BeforeEach
  void makeAuthority() {
    assertThat(Run.certwright("ca", "init", "--ca", home.resolve("pki").toString()).exitCode())
        .isZero();
  }

  private Path settings(String text) throws IOException {
    Path folder = Files.createDirectories(home.resolve(".config/certwright"));
    Path file = Files.writeString(folder.resolve("certwright.yaml"), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    return file;
  }

  private Run issue(Map<String, String> environment, String... words) {
    Map<String, String> all = new java.util.HashMap<>(Map.of("HOME", home.toString()));
    all.putAll(environment);
    String[] line = new String[words.length + 6];
    System.arraycopy(
        new String[] {"issue", "jane", "devs", "--dry-run", "-o", "json"}, 0, line, 0, 6);
    System.arraycopy(words, 0, line, 6, words.length);
    return Run.withInput("", all, line);
  }

  @Test
  void whatIsInTheFileStandsInForWhatIsNotTyped() throws IOException {
    settings("ca: ../../pki\nserver: https://10.9.8.7:6443\nkey-type: p-384\n");

    Run run = issue(Map.of());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).contains("https://10.9.8.7:6443").contains("p-384");
  }

  @Test
  void environmentComesBeforeTheFileAndTheCommandLineBeforeBoth() throws IOException {
    settings("ca: ~/pki\nserver: https://file:6443\n");
    Map<String, String> environment = Map.of("CERTWRIGHT_SERVER", "https://variable:6443");

    assertThat(issue(Map.of()).out()).contains("https://file:6443");
    assertThat(issue(environment).out()).contains("https://variable:6443");
    assertThat(issue(environment, "--server", "https://typed:6443").out())
        .contains("https://typed:6443");
  }

  @Test
  void anotherFileIsTakenIfTheEnvironmentNamesIt() throws IOException {
    settings("server: https://usual:6443\n");
    Path other = Files.writeString(home.resolve("other.yaml"), "server: https://other:6443\n");
    Files.setPosixFilePermissions(other, PosixFilePermissions.fromString("rw-------"));

    assertThat(
            issue(
                    Map.of("CERTWRIGHT_CONFIG", other.toString()),
                    "--ca",
                    home.resolve("pki").toString())
                .out())
        .contains("https://other:6443");
  }

  @Test
  void fileInAFolderThatOthersMayWriteIsRefusedButNotOneThatOnlyOwnersRemoveFrom()
      throws IOException {
    Path open = Files.createDirectory(home.resolve("open"));
    Path file = Files.writeString(open.resolve("certwright.yaml"), "ttl: 8h\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    Map<String, String> environment = Map.of("CERTWRIGHT_CONFIG", file.toString());
    for (String mode : List.of("rwxrwx---", "rwx---rwx")) {
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString(mode));
      Run run = issue(environment);
      assertThat(run.exitCode()).as(mode).isEqualTo(2);
      assertThat(run.err())
          .contains("others than its owner may write in " + open)
          .contains("chmod go-w " + open);
    }
    Shell.run(home, "chmod", "1777", open.toString());

    Run run = issue(environment, "--server", "https://typed:6443");
    assertThat(run.err()).doesNotContain("may write in");
  }

  @Test
  void namedFileThatIsNotThereIsAnError() {
    Run run = issue(Map.of("CERTWRIGHT_CONFIG", home.resolve("none.yaml").toString()));

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("there is no file").contains("none.yaml");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sevrer: x | certwright.yaml:1: there is no setting \"sevrer\" | did you mean server?",
        "reason: x | there is no setting \"reason\" | there is ca, ca-cert",
        "server: [a] | certwright.yaml:1: server is a sequence | quote it",
        "ttl: true | ttl is a boolean, expected a text | quote it",
        "server: '' | server is a string, expected a text | leave the line out",
        "server: \"a\\0b\" | server has a control character | leave",
        "key-type: rsa-1024 | certwright.yaml:1: key-type cannot be \"rsa-1024\" | use p-256",
        "server | is a string, expected names and values | server: https://",
        "'server: x\nserver: y' | already | certwright.yaml:2",
        "{ | certwright.yaml | error:",
      })
  void fileThatMakesNoSenseIsRefusedWithItsPlace(String text, String found, String hint)
      throws IOException {
    settings(text);

    Run run = issue(Map.of());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(found).contains(hint);
  }

  @Test
  void fileThatOthersMayWriteIsRefused() throws IOException {
    Files.setPosixFilePermissions(
        settings("ttl: 8h\n"), PosixFilePermissions.fromString("rw-rw-r--"));

    Run run = issue(Map.of());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("can be written by others").contains("chmod go-w");
  }

  @Test
  void brokenFileDoesNotKeepHelpFromBeingShown() throws IOException {
    settings("{");

    assertThat(issue(Map.of(), "--help").exitCode()).isZero();
  }

  @Test
  void everyOptionThatHasAVariableCanStandInTheFile() throws IOException {
    TreeSet<String> names =
        Commands.all().stream()
            .map(Command::spec)
            .map(CommandSpec::options)
            .flatMap(java.util.List::stream)
            .filter(option -> !option.environment().isEmpty())
            .map(OptionSpec::name)
            .collect(Collectors.toCollection(TreeSet::new));
    settings("nothing: x\n");

    assertThat(issue(Map.of()).err()).contains("there is " + String.join(", ", names) + "\n");
  }
}
