package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KubeconfigMergeTest {
  private static final String EXISTING =
      """
      # my clusters
      apiVersion: v1
      kind: Config
      clusters:
      - name: home   # the one at home
        cluster: {server: "https://home:6443"}
      contexts: []
      users:
        - name: me
          user:
            token: sesame
      current-context: home
      x-mine: [1, 2]
      """;

  @TempDir Path folder;
  private Path source;
  private Path target;

  @BeforeEach
  void issue() throws IOException {
    String ca = folder.resolve("pki").toString();
    Run.certwright("ca", "init", "--ca", ca);
    Run run =
        Run.certwright(
            "issue",
            "jane",
            "devs",
            "--ca",
            ca,
            "--out",
            folder.resolve("clients").toString(),
            "-s",
            "https://10.0.0.1:6443",
            "--cluster-name",
            "prod");
    assertThat(run.exitCode()).as(run.err()).isZero();
    source = folder.resolve("clients/jane/kubeconfig");
    target = folder.resolve("config");
    Files.writeString(target, EXISTING);
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rw-r-----"));
  }

  private Run merge(String... more) {
    return Run.certwright(
        Stream.concat(
                Stream.of("kubeconfig", "merge", source.toString(), "--into", target.toString()),
                Stream.of(more))
            .toArray(String[]::new));
  }

  @Test
  void programThatAKubeconfigBringsIsWarnedAbout() throws IOException {
    Files.writeString(
        source,
        "apiVersion: v1\nkind: Config\nusers:\n- name: guest\n  user:\n    exec:\n"
            + "      apiVersion: client.authentication.k8s.io/v1\n      command: ./helper\n"
            + "      interactiveMode: Never\n");

    assertThat(merge("--dry-run").err())
        .contains("user guest runs the program")
        .contains("helper on this machine");
  }

  @Test
  void nothingElseInTheTargetChanges() throws IOException {
    Run run = merge();

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("added          cluster  prod")
        .contains("added          user     jane@prod")
        .contains("added          context  jane@prod")
        .contains("the current context stays home");
    String merged = Files.readString(target);
    assertThat(merged)
        .contains("# my clusters")
        .contains("- name: home   # the one at home")
        .contains("x-mine: [1, 2]")
        .contains("current-context: home")
        .contains("token: sesame");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(target)))
        .isEqualTo("rw-r-----");
  }

  @Test
  void backupIsKeptForItsOwnerOnly() throws IOException {
    merge();

    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.filter(file -> file.getFileName().toString().contains("backup")))
          .singleElement()
          .satisfies(
              backup -> {
                assertThat(Files.readString(backup)).isEqualTo(EXISTING);
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
                    .isEqualTo("rw-------");
              });
    }
  }

  @Test
  void secondMergeFindsAllThereAndWritesNothing() throws IOException {
    merge();
    String once = Files.readString(target);

    Run again = merge();

    assertThat(again.exitCode()).isZero();
    assertThat(again.out()).contains("already there").contains("nothing had to be changed");
    assertThat(Files.readString(target)).isEqualTo(once);
  }

  @Test
  void entryOfTheSameNameAndOtherContentIsRefusedUnlessReplace() throws IOException {
    Files.writeString(target, EXISTING.replace("name: me", "name: jane@prod"));
    String before = Files.readString(target);

    Run refused = merge();

    assertThat(refused.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(refused.err()).contains("jane@prod").contains("--replace");
    assertThat(refused.err()).doesNotContain("sesame");
    assertThat(Files.readString(target)).isEqualTo(before);

    assertThat(merge("--replace").exitCode()).isZero();
    assertThat(Files.readString(target)).doesNotContain("sesame").contains("client-key-data");
  }

  @Test
  void useMakesItsContextTheCurrentOne() throws IOException {
    Run run = merge("--use");

    assertThat(run.out()).contains("the current context is now jane@prod");
    assertThat(Files.readString(target)).contains("current-context: jane@prod");
  }

  @Test
  void dryRunChangesNothing() throws IOException {
    Run run = merge("--dry-run", "-o", "json");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("\"action\": \"added\"").contains("\"dryRun\": true");
    assertThat(Files.readString(target)).isEqualTo(EXISTING);
  }

  @Test
  void targetIsFoundAsKubectlFindsIt() throws IOException {
    Path first = folder.resolve("missing");
    Map<String, String> list = Map.of("KUBECONFIG", first + ":" + target);
    Map<String, String> home = Map.of("HOME", folder.resolve("home").toString());

    assertThat(Run.withInput("", list, "kubeconfig", "merge", source.toString()).exitCode())
        .isZero();
    Run fresh = Run.withInput("", home, "kubeconfig", "merge", source.toString());

    assertThat(Files.readString(target)).contains("jane@prod");
    assertThat(first).doesNotExist();
    assertThat(fresh.exitCode()).as(fresh.err()).isZero();
    Path made = folder.resolve("home/.kube/config");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
        .isEqualTo("rw-------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"lock", "file", "folder", "folder of a new file"})
  void targetThatCannotBeWrittenEndsWithThreeAndIsKept(String obstacle) throws IOException {
    Path place = Files.createDirectory(folder.resolve("place"));
    Path there = place.resolve("config");
    if (!obstacle.equals("folder of a new file")) {
      Files.writeString(there, EXISTING);
    }
    switch (obstacle) {
      case "lock" -> Files.createFile(place.resolve("config.lock"));
      case "file" ->
          Files.setPosixFilePermissions(there, PosixFilePermissions.fromString("r--------"));
      default -> Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("r-x------"));
    }

    Run run = Run.certwright("kubeconfig", "merge", source.toString(), "--into", there.toString());

    Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwx------"));
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).contains(obstacle.equals("lock") ? "lock file " : "read-only");
    if (obstacle.equals("folder of a new file")) {
      assertThat(there).doesNotExist();
    } else {
      assertThat(there).hasContent(EXISTING);
    }
  }

  @Test
  void targetOnAFullDiskEndsWithThreeAndIsKept() throws IOException {
    String large = EXISTING + "# kept\n".repeat(20_000);
    Files.writeString(target, large);
    List<String> words =
        new ArrayList<>(List.of("bash", "-c", "ulimit -f 60; exec \"$@\"", "bash"));
    words.addAll(
        List.of(
            Shell.certwright(
                "kubeconfig", "merge", source.toString(), "--into", target.toString())));

    Run run = Shell.attempt(folder, words.toArray(new String[0]));

    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(target).hasContent(large);
    assertThat(folder.resolve("config.lock")).doesNotExist();
  }

  @Test
  void fileThatIsNotThereIsUnreadableInput() throws IOException {
    Files.delete(source);

    assertThat(merge().exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void fileThatIsNoKubeconfigIsRefusedAndTheTargetKept() throws IOException {
    Files.writeString(source, "clusters: [}");

    Run run = merge();

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("error: ");
    assertThat(Files.readString(target)).isEqualTo(EXISTING);
  }
}
