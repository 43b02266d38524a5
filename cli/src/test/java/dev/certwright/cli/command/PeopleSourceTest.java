package dev.certwright.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.cli.people.PeopleReader;
import dev.certwright.cli.people.Person;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PeopleSourceTest {
  @TempDir Path folder;

  /** Repeats a line so many times, and counts what was taken of it. */
  private static final class Repeated extends InputStream {
    private final byte[] line;
    private final long end;
    private long position;

    Repeated(String line, long times) {
      this.line = line.getBytes(StandardCharsets.UTF_8);
      this.end = times == Long.MAX_VALUE ? times : times * this.line.length;
    }

    @Override
    public int read() {
      return position == end ? -1 : line[(int) (position++ % line.length)];
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      int count = (int) Math.min(length, end - position);
      for (int i = 0; i < count; i++) {
        bytes[offset + i] = (byte) read();
      }
      return count == 0 ? -1 : count;
    }
  }

  private static List<String> users(PeopleSource source) throws IOException {
    List<String> users = new ArrayList<>();
    try (PeopleReader reader = source.reader()) {
      for (Person person = reader.next(); person != null; person = reader.next()) {
        users.add(person.user());
      }
    }
    return users;
  }

  /** What this process has open, as Linux tells it. */
  private static List<String> openCopies() throws IOException {
    List<String> open = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path file : files) {
        try {
          String target = Files.readSymbolicLink(file).toString();
          if (target.contains("certwright-people")) {
            open.add(target);
          }
        } catch (NoSuchFileException closed) {
          // By another thread meanwhile.
        }
      }
    }
    return open;
  }

  @Test
  void listFromAPipeIsReadTwiceFromACopyThatHasNoNameAnyMore() throws IOException {
    InputStream in =
        new ByteArrayInputStream("jane,devs\njoe,ops\n".getBytes(StandardCharsets.UTF_8));
    try (PeopleSource source = PeopleSource.open("-", in)) {
      assertThat(openCopies()).singleElement().asString().endsWith("(deleted)");
      assertThat(users(source)).containsExactly("jane", "joe");
      assertThat(users(source)).containsExactly("jane", "joe");
    }
    assertThat(openCopies()).isEmpty();
  }

  @Test
  void listWithoutEndIsRefusedSoonAndItsCopyIsGone() throws IOException {
    Repeated endless = new Repeated("jane,devs\n", Long.MAX_VALUE);

    assertThatThrownBy(() -> PeopleSource.open("-", endless))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("more than 64 MiB")
        .hasMessageContaining("--from FILE");

    assertThat(endless.position).isBetween(64L << 20, (64L << 20) + (1 << 17));
    assertThat(openCopies()).isEmpty();
  }

  @Test
  void millionPeopleWithTwoGroupsComeThroughAPipe() throws IOException {
    Repeated people = new Repeated("jane.doe@corp.example,developers,ops\n", 1_000_000);
    try (PeopleSource source = PeopleSource.open("-", people);
        PeopleReader reader = source.reader()) {
      int count = 0;
      while (reader.next() != null) {
        count++;
      }
      assertThat(count).isEqualTo(1_000_000);
    }
  }

  @Test
  void namedFileIsReadWhereItIsHoweverLargeItIs() throws IOException {
    Path file = folder.resolve("people.csv");
    String comment = "#" + "x".repeat(60_000) + "\n";
    Files.writeString(file, comment.repeat(1200) + "jane,devs\n");
    assertThat(Files.size(file)).isGreaterThan(64L << 20);

    try (PeopleSource source = PeopleSource.open(file.toString(), InputStream.nullInputStream())) {
      assertThat(openCopies()).isEmpty();
      assertThat(users(source)).containsExactly("jane");
    }
  }

  @Test
  void namedDeviceThatNeverEndsIsRefused() {
    assertThatThrownBy(() -> PeopleSource.open("/dev/zero", InputStream.nullInputStream()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("NUL bytes");
  }
}
