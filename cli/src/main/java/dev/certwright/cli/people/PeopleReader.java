package dev.certwright.cli.people;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list in either form, told apart by its first character: an opening brace means JSON
 * lines. Memory does not grow with the list; a line may have 64 KiB.
 */
public final class PeopleReader implements Closeable {
  static final int MAXIMUM_LINE = 64 << 10;

  /** What goes on so long without a line end is no list. */
  static final int MAXIMUM_PASSED_OVER = 1 << 20;

  private final BufferedReader reader;
  private @Nullable PersonParser parser;
  private long line;

  /** Reads UTF-8, with or without a byte order mark. */
  public PeopleReader(InputStream in) {
    this.reader =
        new BufferedReader(
            new InputStreamReader(
                in,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)));
  }

  /**
   * The next person, or null at the end. Blank lines and lines that begin with {@code #} are passed
   * over.
   *
   * @throws LineException if this line cannot be read; the next call goes on after it
   * @throws IOException if the list cannot be read any further
   */
  public @Nullable Person next() throws IOException {
    while (true) {
      String text = readLine();
      if (text == null) {
        return null;
      }
      line++;
      if (line == 1 && text.startsWith("\uFEFF")) {
        text = text.substring(1);
      }
      if (text.length() > MAXIMUM_LINE) {
        throw new LineException(line, "a line of more than " + MAXIMUM_LINE + " characters");
      }
      if (text.isBlank() || text.startsWith("#")) {
        continue;
      }
      PersonParser current = parser;
      if (current == null) {
        current = text.startsWith("{") ? new JsonPersonParser() : new CsvPersonParser();
        parser = current;
        if (current.isHeader(text, line)) {
          continue;
        }
      }
      return current.parse(text, line);
    }
  }

  /** Reads one line and never keeps more of it than the limit and one character. */
  private @Nullable String readLine() throws IOException {
    StringBuilder text = new StringBuilder();
    try {
      int c = reader.read();
      if (c < 0) {
        return null;
      }
      for (int length = 0; c >= 0 && c != '\n'; c = reader.read()) {
        if (c == 0) {
          throw new IOException("line " + (line + 1) + " holds a NUL character: this is no list");
        }
        if (++length > MAXIMUM_PASSED_OVER) {
          throw new IOException(
              "line " + (line + 1) + " has more than a million characters: this is no list");
        }
        if (text.length() <= MAXIMUM_LINE) {
          text.append((char) c);
        }
      }
    } catch (CharacterCodingException notUtf8) {
      throw new IOException("line " + (line + 1) + " is not UTF-8", notUtf8);
    }
    if (!text.isEmpty() && text.charAt(text.length() - 1) == '\r') {
      text.setLength(text.length() - 1);
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
