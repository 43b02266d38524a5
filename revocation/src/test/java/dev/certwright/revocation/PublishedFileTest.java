package dev.certwright.revocation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublishedFileTest {
  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void replacedFileKeepsItsModeAndTheOneBeforeStays() throws IOException {
    Path file = Files.writeString(folder.resolve("list"), "one");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));

    boolean changed = new PublishedFile(file).write("two".getBytes(UTF_8));

    assertThat(changed).isTrue();
    assertThat(file).hasContent("two");
    assertThat(new PublishedFile(file).previous()).hasContent("one");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r-----");
    assertThat(names()).containsExactly("list", "list.previous");
  }

  @Test
  void equalContentIsNotWrittenAgain() throws IOException {
    Path file = Files.writeString(folder.resolve("list"), "one");
    Object before = Files.readAttributes(file, "unix:ino,ctime");

    assertThat(new PublishedFile(file).write("one".getBytes(UTF_8))).isFalse();

    assertThat((Object) Files.readAttributes(file, "unix:ino,ctime")).isEqualTo(before);
    assertThat(names()).containsExactly("list");
  }

  @Test
  void newFileIsForItsOwnerOnly() throws IOException {
    Path file = folder.resolve("list");

    new PublishedFile(file).write("one".getBytes(UTF_8));

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void linkStaysAndWhatItLeadsToIsReplaced() throws IOException {
    Path real =
        Files.writeString(Files.createDirectory(folder.resolve("real")).resolve("f"), "one");
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);

    new PublishedFile(link).write("two".getBytes(UTF_8));

    assertThat(Files.isSymbolicLink(link)).isTrue();
    assertThat(real).hasContent("two");
  }

  @Test
  void missingFolderIsToldAndNothingIsMade() throws IOException {
    assertThatThrownBy(
            () -> new PublishedFile(folder.resolve("none/list")).write("one".getBytes(UTF_8)))
        .isInstanceOf(OutletAccessException.class)
        .hasMessageEndingWith("list cannot be written: its folder does not exist");
    assertThat(names()).isEmpty();
  }
}
