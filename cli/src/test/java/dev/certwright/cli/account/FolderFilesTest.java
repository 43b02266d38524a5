package dev.certwright.cli.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@link FolderFiles}. */
final class FolderFilesTest {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temporary.resolve("clients"));
  }

  private Path deep(int folders) throws IOException {
    return Files.createDirectories(folder.resolve("d/".repeat(folders)));
  }

  @Test
  void folderThatCannotBeReadIsSaidAndTheOthersAreRead() throws IOException {
    Path file = Files.writeString(folder.resolve("a.crt"), "");
    FolderFiles found = FolderFiles.in(folder);

    FileVisitResult next =
        found.visitFileFailed(folder.resolve("b"), new AccessDeniedException(folder + "/b"));

    assertThat(next).isEqualTo(FileVisitResult.CONTINUE);
    assertThat(found.files()).containsExactly(file);
    assertThat(found.problems()).containsExactly(folder + "/b may not be read by this user");
  }

  @Test
  void folderBeyondTheLimitIsSaid() throws IOException {
    Path inside = Files.writeString(deep(FolderFiles.DEEPEST - 1).resolve("a.crt"), "");
    Files.writeString(deep(FolderFiles.DEEPEST).resolve("b.crt"), "");

    FolderFiles found = FolderFiles.in(folder);

    assertThat(found.files()).containsExactly(inside);
    assertThat(found.problems())
        .containsExactly(
            "1 folder in "
                + folder
                + " more than 8 folders down, such as "
                + deep(FolderFiles.DEEPEST)
                + ": name them to have them read");
  }

  @Test
  void linkThatLeadsElsewhereIsSaidAndOneToWhatIsReadAnywayIsNot() throws IOException {
    Path file = Files.writeString(folder.resolve("a.crt"), "");
    Path outside = Files.writeString(temporary.resolve("outside.crt"), "");
    Files.createSymbolicLink(folder.resolve("current.crt"), Path.of("a.crt"));
    Files.createSymbolicLink(folder.resolve("elsewhere.crt"), outside);
    Files.createSymbolicLink(folder.resolve("up"), temporary);
    Files.createSymbolicLink(folder.resolve("void"), temporary.resolve("absent"));

    FolderFiles found = FolderFiles.in(folder);

    assertThat(found.files()).containsExactly(file);
    assertThat(found.problems())
        .containsExactly(
            "3 symbolic links in "
                + folder
                + " that lead elsewhere, such as "
                + folder
                + "/elsewhere.crt: name what they lead to");
  }

  @Test
  void folderNamedByALinkIsRead() throws IOException {
    Files.writeString(folder.resolve("a.crt"), "");
    Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);

    assertThat(FolderFiles.in(link).files()).hasSize(1);
  }

  @Test
  void folderThatIsNotThereIsAFailure() {
    assertThatThrownBy(() -> FolderFiles.in(temporary.resolve("absent")))
        .isInstanceOf(NoSuchFileException.class);
  }
}
