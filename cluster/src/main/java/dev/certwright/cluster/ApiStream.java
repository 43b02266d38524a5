package dev.certwright.cluster;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** An answer that comes line by line, as a watch's does. */
final class ApiStream implements AutoCloseable {
  private final Closeable connection;
  private final InputStream in;
  private final byte[] buffer = new byte[16 << 10];
  private int next;
  private int end;

  /**
   * An answer that has begun.
   *
   * @param connection what ends it
   */
  ApiStream(InputStream in, Closeable connection) {
    this.connection = connection;
    this.in = in;
  }

  /**
   * Waits for the next line.
   *
   * @param longest bytes that it may have
   * @return without its end; null after the last. A last line without end is none: it was cut
   * @throws IOException if it is longer, the connection breaks, or nothing comes for too long
   */
  byte @Nullable [] nextLine(int longest) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      for (int i = next; i < end; i++) {
        if (buffer[i] == '\n') {
          line.write(buffer, next, i - next);
          next = i + 1;
          return line.toByteArray();
        }
      }
      line.write(buffer, next, end - next);
      if (line.size() > longest) {
        throw new IOException("a line of the answer is longer than " + longest + " bytes");
      }
      next = 0;
      end = in.read(buffer);
      if (end < 0) {
        end = 0;
        return null;
      }
    }
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
