package dev.certwright.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads lines of bytes, never keeping more than the longest entry. */
public final class LineReader {
  private final InputStream in;
  private final byte[] buffer = new byte[1 << 14];
  private byte[] line = new byte[2048];
  private int length;
  private int at;
  private int end;
  private long offset;
  private long lineOffset;
  private boolean complete;
  private boolean tooLong;

  /** Reads a stream whose first byte lies at this offset of its file. */
  public LineReader(InputStream in, long offset) {
    this.in = in;
    this.offset = offset;
  }

  /** The next line without its end; null after the last. */
  public byte @Nullable [] next() throws IOException {
    length = 0;
    complete = false;
    tooLong = false;
    lineOffset = offset;
    while (!complete) {
      if (at == end) {
        at = 0;
        end = Math.max(0, in.read(buffer));
        if (end == 0) {
          return offset == lineOffset ? null : Arrays.copyOf(line, length);
        }
      }
      int from = at;
      while (at < end && buffer[at] != '\n') {
        at++;
      }
      keep(from, at - from);
      offset += at - from;
      if (at < end) {
        complete = true;
        at++;
        offset++;
      }
    }
    return Arrays.copyOf(line, length);
  }

  private void keep(int from, int count) {
    if (tooLong || length + count > EntryLine.MAXIMUM_LENGTH) {
      tooLong = true;
      length = 0;
      return;
    }
    if (length + count > line.length) {
      line = Arrays.copyOf(line, Math.max(line.length * 2, length + count));
    }
    System.arraycopy(buffer, from, line, length, count);
    length += count;
  }

  /** Whether the line had its end. */
  public boolean isComplete() {
    return complete;
  }

  /** Whether the line was longer than any entry; it was passed over then. */
  public boolean isTooLong() {
    return tooLong;
  }

  /** Where the line began. */
  public long lineOffset() {
    return lineOffset;
  }

  /** Where the next line begins. */
  public long offset() {
    return offset;
  }
}
