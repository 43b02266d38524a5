package dev.certwright.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeconfigFilesTest {
  @TempDir Path folder;
  private Path first;
  private Path second;

  @BeforeEach
  void twoFiles() throws IOException {
    Files.createDirectories(folder.resolve("sub"));
    first = folder.resolve("first");
    second = folder.resolve("sub").resolve("second");
    Files.writeString(
        first,
        """
        clusters:
        - name: a
          cluster: {server: https://first, certificate-authority: ca.crt}
        users:
        - name: u
          user: {exec: {command: bin/plugin}}
        """);
    Files.writeString(
        second,
        """
        clusters:
        - name: a
          cluster: {server: https://second, proxy-url: http://p}
        - name: b
          cluster: {server: https://b, certificate-authority: ../x/ca.crt}
        users:
        - name: v
          user: {exec: {command: plugin}, tokenFile: /abs/token}
        current-context: second
        preferences: {colors: true}
        """);
  }

  private KubeconfigFiles list(Path... files) {
    return KubeconfigFiles.ofEnvironment(
        Stream.of(files).map(Path::toString).collect(Collectors.joining(File.pathSeparator)),
        folder);
  }

  @Test
  void withoutAListTheHomeFolderHasTheFile_KC01() {
    String expected = folder.resolve(".kube/config").toString();
    assertThat(KubeconfigFiles.ofEnvironment(null, folder).names()).containsExactly(expected);
    assertThat(KubeconfigFiles.ofEnvironment("", folder).names()).containsExactly(expected);
  }

  @Test
  void emptyAndRepeatedNamesOfTheListAreDropped_KC01() {
    String separator = File.pathSeparator;
    assertThat(
            KubeconfigFiles.ofEnvironment(
                    separator + "a" + separator + separator + "b" + separator + "a" + separator,
                    folder)
                .names())
        .containsExactly("a", "b");
  }

  @Test
  void missingFilesOfTheListAreLeftOut_KC01() {
    Path none = folder.resolve("none");
    KubeconfigFiles.Loaded loaded = list(none, first).load();
    assertThat(loaded.missing()).containsExactly(none.toString());
    assertThat(loaded.config().clusters()).containsOnlyKeys("a");
    assertThat(list(none).load().config()).isEqualTo(Kubeconfig.EMPTY);
  }

  @Test
  void anExplicitFileMustExist_KC01() {
    assertThatExceptionOfType(KubeconfigAccessException.class)
        .isThrownBy(() -> KubeconfigFiles.explicit(folder.resolve("none")).load())
        .withMessage("stat " + folder.resolve("none") + ": no such file or directory");
  }

  @Test
  void theFirstFileThatNamesAnEntryWinsWholly_KC03() {
    Kubeconfig config = list(first, second).load().config();
    assertThat(config.clusters()).containsOnlyKeys("a", "b");
    assertThat(config.clusters().get("a"))
        .extracting(Cluster::server, Cluster::proxyUrl)
        .containsExactly("https://first", "");
  }

  @Test
  void theFirstValueThatIsSetWins_KC03() {
    Kubeconfig config = list(first, second).load().config();
    assertThat(config.currentContext()).isEqualTo("second");
    assertThat(config.preferences().colors()).isTrue();
  }

  @Test
  void pathsAreRelativeToTheFileThatDefinesTheEntry_KC05() {
    Kubeconfig config = list(first, second).load().config();
    assertThat(config.clusters().get("a"))
        .extracting(Cluster::certificateAuthority)
        .isEqualTo(folder + "/ca.crt");
    assertThat(config.clusters().get("b"))
        .extracting(Cluster::certificateAuthority)
        .isEqualTo(folder + "/x/ca.crt");
    assertThat(command(config, "u")).isEqualTo(folder + "/bin/plugin");
    assertThat(command(config, "v")).isEqualTo("plugin");
    assertThat(config.users().get("v")).extracting(AuthInfo::tokenFile).isEqualTo("/abs/token");
  }

  private static @Nullable String command(Kubeconfig config, String user) {
    AuthInfo info = config.users().get(user);
    ExecConfig exec = info == null ? null : info.exec();
    return exec == null ? null : exec.command();
  }

  @Test
  void allFilesThatCannotBeReadAreNamed_KC02() throws IOException {
    Files.writeString(first, "clusters: [");
    assertThatExceptionOfType(KubeconfigException.class)
        .isThrownBy(() -> list(first, folder.resolve("sub")).load())
        .withMessageContaining(first + ":1:12: not YAML")
        .withMessageContaining("error loading config file \"" + folder.resolve("sub") + "\": read ")
        .withMessageContaining("is a directory");
  }

  @Test
  void newEntriesGoToTheFirstFileThatExistsOrElseTheLast_KC06() {
    Path none = folder.resolve("none");
    assertThat(list(none, first, second).defaultFile()).isEqualTo(first);
    assertThat(list(none, folder.resolve("other")).defaultFile())
        .isEqualTo(folder.resolve("other"));
    assertThat(KubeconfigFiles.explicit(none).defaultFile()).isEqualTo(none);
  }
}
