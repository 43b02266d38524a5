package dev.certwright.cli.command;

import dev.certwright.cli.people.PeopleReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A list that can be read twice: what comes through a pipe is kept in a temporary file meanwhile.
 */
final class PeopleSource implements Closeable {
  private final Path file;
  private final @Nullable Path temporary;

  private PeopleSource(Path file, @Nullable Path temporary) {
    this.file = file;
    this.temporary = temporary;
  }

  static PeopleSource open(String name, InputStream in) throws IOException {
    Path named = Path.of(name);
    if (!name.equals("-") && Files.isRegularFile(named)) {
      return new PeopleSource(named, null);
    }
    // Created for its owner only.
    Path copy = Files.createTempFile("certwright-people", "");
    try (InputStream source = name.equals("-") ? in : Files.newInputStream(named);
        OutputStream target = Files.newOutputStream(copy)) {
      copyText(source, target);
      return new PeopleSource(copy, copy);
    } catch (IOException failed) {
      Files.deleteIfExists(copy);
      throw failed;
    }
  }

  /** A device that never ends must not fill the disk. */
  private static void copyText(InputStream source, OutputStream target) throws IOException {
    byte[] buffer = new byte[1 << 16];
    for (int count = source.read(buffer); count >= 0; count = source.read(buffer)) {
      for (int i = 0; i < count; i++) {
        if (buffer[i] == 0) {
          throw new IOException("it holds NUL bytes: this is no list");
        }
      }
      target.write(buffer, 0, count);
    }
  }

  PeopleReader reader() throws IOException {
    return new PeopleReader(Files.newInputStream(file));
  }

  @Override
  public void close() throws IOException {
    if (temporary != null) {
      Files.deleteIfExists(temporary);
    }
  }
}
