package dev.certwright.authority.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others may write, own or have put into the folder of all clients. */
final class ForeignFolderTest {
  private static final Map<String, byte[]> FILES = Map.of("client.key", new byte[] {1, 2, 3});

  @TempDir Path temporary;

  private Path root;

  @BeforeEach
  void makeFolder() throws IOException {
    root = Files.createDirectory(temporary.resolve("clients"));
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
  }

  /** Only root gives files away; for others the file stays their own. */
  private static boolean giveAway(Path path) throws IOException {
    boolean root = Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    if (root) {
      Files.setAttribute(path, "unix:uid", 65534);
    } else {
      assertThatThrownBy(() -> Files.setAttribute(path, "unix:uid", 65534))
          .isInstanceOf(FileSystemException.class);
    }
    return root;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "...lock",
        "..lock",
        ".lock",
        "....lock",
        "abandoned.lock",
        "0123456789abcde.lock",
        "0123456789abcdef0.lock",
        "0123456789ABCDEF.lock",
        "0123456789abcdeg.lock",
        "0123456789abcdef.locks",
        "0123456789abcdef"
      })
  void fileWhoseNameIsNoLocksRemovesNothing(String name) throws IOException {
    Path precious = Files.createDirectory(root.resolve("precious")).resolve("client.key");
    Files.writeString(precious, "precious");
    Path staging = root.resolve(".staging");
    ClientFolders living = ClientFolders.open(root);
    Path staged = living.stage(FILES, true);
    for (String folder : new String[] {"abandoned", "0123456789abcde", "0123456789ABCDEF"}) {
      Files.createDirectory(staging.resolve(folder));
    }
    Files.createFile(staging.resolve(name));

    ClientFolders.open(root).close();

    assertThat(precious).hasContent("precious");
    assertThat(staging.resolve(name)).exists();
    assertThat(staging.resolve("abandoned")).exists();
    assertThat(staging.resolve("0123456789abcde")).exists();
    assertThat(staging.resolve("0123456789ABCDEF")).exists();
    assertThat(staged.resolve("client.key")).exists();
    living.publish(staged, "jane", false, true, "now");
    living.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwx---", "rwx----w-", "rwxrwxrwx"})
  void stagingThatOthersMayWriteIsRefusedAndLeftAsItIs(String mode) throws IOException {
    Path staging = Files.createDirectory(root.resolve(".staging"));
    Path left = Files.createFile(staging.resolve("0123456789abcdef.lock"));
    Files.setPosixFilePermissions(staging, PosixFilePermissions.fromString(mode));

    assertThatThrownBy(() -> ClientFolders.open(root))
        .isInstanceOf(FileAccessException.class)
        .hasMessageContaining(staging + " can be written by others than its owner")
        .hasMessageContaining("chmod 0700 " + staging);
    assertThat(left).exists();
  }

  @Test
  void stagingOfAnotherUserIsRefusedAndLeftAsItIs() throws IOException {
    Path staging = Files.createDirectory(root.resolve(".staging"));
    Path left = Files.createFile(staging.resolve("0123456789abcdef.lock"));
    Files.setPosixFilePermissions(staging, PosixFilePermissions.fromString("rwx------"));

    if (giveAway(staging)) {
      assertThatThrownBy(() -> ClientFolders.open(root))
          .isInstanceOf(FileAccessException.class)
          .hasMessageContaining(staging + " belongs to another user");
      assertThat(left).exists();
    } else {
      ClientFolders.open(root).close();
      assertThat(left).doesNotExist();
    }
  }

  @Test
  void folderForReplacedOnesThatOthersMayWriteIsRefusedAndNothingIsMoved() throws IOException {
    Path replaced = Files.createDirectory(root.resolve(".replaced"));
    Files.setPosixFilePermissions(replaced, PosixFilePermissions.fromString("rwxrwxrwx"));
    try (ClientFolders folders = ClientFolders.open(root)) {
      folders.publish(folders.stage(FILES, true), "jane", false, true, "now");
      Path staged = folders.stage(FILES, true);

      assertThatThrownBy(() -> folders.publish(staged, "jane", true, true, "now"))
          .isInstanceOf(FileAccessException.class)
          .hasMessageContaining(replaced + " can be written by others");
    }
    assertThat(replaced).isEmptyDirectory();
    assertThat(root.resolve("jane/client.key")).exists();
  }

  @Test
  void folderThatOthersMayChangeOrOwnIsExposed() throws IOException {
    try (ClientFolders folders = ClientFolders.open(root)) {
      assertThat(folders.exposure()).isEmpty();
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxrwxr-x"));
      assertThat(folders.exposure()).contains("can be changed by other users");
      Files.setAttribute(root, "unix:mode", 0041777);
      assertThat(folders.exposure()).isEmpty();
      Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx------"));
      boolean given = giveAway(root);
      assertThat(folders.exposure().contains("belongs to another user")).isEqualTo(given);
    }
  }
}
