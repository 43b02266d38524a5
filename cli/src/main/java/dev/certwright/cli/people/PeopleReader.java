package dev.certwright.cli.people;

import dev.certwright.x509.SafeText;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list in either form, told apart by its first character: an opening brace means JSON
 * lines. Memory does not grow with the list; a line may have 64 KiB.
 */
public final class PeopleReader implements Closeable {
  static final int MAXIMUM_LINE = 64 << 10;

  /** What goes on so long without a line end is no list. */
  static final int MAXIMUM_PASSED_OVER = 1 << 20;

  /**
   * A document's start, a list's item, or a key: user names with a colon have no blank after it.
   */
  private static final Pattern OTHER_YAML =
      Pattern.compile("---(\\s|$)|- |%YAML|[\\p{L}\\p{N}_.-]+:(\\s|$)");

  private static final int SHOWN = 100;

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
        refuseOtherForms(text);
        current =
            text.stripLeading().startsWith("{") ? new JsonPersonParser() : new CsvPersonParser();
        parser = current;
        if (current.isHeader(text, line)) {
          continue;
        }
      }
      return current.parse(text, line);
    }
  }

  /** What is no list at all must not be taken for people line by line. */
  private void refuseOtherForms(String text) throws IOException {
    String start = text.strip();
    String form =
        start.startsWith("[")
            ? "a JSON array"
            : start.startsWith("<")
                ? "XML or HTML"
                : start.startsWith("-----BEGIN ")
                    ? "PEM"
                    : OTHER_YAML.matcher(start).lookingAt() ? "YAML" : "";
    if (!form.isEmpty()) {
      throw new IOException(
          "line "
              + line
              + " looks like "
              + form
              + ": \""
              + SafeText.of(start.length() > SHOWN ? start.substring(0, SHOWN) + "..." : start)
              + "\"; expected is CSV, such as jane,devs,8h, or a JSON object a line, such as"
              + " {\"user\":\"jane\",\"groups\":[\"devs\"]}. A user of such a name goes in quotes");
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
