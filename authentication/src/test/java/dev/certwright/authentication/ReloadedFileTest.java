package dev.certwright.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file while whoever writes it does odd things. */
final class ReloadedFileTest {
  private static final Logger LOGGER = Logger.getLogger(ReloadedFileTest.class.getName());

  @TempDir Path folder;
  private final List<String> said = new ArrayList<>();
  private final Handler listening =
      new Handler() {
        @Override
        public void publish(LogRecord logged) {
          said.add(new SimpleFormatter().formatMessage(logged));
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };
  private final AtomicLong nanos = new AtomicLong();

  /** Text, whatever it says. */
  private static final class Text implements ReloadedFile.Kind<String> {
    @Override
    public String name() {
      return "text";
    }

    @Override
    public String read(Path file, byte[] content) {
      return new String(content, StandardCharsets.UTF_8);
    }

    @Override
    public String describe(String value) {
      return value.length() + " characters";
    }

    @Override
    public int limit() {
      return 1000;
    }

    @Override
    public System.Logger log() {
      return System.getLogger(ReloadedFileTest.class.getName());
    }
  }

  @BeforeEach
  void listen() {
    LOGGER.addHandler(listening);
  }

  @AfterEach
  void stop() {
    LOGGER.removeHandler(listening);
  }

  private ReloadedFile<String> open(Path file) throws IOException {
    return ReloadedFile.open(file, new Text(), nanos::get);
  }

  private void later() {
    nanos.addAndGet(Duration.ofSeconds(1).toNanos());
  }

  private Path pipe(String name) throws Exception {
    Path pipe = folder.resolve(name);
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    return pipe;
  }

  @Test
  @Timeout(60)
  void pipe_in_the_place_of_the_file_blocks_nobody_and_changes_nothing() throws Exception {
    Path file = Files.writeString(folder.resolve("text"), "one");
    ReloadedFile<String> text = open(file);
    Files.delete(file);
    pipe("text");
    later();
    assertThat(text.current()).isEqualTo("one");
    assertThat(said).singleElement().asString().contains("it is no regular file");
    Files.delete(file);
    Files.writeString(file, "two");
    later();
    assertThat(text.current()).isEqualTo("two");
  }

  @Test
  @Timeout(60)
  void pipe_of_a_command_is_read_once() throws Exception {
    Path pipe = pipe("pipe");
    Process writer = new ProcessBuilder("sh", "-c", "printf one > \"$0\"", pipe.toString()).start();
    ReloadedFile<String> text = open(pipe);
    assertThat(writer.waitFor()).isZero();
    nanos.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(text.current()).isEqualTo("one");
    assertThat(said).isEmpty();
  }

  @Test
  void file_that_is_empty_for_a_moment_changes_nothing() throws IOException {
    Path file = Files.writeString(folder.resolve("text"), "one");
    ReloadedFile<String> text = open(file);
    Files.writeString(file, "");
    later();
    assertThat(text.current()).isEqualTo("one");
    Files.writeString(file, "two");
    later();
    assertThat(text.current()).isEqualTo("two");
  }

  @Test
  void file_that_stays_empty_is_empty() throws IOException {
    Path file = Files.writeString(folder.resolve("text"), "one");
    ReloadedFile<String> text = open(file);
    Files.writeString(file, "");
    later();
    assertThat(text.current()).isEqualTo("one");
    later();
    assertThat(text.current()).isEmpty();
  }

  @Test
  void file_that_is_gone_is_said_in_words() throws IOException {
    Path file = Files.writeString(folder.resolve("text"), "one");
    ReloadedFile<String> text = open(file);
    Files.delete(file);
    later();
    assertThat(text.current()).isEqualTo("one");
    assertThat(said)
        .containsExactly(
            "the text "
                + file
                + " has changed and cannot be used; the previous one stays in force: it is gone");
  }
}
