package dev.certwright.ledger.file;

import dev.certwright.ledger.Head;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * The entry that was recorded last, in a file beside the ledger: what is missing at the ledger's
 * end shows without any database. One line, {@code SEQUENCE HASH SEQUENCE}: the number stands at
 * both ends, so that one of which only a part was written is not taken for another entry.
 */
final class LastHead {
  static final String FILE = "ledger.head";

  private static final int LONGEST = 128;

  private LastHead() {}

  /**
   * As the file says.
   *
   * @return {@link Head#NONE} also if there is none, or if it was not written to its end
   * @throws IOException also if it is a link of another user's: over what it leads to nothing will
   *     be written, and that must not be silent
   */
  static Head read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    PrivateFiles.requireOwnLink(file);
    try (FileChannel channel = PrivateFiles.openForReading(file)) {
      ByteBuffer buffer = ByteBuffer.allocate(LONGEST);
      while (buffer.hasRemaining() && channel.read(buffer) >= 0) {}
      return of(new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1));
    } catch (NoSuchFileException none) {
      return Head.NONE;
    }
  }

  private static Head of(String text) {
    int first = text.indexOf(' ');
    int second = text.indexOf(' ', first + 1);
    int end = text.indexOf('\n', second + 1);
    if (first < 0 || second < 0 || end < 0) {
      return Head.NONE;
    }
    String number = text.substring(0, first);
    try {
      return number.equals(text.substring(second + 1, end))
          ? new Head(Long.parseLong(number), text.substring(first + 1, second))
          : Head.NONE;
    } catch (NumberFormatException notANumber) {
      return Head.NONE;
    }
  }

  /**
   * Over the one before, which takes no more room. What was recorded counts also where it fails.
   */
  static void write(Path folder, Head head) {
    String text = head.sequence() + " " + head.hash() + " " + head.sequence() + "\n";
    ByteBuffer buffer = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
    try (FileChannel channel = PrivateFiles.openForWriting(folder.resolve(FILE))) {
      while (buffer.hasRemaining()) {
        channel.write(buffer, buffer.position());
      }
    } catch (IOException full) {
      // It says less than it could: of the entry before, or nothing.
    }
  }

  /** Unless there is one, which may know more. */
  static void writeFirst(Path folder, Head head) {
    if (!Files.exists(folder.resolve(FILE))) {
      write(folder, head);
    }
  }
}
