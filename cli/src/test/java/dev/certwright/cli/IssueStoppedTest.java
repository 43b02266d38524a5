package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNumber;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists that come to an end midway, or before anybody. */
final class IssueStoppedTest {
  private static final int PEOPLE = 400;

  @TempDir Path folder;

  @BeforeEach
  void makeAuthority() {
    assertThat(Run.certwright("ca", "init", "--ca", folder.resolve("pki").toString()).exitCode())
        .isZero();
  }

  private String[] issue(String list, String format) throws IOException {
    Files.writeString(folder.resolve("people.csv"), list);
    return new String[] {
      "issue",
      "--from",
      folder.resolve("people.csv").toString(),
      "--ca",
      folder.resolve("pki").toString(),
      "--out",
      folder.resolve("clients").toString(),
      "--ledger",
      folder.resolve("ledger").toString(),
      "-s",
      "https://10.0.0.1:6443",
      "-o",
      format
    };
  }

  private int people() throws IOException {
    int count = 0;
    try (DirectoryStream<Path> made =
        Files.newDirectoryStream(folder.resolve("clients"), "user*")) {
      for (Path one : made) {
        assertThat(one.resolve("kubeconfig")).isNotEmptyFile();
        count++;
      }
    }
    return count;
  }

  /** The ledger gets no more than so many KiB, which is less than all need. */
  private Run withoutRoom(String format) throws IOException {
    StringBuilder list = new StringBuilder("bad\"name,devs\n");
    for (int i = 0; i < PEOPLE; i++) {
      list.append("user").append(i).append(",devs\n");
    }
    List<String> words =
        new ArrayList<>(List.of("bash", "-c", "ulimit -f 100; exec \"$@\"", "bash"));
    words.addAll(List.of(Shell.certwright(issue(list.toString(), format))));
    return Shell.attempt(folder, words.toArray(new String[0]));
  }

  /** Both forms are YAML, and one that is cut is neither. */
  private static YamlMapping document(Run run) {
    return (YamlMapping)
        YamlReader.strict().read("out", run.out().getBytes(StandardCharsets.UTF_8));
  }

  private static List<YamlValue> list(YamlMapping document, String name) {
    return document.get(name) instanceof YamlSequence sequence ? sequence.values() : List.of();
  }

  private static String text(YamlMapping document, String name) {
    if (document.get(name) instanceof YamlNumber number) {
      return number.written();
    }
    return document.get(name) instanceof YamlString string ? string.value() : "";
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "yaml"})
  void documentIsWholeWhereTheLedgerRunsOutOfRoom(String format) throws IOException {
    Run run = withoutRoom(format);

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OUTSIDE);
    int made = people();
    assertThat(made).isBetween(1, PEOPLE - 1);
    YamlMapping document = document(run);
    assertThat(list(document, "people")).hasSize(made);
    assertThat(text(document, "made")).isEqualTo("" + made);
    assertThat(text(document, "failed")).isEqualTo("1");
    assertThat(list(document, "failures")).hasSize(1);
    String error = text(document, "error");
    assertThat(run.err()).contains("error: " + error + "\n").contains("error: line 1: ");
  }

  @Test
  void tableSaysHowManyWereMadeWhereTheLedgerRunsOutOfRoom() throws IOException {
    Run run = withoutRoom("table");

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(run.out())
        .contains(
            people()
                + " made in "
                + folder.resolve("clients")
                + "/, 1 failed; then it ended, run it"
                + " again to go on\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user,groups\njane,\"devs\nroot-team,ops\"\njoe,devs\n",
        "ann,devs\njoe,\"devs\nops\"\n",
      })
  void lineBreakInsideAQuotedCellEndsTheListBeforeAnythingIsSigned(String list) throws IOException {
    Run run = Run.certwright(issue(list, "json"));

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains("a quote is not closed in line 2");
    assertThat(folder.resolve("clients")).doesNotExist();
    assertThat(folder.resolve("ledger")).doesNotExist();
  }

  @Test
  void documentOfADryRunIsWholeWhereTheListEndsIt() throws IOException {
    String[] words = issue("ann,devs\njoe,\"devs\nops\"\n", "json");
    String[] dry = java.util.Arrays.copyOf(words, words.length + 1);
    dry[words.length] = "--dry-run";

    Run run = Run.certwright(dry);

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    YamlMapping document = document(run);
    assertThat(list(document, "people")).hasSize(1);
    assertThat(text(document, "error")).contains("a quote is not closed in line 2");
  }
}
