package dev.certwright.server.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a log whose file others touch, or that cannot be written for a while. */
final class AuditFileTest {
  private static final int FULL = 20;

  @TempDir Path folder;

  private static byte[] line(String text) {
    return (text + "\n").getBytes(US_ASCII);
  }

  private Path file() {
    return folder.resolve("audit.log");
  }

  private List<String> aside() throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> !name.equals("audit.log"))
          .sorted()
          .toList();
    }
  }

  @Test
  void a_file_that_somebody_moved_away_is_begun_anew_when_it_is_full() throws IOException {
    try (AuditFile log = AuditFile.open(file(), FULL, 3)) {
      log.write(line("the first event"));
      Files.move(file(), folder.resolve("moved"));
      log.write(line("the second event"));
      log.write(line("the third"));
      assertThat(file()).hasContent("the second event\nthe third".substring(17));
    }
  }

  @Test
  void a_folder_that_was_away_costs_the_events_of_that_time_alone() throws IOException {
    Path inside = Files.createDirectory(folder.resolve("logs"));
    Path file = inside.resolve("audit.log");
    try (AuditFile log = AuditFile.open(file, FULL, 3)) {
      log.write(line("the first event"));
      Files.move(inside, folder.resolve("away"));
      assertThatThrownBy(() -> log.write(line("the second event"))).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> log.write(line("the third event"))).isInstanceOf(IOException.class);
      Files.move(folder.resolve("away"), inside);
      log.write(line("4"));
    }
    assertThat(file).hasContent("the first event\n4");
  }

  @Test
  void a_line_that_was_cut_off_does_not_spoil_the_next() throws IOException {
    Files.writeString(file(), "{\"cut");
    try (AuditFile log = AuditFile.open(file(), 100, 3)) {
      log.write(line("whole"));
    }
    assertThat(file()).hasContent("{\"cut\nwhole");
  }

  @Test
  void only_files_that_were_put_aside_here_are_removed() throws IOException {
    List<String> others = List.of("audit-important.log", "audit-2020.log", "audit-x.log.gz");
    for (String other : others) {
      Files.writeString(folder.resolve(other), "");
    }
    Files.writeString(folder.resolve("audit-2020-01-02T03-04-05.678.log"), "");
    try (AuditFile log = AuditFile.open(file(), FULL, 2)) {
      for (int i = 0; i < 5; i++) {
        log.write(line("event number " + i));
      }
    }
    assertThat(aside())
        .hasSize(others.size() + 2)
        .containsAll(others)
        .doesNotContain("audit-2020-01-02T03-04-05.678.log");
  }

  @Test
  void without_a_number_of_backups_all_stay() throws IOException {
    try (AuditFile log = AuditFile.open(file(), FULL, 0)) {
      for (int i = 0; i < 5; i++) {
        log.write(line("event number " + i));
      }
    }
    assertThat(aside()).hasSize(4);
  }
}
