package dev.certwright.ledger.file;

import dev.certwright.ledger.EntryException;
import dev.certwright.ledger.EntryLine;
import dev.certwright.ledger.LedgerDamagedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The end of the file: the last entry, and what stands after it.
 *
 * @param last the last complete entry; null if there is none
 * @param end where the next entry goes, after the line end of the last
 * @param unended whether the last entry is whole but for its line end
 * @param torn what stands after the last entry and is no entry
 */
@SuppressWarnings("ArrayRecordComponent")
record Tail(@Nullable EntryLine last, long end, boolean unended, byte[] torn) {
  private static final int FIRST_READ = 8192;
  private static final byte[] NOTHING = {};

  /**
   * Reads it, in one read unless entries are large.
   *
   * @throws LedgerDamagedException if the last complete line is not as it was written
   */
  static Tail of(FileChannel channel) throws IOException {
    long size = channel.size();
    long window = FIRST_READ;
    while (true) {
      int length = (int) Math.min(window, size);
      byte[] bytes = read(channel, size - length, length);
      boolean whole = length == size;
      int lastEnd = lastLineEnd(bytes, bytes.length);
      int before = lastEnd < 0 ? -1 : lastLineEnd(bytes, lastEnd);
      // The last complete line lies within what was read if another line end, or the file's
      // beginning, stands before it.
      if (whole || before >= 0) {
        return of(bytes, before, lastEnd, size);
      }
      if (window > 2L * EntryLine.MAXIMUM_LENGTH) {
        throw new LedgerDamagedException("the last line of the ledger is longer than any entry");
      }
      window *= 8;
    }
  }

  private static Tail of(byte[] bytes, int before, int lastEnd, long size) {
    byte[] after = Arrays.copyOfRange(bytes, lastEnd + 1, bytes.length);
    EntryLine last = null;
    if (lastEnd >= 0) {
      last = intact(Arrays.copyOfRange(bytes, before + 1, lastEnd));
    }
    if (after.length > 0 && isNext(after, last)) {
      return new Tail(EntryLine.of(after), size, true, NOTHING);
    }
    return new Tail(last, size - after.length, false, after);
  }

  private static boolean isNext(byte[] line, @Nullable EntryLine last) {
    try {
      EntryLine entry = EntryLine.of(line);
      return entry.intact()
          && entry.follows(last == null ? dev.certwright.ledger.Head.NONE : last.head());
    } catch (EntryException torn) {
      return false;
    }
  }

  private static EntryLine intact(byte[] line) {
    try {
      EntryLine entry = EntryLine.of(line);
      if (entry.intact()) {
        return entry;
      }
      throw new LedgerDamagedException(
          "the last entry of the ledger, number "
              + entry.sequence()
              + ", was changed: its content does not have its hash");
    } catch (EntryException notALine) {
      throw new LedgerDamagedException("the last line of the ledger is no entry");
    }
  }

  private static int lastLineEnd(byte[] bytes, int before) {
    int at = before - 1;
    while (at >= 0 && bytes[at] != '\n') {
      at--;
    }
    return at;
  }

  private static byte[] read(FileChannel channel, long from, int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      int count = channel.read(buffer, from + buffer.position());
      if (count < 0) {
        throw new IOException("the ledger became shorter while it was read");
      }
    }
    return buffer.array();
  }
}
