package dev.certwright.ledger.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.ledger.Account;
import dev.certwright.ledger.CertificateFilter;
import dev.certwright.ledger.Events;
import dev.certwright.ledger.LedgerAccessException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose the folder of a ledger is, and whose the links in it are. */
final class LedgerFolderTest {
  private static final Instant NOW = Instant.parse("2026-11-24T09:37:12Z");

  @TempDir Path temporary;
  private Path folder;
  private Path elsewhere;

  @BeforeEach
  void makeFolders() throws IOException {
    folder = Files.createDirectory(temporary.resolve("ledger"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
  }

  private FileLedger ledger() {
    return new FileLedger(
        folder, "root@host", Clock.fixed(NOW, ZoneOffset.UTC), Duration.ofSeconds(20));
  }

  private void record(int number) {
    ledger().record(List.of(Events.issued(number, "jane")));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Only root gives files away; for others it stays their own. */
  private static boolean giveAway(Path path) throws IOException {
    boolean root = Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    if (root) {
      Files.setAttribute(path, "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS);
    } else {
      assertThatThrownBy(
              () -> Files.setAttribute(path, "unix:uid", 65534, LinkOption.NOFOLLOW_LINKS))
          .isInstanceOf(FileSystemException.class);
    }
    return root;
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwx---", "rwx----w-", "rwxrwxrwx"})
  void folderThatOthersMayWriteTakesNoEntries(String mode) throws IOException {
    record(1);
    byte[] before = Files.readAllBytes(folder.resolve("ledger.jsonl"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(mode));

    assertThatThrownBy(() -> record(2))
        .isInstanceOf(LedgerAccessException.class)
        .hasMessageContaining("others than its owner may write in " + folder)
        .hasMessageContaining("nothing was recorded");
    assertThat(folder.resolve("ledger.jsonl")).hasBinaryContent(before);
    assertThat(ledger().verify(null).isIntact()).isTrue();
  }

  @Test
  void nothingIsRestoredToAFolderThatOthersMayWrite() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(() -> ledger().restore(visitor -> {}))
        .isInstanceOf(LedgerAccessException.class)
        .hasMessageContaining("others than its owner may write in " + folder);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void folderOfAnotherUserTakesNoEntries() throws IOException {
    if (giveAway(folder)) {
      assertThatThrownBy(() -> record(1))
          .isInstanceOf(LedgerAccessException.class)
          .hasMessageContaining(folder + " belongs to another user");
      assertThat(folder).isEmptyDirectory();
    } else {
      record(1);
    }
  }

  @Test
  void folderToWhichALinkOfAnotherUserLeadsTakesNoEntries() throws IOException {
    Path link = Files.createSymbolicLink(temporary.resolve("link"), folder);
    boolean given = giveAway(link);
    folder = link;
    if (given) {
      assertThatThrownBy(() -> record(1))
          .isInstanceOf(LedgerAccessException.class)
          .hasMessageContaining(link + " belongs to another user");
      assertThat(names(folder.toRealPath())).isEmpty();
    } else {
      record(1);
    }
  }

  @Test
  void folderWhereOnlyOwnersRemoveFilesTakesEntries() throws IOException {
    Files.setAttribute(folder, "unix:mode", 01777);

    record(1);

    assertThat(ledger().head().sequence()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ledger.jsonl", "ledger.head", "ledger.lock"})
  void linkOfOnesOwnIsFollowedAlsoToNothing(String name) throws IOException {
    Path target = elsewhere.resolve("target");
    Files.createSymbolicLink(folder.resolve(name), target);

    record(1);
    record(2);

    assertThat(folder.resolve(name)).isSymbolicLink();
    assertThat(target).exists();
    assertThat(ledger().head().sequence()).isEqualTo(2);
    assertThat(ledger().verify(null).isIntact()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ledger.jsonl", "ledger.head", "ledger.lock", "ledger.torn"})
  void linkOfAnotherUserIsNotFollowed(String name) throws IOException {
    record(1);
    Files.writeString(
        folder.resolve("ledger.jsonl"), "{\"torn", java.nio.file.StandardOpenOption.APPEND);
    Files.deleteIfExists(folder.resolve(name));
    Path precious = Files.createFile(elsewhere.resolve("precious"));
    Path link = Files.createSymbolicLink(folder.resolve(name), precious);

    if (giveAway(link)) {
      assertThatThrownBy(() -> record(2))
          .isInstanceOf(LedgerAccessException.class)
          .hasMessageContaining("is a link that another user made or can replace")
          .hasMessageContaining(name);
      assertThat(precious).isEmptyFile();
    } else {
      assertThat(Files.isSameFile(link, precious)).isTrue();
    }
  }

  @Test
  void danglingLinkOfAnotherUserMakesNothing() throws IOException {
    Path target = elsewhere.resolve("target");
    if (giveAway(Files.createSymbolicLink(folder.resolve("ledger.jsonl"), target))) {
      assertThatThrownBy(() -> record(1)).isInstanceOf(LedgerAccessException.class);
      assertThat(elsewhere).isEmptyDirectory();
    } else {
      record(1);
    }
  }

  @Test
  void questionsInAFolderThatOthersMayWriteAreAnsweredWithoutAnIndexInIt() throws IOException {
    record(1);
    record(2);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    Path precious = Files.createFile(elsewhere.resolve("precious"));
    Files.createSymbolicLink(folder.resolve("index.sqlite"), precious);

    try (Account account = ledger().account()) {
      assertThat(account.certificates(CertificateFilter.all(100), NOW)).hasSize(2);
    }

    assertThat(precious).isEmptyFile();
    assertThat(names(folder))
        .containsExactly("index.sqlite", "ledger.head", "ledger.jsonl", "ledger.lock");
  }
}
