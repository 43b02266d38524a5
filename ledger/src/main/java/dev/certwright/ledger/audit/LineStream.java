package dev.certwright.ledger.audit;

import java.io.IOException;
import java.io.InputStream;

/** The lines of a stream, each a stream of its own that ends with the line, however long it is. */
final class LineStream extends InputStream {
  private final InputStream in;
  private final byte[] buffer = new byte[1 << 16];
  private int at;
  private int end;
  private boolean inLine;

  LineStream(InputStream in) {
    this.in = in;
  }

  /** Goes on to the next line, past what was not read of this one; false after the last. */
  boolean next() throws IOException {
    while (inLine) {
      skipBuffered();
    }
    inLine = fill();
    return inLine;
  }

  private void skipBuffered() throws IOException {
    int lineEnd = lineEnd(end);
    at = lineEnd;
    if (!fill()) {
      inLine = false;
    } else if (buffer[at] == '\n') {
      at++;
      inLine = false;
    }
  }

  private int lineEnd(int limit) {
    int i = at;
    while (i < limit && buffer[i] != '\n') {
      i++;
    }
    return i;
  }

  private boolean fill() throws IOException {
    if (at == end) {
      at = 0;
      end = Math.max(0, in.read(buffer));
    }
    return at < end;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!inLine || !fill() || buffer[at] == '\n') {
      return -1;
    }
    int count = lineEnd(Math.min(end, at + length)) - at;
    System.arraycopy(buffer, at, target, offset, count);
    at += count;
    return count;
  }
}
