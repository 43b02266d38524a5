package dev.certwright.cli.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class TurnsTest {
  @TempDir Path folder;

  @Test
  void lock_file_is_for_its_owner_alone_also_one_of_an_earlier_version() throws IOException {
    Path made = folder.resolve("made.lock");
    Turns.open(made).close();
    Path earlier = Files.createFile(folder.resolve("earlier.lock"));
    Files.setPosixFilePermissions(earlier, PosixFilePermissions.fromString("rw-r--r--"));
    Turns.open(earlier).close();
    for (Path lock : new Path[] {made, earlier}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(lock)))
          .isEqualTo("rw-------");
    }
  }

  @Test
  @Timeout(60)
  @SuppressWarnings("try") // The lock is held, not used.
  void who_keeps_a_turn_for_ever_is_not_waited_for_for_ever() throws IOException {
    Path lock = folder.resolve("outlets.lock");
    try (Turns one = Turns.open(lock);
        FileLock kept = one.toWrite();
        Turns other = Turns.open(lock, Duration.ofMillis(100))) {
      assertThatThrownBy(other::toWrite)
          .isInstanceOf(IOException.class)
          .hasMessageContainingAll("another process has kept it locked", "fuser -v " + lock);
      kept.release();
      other.toWrite().release();
    }
  }
}
