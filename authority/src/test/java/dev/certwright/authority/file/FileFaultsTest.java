package dev.certwright.authority.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Links, folders that cannot be written to, disks without room, and what was there before. */
final class FileFaultsTest {
  private static final Map<String, byte[]> FILES = Map.of("client.key", new byte[] {1, 2, 3});

  @TempDir Path temporary;

  @Test
  void whatWasThereIsKeptAsideOnceForEachReplacement() throws IOException {
    Path root = temporary.resolve("clients");
    try (ClientFolders folders = ClientFolders.open(root)) {
      for (int i = 0; i < 4; i++) {
        Path staged = folders.stage(Map.of("n", new byte[] {(byte) i}), true);
        folders.publish(staged, "Jane", true, true, "20261124");
      }
      assertThat(Files.readAllBytes(folders.folderOf("Jane").resolve("n"))).containsExactly(3);
      String name = FolderName.of("Jane") + "-20261124";
      assertThat(names(root.resolve(".replaced")))
          .containsExactlyInAnyOrder(name, name + "-2", name + "-3");
      assertThat(Files.readAllBytes(root.resolve(".replaced/" + name + "/n"))).containsExactly(0);
      assertThat(Files.readAllBytes(root.resolve(".replaced/" + name + "-3/n"))).containsExactly(2);
      assertThat(mode(root.resolve(".replaced"))).isEqualTo("rwx------");
    }
  }

  @Test
  void withoutForceNothingIsOverwritten() throws IOException {
    Path root = temporary.resolve("clients");
    try (ClientFolders folders = ClientFolders.open(root)) {
      Files.createDirectories(root.resolve("empty"));
      Files.createFile(root.resolve("file"));
      Files.createSymbolicLink(root.resolve("dangling"), temporary.resolve("nowhere"));
      for (String user : List.of("empty", "file", "dangling")) {
        Path staged = folders.stage(FILES, false);
        assertThat(folders.exists(user)).isTrue();
        assertThat(folders.existsAtTarget(user)).isTrue();
        assertThatThrownBy(() -> folders.publish(staged, user, false, false, "now"))
            .isInstanceOfSatisfying(
                ExistsException.class,
                there -> assertThat(there.path()).isEqualTo(folders.folderOf(user)));
        assertThat(staged.resolve("client.key")).exists();
      }
      assertThat(root.resolve("empty")).isEmptyDirectory();
      assertThat(root.resolve("file")).isEmptyFile();
      assertThat(root.resolve("dangling")).isSymbolicLink();
      assertThat(temporary.resolve("nowhere")).doesNotExist();
    }
  }

  @Test
  void ofManyLinksThatLeadNowhereEachIsThere() throws IOException {
    Path root = Files.createDirectory(temporary.resolve("clients"));
    for (int i = 0; i < 1100; i++) {
      Files.createSymbolicLink(root.resolve("u" + i), root.resolve("u" + i));
    }
    try (ClientFolders folders = ClientFolders.open(root)) {
      for (int i = 0; i < 1100; i++) {
        assertThat(folders.existsAtTarget("u" + i)).isTrue();
      }
      assertThat(folders.existsAtTarget("v")).isFalse();
    }
  }

  @Test
  void linksInTheFolderAreMovedAsideAndNeverFollowed() throws IOException {
    Path root = temporary.resolve("clients");
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("precious"), "precious");
    try (ClientFolders folders = ClientFolders.open(root)) {
      Files.createSymbolicLink(root.resolve("jane"), elsewhere);
      folders.publish(folders.stage(FILES, true), "jane", true, true, "now");

      assertThat(Files.isDirectory(root.resolve("jane"), LinkOption.NOFOLLOW_LINKS)).isTrue();
      assertThat(root.resolve(".replaced/jane-now")).isSymbolicLink();
      assertThat(names(elsewhere)).containsExactly("precious");
    }
  }

  @Test
  void linkInPlaceOfTheFolderForReplacedOnesIsNotFollowed() throws IOException {
    Path root = temporary.resolve("clients");
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    try (ClientFolders folders = ClientFolders.open(root)) {
      folders.publish(folders.stage(FILES, true), "jane", false, true, "now");
      Files.createSymbolicLink(root.resolve(".replaced"), elsewhere);
      Path staged = folders.stage(FILES, true);

      assertThatThrownBy(() -> folders.publish(staged, "jane", true, true, "now"))
          .isInstanceOf(FileAccessException.class)
          .hasMessageContaining("links are not followed");
      assertThat(elsewhere).isEmptyDirectory();
      assertThat(root.resolve("jane/client.key")).exists();
    }
  }

  /** As the folders of processes are named. */
  private static String name(char digit) {
    return String.valueOf(digit).repeat(16);
  }

  @Test
  void lockFilesThatAreLinksAreLeftAlone() throws IOException {
    Path root = temporary.resolve("clients");
    Path precious = Files.writeString(temporary.resolve("precious"), "precious");
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("x"), "x");
    ClientFolders.open(root).close();
    Path staging = root.resolve(".staging");
    Files.createSymbolicLink(staging.resolve(name('a') + ".lock"), precious);
    Files.createSymbolicLink(staging.resolve(name('b') + ".lock"), temporary.resolve("nowhere"));
    Files.createDirectory(staging.resolve(name('c') + ".lock"));
    Files.createFile(staging.resolve(name('d') + ".lock"));
    Files.createSymbolicLink(staging.resolve(name('d')), elsewhere);

    ClientFolders.open(root).close();

    assertThat(precious).hasContent("precious");
    assertThat(temporary.resolve("nowhere")).doesNotExist();
    assertThat(elsewhere.resolve("x")).hasContent("x");
    assertThat(names(staging))
        .containsExactlyInAnyOrder(name('a') + ".lock", name('b') + ".lock", name('c') + ".lock");
  }

  @Test
  void rootThatIsALinkIsFollowedBecauseItWasNamed() throws IOException {
    Path real = Files.createDirectory(temporary.resolve("real"));
    Path link = Files.createSymbolicLink(temporary.resolve("link"), real);
    try (ClientFolders folders = ClientFolders.open(link)) {
      folders.publish(folders.stage(FILES, true), "jane", false, true, "now");
    }
    assertThat(real.resolve("jane/client.key")).exists();
  }

  @Test
  void foldersAndFilesAreForTheirOwnerOnly() throws IOException {
    Path root = temporary.resolve("deep/er/clients");
    try (ClientFolders folders = ClientFolders.open(root)) {
      folders.publish(folders.stage(FILES, true), "jane", false, true, "now");
    }
    for (Path made : List.of(temporary.resolve("deep"), root, root.resolve("jane"))) {
      assertThat(mode(made)).isEqualTo("rwx------");
    }
    assertThat(mode(root.resolve("jane/client.key"))).isEqualTo("rw-------");
  }

  @Test
  void folderThatIsThereKeepsItsMode() throws IOException {
    Path root = Files.createDirectory(temporary.resolve("shared"));
    Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-x---"));
    ClientFolders.open(root).close();

    assertThat(mode(root)).isEqualTo("rwxr-x---");
    assertThat(mode(root.resolve(".staging"))).isEqualTo("rwx------");
  }

  /** Root may write to every ordinary folder, but nobody may make one in {@code /proc}. */
  @Test
  void folderThatCannotBeWrittenToIsAClearError() throws IOException {
    Path readOnly = Files.createDirectory(temporary.resolve("read-only"));
    Files.setPosixFilePermissions(readOnly, PosixFilePermissions.fromString("r-x------"));
    Path root = (Files.isWritable(readOnly) ? Path.of("/proc") : readOnly).resolve("clients");

    assertThatThrownBy(() -> ClientFolders.open(root))
        .isInstanceOf(FileAccessException.class)
        .hasMessageStartingWith("the folder " + root + " cannot be used: ")
        .hasMessageMatching(".*(permission denied|cannot be made).*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "file/clients", "dangling"})
  void whatIsInTheWayIsNamed(String name) throws IOException {
    Files.createFile(temporary.resolve("file"));
    Files.createSymbolicLink(temporary.resolve("dangling"), temporary.resolve("nowhere/x"));

    assertThatThrownBy(() -> ClientFolders.open(temporary.resolve(name)))
        .isInstanceOf(FileAccessException.class)
        .hasMessageContaining(temporary.resolve(name).toString())
        .hasMessageMatching(".*(is no folder|Not a directory).*");
  }

  /** The shell's limit on the size of a file stands for a disk that is full. */
  @Test
  void diskWithoutRoomIsAClearErrorAndLeavesNothing() throws IOException {
    Path root = temporary.resolve("clients");
    try (ChildJvm child =
        ChildJvm.start("ulimit -f 16", FolderWorker.class, "fill", root.toString(), "100000")) {
      assertThat(child.remainingLines())
          .singleElement()
          .asString()
          .startsWith("the files cannot be written to " + root.toRealPath() + ": ")
          .containsIgnoringCase("file too large");
      assertThat(child.exitCode()).isZero();
    }
    assertThat(names(root)).containsExactly(".staging");
    assertThat(root.resolve(".staging")).isEmptyDirectory();
  }

  @Test
  void diskWithoutRoomLeavesNothingOfAnAuthority() throws IOException {
    Path root = temporary.resolve("pki");
    try (ChildJvm child =
        ChildJvm.start("ulimit -f 16", FolderWorker.class, "fill-ca", root.toString())) {
      assertThat(child.remainingLines())
          .singleElement()
          .asString()
          .startsWith("the CA cannot be written to " + root + ": ");
    }
    assertThat(root).isEmptyDirectory();
  }

  private static String mode(Path path) throws IOException {
    return PosixFilePermissions.toString(
        Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.map(path -> path.getFileName().toString()).toList();
    }
  }
}
