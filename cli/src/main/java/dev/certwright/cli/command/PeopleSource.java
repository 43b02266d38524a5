package dev.certwright.cli.command;

import dev.certwright.cli.people.PeopleReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A list that can be read twice: what comes through a pipe is kept in a temporary file meanwhile,
 * which loses its name as soon as it is open, where the platform allows that, and so goes with the
 * process however that ends.
 */
final class PeopleSource implements Closeable {
  /** A million people with two groups each take half of it. */
  private static final long LIMIT = 64L << 20;

  private static final Set<OpenOption> COPY =
      Set.of(
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          StandardOpenOption.DELETE_ON_CLOSE,
          LinkOption.NOFOLLOW_LINKS);

  private final Path file;
  private final @Nullable FileChannel copy;

  private PeopleSource(Path file, @Nullable FileChannel copy) {
    this.file = file;
    this.copy = copy;
  }

  static PeopleSource open(String name, InputStream in) throws IOException {
    Path named = Path.of(name);
    if (!name.equals("-") && Files.isRegularFile(named)) {
      return new PeopleSource(named, null);
    }
    // Created for its owner only.
    Path temporary = Files.createTempFile("certwright-people", "");
    FileChannel copy = FileChannel.open(temporary, COPY);
    boolean whole = false;
    try (InputStream source = name.equals("-") ? in : Files.newInputStream(named)) {
      copyText(source, copy);
      whole = true;
      return new PeopleSource(temporary, copy);
    } finally {
      if (!whole) {
        copy.close();
      }
    }
  }

  /** What never ends must not fill the disk. */
  private static void copyText(InputStream source, FileChannel target) throws IOException {
    byte[] buffer = new byte[1 << 16];
    long size = 0;
    for (int count = source.read(buffer); count >= 0; count = source.read(buffer)) {
      size += count;
      if (size > LIMIT) {
        throw new IOException(
            "it has more than 64 MiB, which is the most that is taken from a pipe or device;"
                + " write it to a file and name that with --from FILE");
      }
      for (int i = 0; i < count; i++) {
        if (buffer[i] == 0) {
          throw new IOException("it holds NUL bytes: this is no list");
        }
      }
      ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
      while (bytes.hasRemaining()) {
        target.write(bytes);
      }
    }
  }

  PeopleReader reader() throws IOException {
    return new PeopleReader(copy == null ? Files.newInputStream(file) : new Copied(copy));
  }

  @Override
  public void close() throws IOException {
    if (copy != null) {
      copy.close();
    }
  }

  /** Reads the copy from its beginning, and leaves it open for the next. */
  private static final class Copied extends InputStream {
    private final FileChannel copy;
    private long position;

    Copied(FileChannel copy) {
      this.copy = copy;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = copy.read(ByteBuffer.wrap(bytes, offset, length), position);
      position += Math.max(count, 0);
      return count;
    }
  }
}
