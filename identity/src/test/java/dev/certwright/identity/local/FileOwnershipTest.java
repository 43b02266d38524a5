package dev.certwright.identity.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FileOwnershipTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "1000, 1000, true, false",
    "0, 1000, false, false",
    "1001, 1000, false, true",
    "0, 0, true, false",
    "65534, 0, false, true",
    "65534, -1, true, false",
  })
  void ownerThatIsNeitherOneselfNorRootIsAnother(int uid, int self, boolean own, boolean other) {
    FileOwnership ownership = new FileOwnership(uid, 0700, self);

    assertThat(ownership.isOnesOwn()).isEqualTo(own);
    assertThat(ownership.isAnothers()).isEqualTo(other);
  }

  @ParameterizedTest
  @CsvSource({
    "rwx------, false",
    "rwxr-xr-x, false",
    "rwxrwx---, true",
    "rwx----w-, true",
  })
  void modeThatLetsGroupOrAllWriteIsSeen(String mode, boolean writable) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));
    FileOwnership ownership = FileOwnership.of(folder);

    assertThat(ownership.isWritableByOthers()).isEqualTo(writable);
    assertThat(ownership.isChangeableByOthers()).isEqualTo(writable);
    assertThat(ownership.isOnesOwn()).isTrue();
    assertThat(ownership.isAnothers()).isFalse();
  }

  @Test
  void folderThatOnlyOwnersRemoveFromIsWritableAndNotChangeable() {
    FileOwnership ownership = new FileOwnership(0, 0041777, 1000);

    assertThat(ownership.isWritableByOthers()).isTrue();
    assertThat(ownership.isChangeableByOthers()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0755, 1000, false",
    "1000, 0755, 1000, false",
    "1001, 0755, 1000, true",
    "1001, 0700, 0, true",
    "1000, 0775, 1000, true",
    "0, 0777, 1000, true",
    "0, 01777, 1000, false",
  })
  void folderIsExposedIfAnotherOwnsItOrMayChangeIt(
      int uid, String mode, int self, boolean exposed) {
    FileOwnership ownership = new FileOwnership(uid, Integer.parseInt(mode, 8), self);

    assertThat(ownership.isExposed()).isEqualTo(exposed);
  }

  @Test
  void linkIsLookedAtItselfOnlyIfThatIsAskedFor() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("nowhere"));

    assertThat(FileOwnership.of(link, LinkOption.NOFOLLOW_LINKS).isOnesOwn()).isTrue();
    assertThatThrownBy(() -> FileOwnership.of(link)).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void whereNoOwnersAreKnownAllIsOnesOwn() throws IOException {
    URI archive = URI.create("jar:" + folder.resolve("a.zip").toUri());
    try (FileSystem files = FileSystems.newFileSystem(archive, Map.of("create", "true"))) {
      FileOwnership ownership = FileOwnership.of(files.getPath("/"));

      assertThat(ownership.isOnesOwn()).isTrue();
      assertThat(ownership.isAnothers()).isFalse();
      assertThat(ownership.isWritableByOthers()).isFalse();
    }
  }
}
