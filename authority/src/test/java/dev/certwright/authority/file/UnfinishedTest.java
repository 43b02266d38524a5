package dev.certwright.authority.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a killed process leaves of a CA that it was writing. */
final class UnfinishedTest {
  private static final String ID = "0123456789abcdef";

  @TempDir Path temporary;
  private Path pki;
  private AuthorityFiles files;

  @BeforeEach
  void makeFolder() throws IOException {
    pki = Files.createDirectory(temporary.resolve("pki"));
    Files.setPosixFilePermissions(pki, PosixFilePermissions.fromString("rwxr-xr-x"));
    files = AuthorityFiles.in(pki);
  }

  @Test
  void filesOfKilledProcessesAreRemovedAndASecondNameOfTheKeyToo() throws IOException {
    Path key = Files.writeString(pki.resolve("ca.key"), "key");
    Files.createLink(pki.resolve(".ca.key." + ID), key);
    Files.writeString(pki.resolve(".ca.key.ffffffffffffffff"), "half of a k");
    Files.writeString(pki.resolve(".ca.crt." + ID), "");

    assertThat(files.removeUnfinished()).isEmpty();

    try (Stream<Path> left = Files.list(pki)) {
      assertThat(left).containsExactly(key);
    }
    assertThat(key).hasContent("key");
  }

  @Test
  void filesOfOtherNamesAreLeftAlone() throws IOException {
    String[] names = {
      ".ca.key",
      ".ca.key.",
      ".ca.key.0123456789abcde",
      ".ca.key." + ID + "0",
      ".ca.key.0123456789ABCDEF",
      ".ca.key.0123456789abcdeg",
      ".ca.pem." + ID,
      "ca.key." + ID
    };
    for (String name : names) {
      Files.createFile(pki.resolve(name));
    }

    assertThat(files.removeUnfinished()).isEmpty();

    assertThat(pki.toFile().list()).containsExactlyInAnyOrder(names);
  }

  @Test
  void linksAndFoldersOfSuchNamesAreNamedAndLeftAlone() throws IOException {
    Path precious = Files.writeString(temporary.resolve("precious"), "precious");
    Path link = Files.createSymbolicLink(pki.resolve(".ca.key." + ID), precious);
    Path folder = Files.createDirectory(pki.resolve(".ca.crt." + ID));

    assertThat(files.removeUnfinished()).containsExactlyInAnyOrder(link, folder);

    assertThat(precious).hasContent("precious");
    assertThat(link).isSymbolicLink();
    assertThat(folder).isDirectory();
  }

  @Test
  void inAFolderThatOthersMayWriteTheyAreNamed() throws IOException {
    Path left = Files.createFile(pki.resolve(".ca.key." + ID));
    Files.setPosixFilePermissions(pki, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThat(files.removeUnfinished()).containsExactly(left);
    assertThat(left).exists();
  }

  @Test
  void fileThatALivingProcessWritesIsLeftAlone() throws IOException {
    Path key = pki.resolve(".ca.key." + ID);
    try (ChildJvm child = ChildJvm.start(FolderWorker.class, "lock", key.toString())) {
      assertThat(child.line()).isEqualTo("locked");
      assertThat(files.removeUnfinished()).isEmpty();
      assertThat(key).exists();
      child.kill();
    }

    assertThat(files.removeUnfinished()).isEmpty();
    assertThat(key).doesNotExist();
  }

  @Test
  void whereNoFolderIsNothingIsLeft() {
    assertThat(AuthorityFiles.in(temporary.resolve("none")).removeUnfinished()).isEmpty();
  }

  @Test
  void keyAloneIsTold() throws IOException {
    assertThat(files.isKeyAlone()).isFalse();
    Files.createFile(files.key());
    assertThat(files.isKeyAlone()).isTrue();
    Files.createFile(files.certificate());
    assertThat(files.isKeyAlone()).isFalse();
  }
}
