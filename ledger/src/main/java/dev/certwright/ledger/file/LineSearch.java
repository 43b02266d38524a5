package dev.certwright.ledger.file;

import dev.certwright.ledger.EntryLine;
import dev.certwright.ledger.LedgerDamagedException;
import dev.certwright.ledger.LineReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** Finds an entry by its number: numbers grow with the file, so that few lines are looked at. */
final class LineSearch {
  private LineSearch() {}

  /**
   * The line of an entry.
   *
   * @param end of the last complete line
   * @return null if there is none of this number
   * @throws LedgerDamagedException if a line on the way has no number
   */
  static byte @Nullable [] line(FileChannel channel, long end, long sequence) throws IOException {
    long low = 0;
    long high = end;
    // Lines that begin before low have lower numbers, those from high on have higher ones.
    while (low < high) {
      long middle = low + (high - low) / 2;
      LineReader lines = from(channel, middle);
      byte[] line = lines.next();
      long begin = lines.lineOffset();
      if (line == null || begin >= high) {
        high = middle;
        continue;
      }
      long found = EntryLine.number(line);
      if (found == sequence) {
        return line;
      } else if (found < sequence) {
        low = begin + 1;
      } else {
        high = middle;
      }
    }
    return null;
  }

  /** At the first line that begins at an offset or after it. */
  private static LineReader from(FileChannel channel, long offset) throws IOException {
    long before = Math.max(0, offset - 1);
    channel.position(before);
    InputStream in = Channels.newInputStream(channel);
    LineReader lines = new LineReader(in, before);
    if (offset > 0) {
      // The rest of the line before, which is its line end alone if a line begins at the offset.
      lines.next();
    }
    return lines;
  }
}
