package dev.certwright.kubeconfig;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The owner of a folder in which somebody else, such as root, replaces a file puts links there. */
class AnothersFolderTest {
  private static final Instant NOW = Instant.parse("2026-11-24T09:45:12Z");
  private static final int NOBODY = 65534;

  @TempDir Path temporary;
  private Path folder;
  private Path config;
  private Path secret;

  @BeforeEach
  void files() throws IOException {
    folder = Files.createDirectory(temporary.resolve("kube"));
    config = Files.writeString(folder.resolve("config"), "before\n");
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-rw-rw-"));
    secret = Files.writeString(temporary.resolve("secret"), "secret\n");
    Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static int uid(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS);
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private void assertSecretIsUntouched() throws IOException {
    assertThat(secret).hasContent("secret\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
        .isEqualTo("rw-------");
    assertThat(uid(secret)).isEqualTo(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }

  private static boolean isRoot() throws IOException {
    return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
  }

  @Test
  void fileAndBackupBelongToTheFilesOwner() throws IOException {
    int owner = uid(config);
    if (isRoot()) {
      owner = NOBODY;
      for (Path path : List.of(folder, config)) {
        Files.setAttribute(path, "unix:uid", NOBODY);
        Files.setAttribute(path, "unix:gid", NOBODY);
      }
    } else {
      // Only root gives files away.
      assertThatThrownBy(() -> Files.setAttribute(config, "unix:uid", NOBODY))
          .isInstanceOf(FileSystemException.class);
    }

    Path backup =
        Objects.requireNonNull(
            AtomicFile.replace(
                FileChange.checked(config, bytes("before\n"), bytes("after\n")), NOW));

    assertThat(config).hasContent("after\n");
    assertThat(backup).hasContent("before\n");
    assertThat(uid(config)).isEqualTo(owner);
    assertThat(uid(backup)).isEqualTo(owner);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(config)))
        .isEqualTo("rw-rw-rw-");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
        .isEqualTo("rw-------");
    assertThat(names(folder)).hasSize(2);
  }

  @Test
  void linkInThePlaceOfANameIsNeitherWrittenNorReadNorGivenAway() throws IOException {
    Path name = Path.of("link");
    Files.createSymbolicLink(folder.resolve(name), secret);
    try (OpenFolder open = OpenFolder.of(folder)) {
      assertThat(open.isHeld()).isTrue();
      assertThatThrownBy(() -> open.create(name, bytes("x")))
          .isInstanceOf(FileAlreadyExistsException.class);
      assertThatThrownBy(() -> open.holds(name, bytes("secret\n"))).isInstanceOf(IOException.class);
      assertThatThrownBy(
              () ->
                  Objects.requireNonNull(open.view(name))
                      .setPermissions(PosixFilePermissions.fromString("rw-rw-rw-")))
          .isInstanceOf(IOException.class);
      assertThatThrownBy(() -> open.folder(name)).isInstanceOf(IOException.class);
    }
    assertSecretIsUntouched();
  }

  @Test
  void workplaceThatIsMovedAwayIsWorkedInWhereItIs() throws IOException {
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Files.createSymbolicLink(elsewhere.resolve("made"), secret);
    try (OpenFolder open = OpenFolder.of(folder);
        Workplace workplace = Workplace.in(open, ".config.")) {
      Path made =
          folder.resolve(names(folder).stream().filter(n -> n.startsWith(".")).findFirst().get());
      Files.move(made, folder.resolve("moved"));
      Files.createSymbolicLink(made, elsewhere);

      workplace.put(
          bytes("after\n"),
          Objects.requireNonNull(open.view(Path.of("config"))).readAttributes(),
          PosixFilePermissions.fromString("rw-rw-rw-"),
          Path.of("config"));
    }

    assertThat(config).hasContent("after\n");
    assertThat(names(elsewhere)).containsExactly("made");
    assertThat(folder.resolve("moved")).isEmptyDirectory();
    assertSecretIsUntouched();
  }

  @Test
  void contentThatWasReadThroughALinkIsNotGivenToTheOwnerOfWhatLiesThereNow() throws IOException {
    FileChange change = FileChange.checked(config, bytes("secret\n"), bytes("secret\nmore\n"));

    assertThatExceptionOfType(KubeconfigException.class)
        .isThrownBy(() -> AtomicFile.replace(change, NOW))
        .withMessageContaining("was changed by someone else meanwhile");

    assertThat(config).hasContent("before\n");
    assertThat(names(folder)).containsExactly("config");
  }
}
