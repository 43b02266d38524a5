package dev.certwright.rbac.lines;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Splits a stream of bytes at its line ends without ever holding more than one long line. */
final class LineReader {
  /** Longest line, in bytes. */
  static final int LONGEST = 16 << 20;

  private final InputStream in;
  private byte[] buffer = new byte[1 << 16];
  private int from;
  private int end;
  private boolean atEnd;

  private int lineStart;
  private int lineEnd;
  private boolean tooLong;

  LineReader(InputStream in) {
    this.in = in;
  }

  /** Goes to the next line; false if there is none. */
  boolean next() throws IOException {
    tooLong = false;
    int searched = from;
    while (true) {
      for (int i = searched; i < end; i++) {
        if (buffer[i] == '\n') {
          tooLong |= i - from > LONGEST;
          lineStart = from;
          lineEnd = i;
          from = i + 1;
          return true;
        }
      }
      searched = end;
      if (atEnd) {
        tooLong |= end - from > LONGEST;
        lineStart = from;
        lineEnd = end;
        from = end;
        return lineEnd > lineStart || tooLong;
      }
      if (end - from > LONGEST) {
        // Nothing of it is kept but the fact.
        tooLong = true;
        end = from;
        searched = from;
      }
      int moved = fill();
      searched -= moved;
    }
  }

  /** Reads more; the answer says by how much the bytes in the buffer moved to its front. */
  private int fill() throws IOException {
    int moved = 0;
    if (end == buffer.length) {
      moved = from;
      if (from > 0) {
        System.arraycopy(buffer, from, buffer, 0, end - from);
        end -= from;
        from = 0;
      } else {
        buffer = Arrays.copyOf(buffer, buffer.length * 2);
      }
    }
    int read = in.read(buffer, end, buffer.length - end);
    if (read < 0) {
      atEnd = true;
    } else {
      end += read;
    }
    return moved;
  }

  /** Whether a whole line is waiting, so that answers need not be sent yet. */
  boolean hasLineWaiting() {
    for (int i = from; i < end; i++) {
      if (buffer[i] == '\n') {
        return true;
      }
    }
    return false;
  }

  /** Whether the line was longer than {@link #LONGEST}; then not all of it is there. */
  boolean isTooLong() {
    return tooLong;
  }

  byte[] bytes() {
    return buffer;
  }

  int start() {
    return lineStart;
  }

  int length() {
    return lineEnd - lineStart;
  }
}
