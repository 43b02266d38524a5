package dev.certwright.authority.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ClientFoldersTest {
  private static final Map<String, byte[]> FILES =
      new TreeMap<>(Map.of("a", new byte[] {1}, "b", new byte[20_000], "c", new byte[] {3}));

  @TempDir Path folder;

  @Test
  void foldersOfDifferentUsersNeverMeetEvenWithoutCaseAndNormalisation() {
    List<String> users =
        List.of(
            "jane",
            "Jane",
            "JANE",
            "team/jane",
            "team-jane",
            "team\\jane",
            "..",
            ".",
            "...",
            "-",
            "",
            " ",
            "con",
            "CON",
            "con.txt",
            "jane.",
            "jane..",
            "jäger",
            "ja\u0308ger",
            "x".repeat(200),
            "x".repeat(201),
            "名前",
            "名前2",
            "a~b",
            "team-jane~abc",
            ".staging",
            ".replaced",
            "a:b",
            "a\u0000b",
            "a\nb",
            "~",
            "%2e%2e",
            "😀");
    Set<String> seen = new HashSet<>();
    for (String user : users) {
      String name = FolderName.of(user);
      assertThat(name).doesNotContain("/", "\\", "\u0000").isNotIn(".", "..", "");
      assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(100);
      assertThat(name).matches("[a-z0-9][a-z0-9._@+~-]*");
      assertThat(seen.add(name.toLowerCase(Locale.ROOT))).as(user).isTrue();
    }
    assertThat(FolderName.of("jane@corp.com")).isEqualTo("jane@corp.com");
  }

  @Test
  void whatAKilledProcessLeftIsRemovedAndWhatALivingOneHasIsKept() throws IOException {
    ClientFolders living = ClientFolders.open(folder);
    Path staged = living.stage(FILES, true);
    Path abandoned = folder.resolve(".staging/0123456789abcdef");
    Files.createDirectories(abandoned.resolve("1"));
    Files.writeString(abandoned.resolve("1/client.key"), "secret");
    Files.createFile(folder.resolve(".staging/0123456789abcdef.lock"));

    ClientFolders.open(folder).close();

    assertThat(abandoned).doesNotExist();
    assertThat(staged).exists();
    living.publish(staged, "jane", false, true, "now");
    living.close();
    assertThat(folder.resolve("jane/b")).exists();
  }

  @Test
  void linkInPlaceOfTheStagingAreaIsNotFollowed() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path root = Files.createDirectory(folder.resolve("clients"));
    Files.createSymbolicLink(root.resolve(".staging"), elsewhere);

    assertThatThrownBy(() -> ClientFolders.open(root)).isInstanceOf(FileAccessException.class);
    try (Stream<Path> inside = Files.list(elsewhere)) {
      assertThat(inside).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void withheldFileHoldsZerosOfItsLengthUntilItIsCompleted(boolean durable) throws IOException {
    Map<String, byte[]> withheld = Map.of("a", new byte[] {1}, "c", new byte[] {3});
    try (ClientFolders folders = ClientFolders.open(folder)) {
      Path staged =
          folders.stage(
              Map.of("a", new byte[] {1}, "b", new byte[] {2}, "c", new byte[] {3}),
              withheld.keySet(),
              durable);

      assertThat(staged.resolve("a")).hasBinaryContent(new byte[1]);
      assertThat(staged.resolve("b")).hasBinaryContent(new byte[] {2});
      assertThat(staged.resolve("c")).hasBinaryContent(new byte[1]);
      assertThat(Files.getPosixFilePermissions(staged.resolve("c")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));

      folders.complete(staged, withheld, durable);
      Path place = folders.publish(staged, "jane", false, durable, "now");

      assertThat(place.resolve("a")).hasBinaryContent(new byte[] {1});
      assertThat(place.resolve("b")).hasBinaryContent(new byte[] {2});
      assertThat(place.resolve("c")).hasBinaryContent(new byte[] {3});
      assertThat(Files.getPosixFilePermissions(place.resolve("c")))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
  }

  @Test
  void linkInPlaceOfAWithheldFileIsNotFollowed() throws IOException {
    Path elsewhere = Files.write(folder.resolve("elsewhere"), new byte[1]);
    try (ClientFolders folders = ClientFolders.open(folder.resolve("clients"))) {
      Path staged = folders.stage(Map.of("a", new byte[] {1}), Set.of("a"), false);
      Files.delete(staged.resolve("a"));
      Files.createSymbolicLink(staged.resolve("a"), elsewhere);

      assertThatThrownBy(() -> folders.complete(staged, Map.of("a", new byte[] {1}), false))
          .isInstanceOf(FileAccessException.class);
      assertThat(elsewhere).hasBinaryContent(new byte[1]);
    }
  }

  @Test
  void withheldFileThatIsGoneOrOfAnotherLengthIsNotCompleted() throws IOException {
    try (ClientFolders folders = ClientFolders.open(folder)) {
      Path staged = folders.stage(Map.of("a", new byte[] {1}), Set.of("a"), false);

      assertThatThrownBy(() -> folders.complete(staged, Map.of("a", new byte[2]), false))
          .isInstanceOf(FileAccessException.class)
          .hasMessageContaining("has 1 bytes, expected 2");
      Files.delete(staged.resolve("a"));
      assertThatThrownBy(() -> folders.complete(staged, Map.of("a", new byte[1]), false))
          .isInstanceOf(FileAccessException.class);
      assertThat(staged.resolve("a")).doesNotExist();
    }
  }

  @Test
  void fileInPlaceOfTheFolderIsAClearError() throws IOException {
    Path file = Files.createFile(folder.resolve("clients"));

    assertThatThrownBy(() -> ClientFolders.open(file))
        .isInstanceOf(FileAccessException.class)
        .hasMessageContaining("clients");
  }
}
