package dev.certwright.authentication.csv;

import dev.certwright.rbac.GoText;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records of comma-separated values as Go's {@code encoding/csv} reads them in its default setting
 * with any number of fields (rules T-01, T-03, T-10): lines end with LF or CRLF, empty lines are
 * skipped, fields may be quoted and then span lines, nothing is trimmed, and nothing is a comment.
 * Reads each byte once. Not safe for use by several threads.
 */
public final class CsvReader {
  private static final String BARE_QUOTE = "bare \" in non-quoted-field";
  private static final String QUOTE = "extraneous or missing \" in quoted-field";

  private final byte[] bytes;
  private int at;
  private int lineNumber;

  // The line that is looked at: what of it is left, and whether it ends with LF.
  private int from;
  private int to;
  private boolean ended;

  // Where the next field begins, for messages.
  private int column;
  private int errorLine;

  /** Reads this, which must not change any more. */
  public CsvReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The next record.
   *
   * @return at least one field, null at the end
   * @throws CsvException if a quote is where none may be, or missing
   */
  public @Nullable List<String> read() throws CsvException {
    do {
      if (!readLine()) {
        return null;
      }
    } while (from == to);
    int start = lineNumber;
    errorLine = lineNumber;
    column = 1;
    List<String> fields = new ArrayList<>(5);
    boolean more = true;
    while (more) {
      more = from < to && bytes[from] == '"' ? quoted(fields, start) : plain(fields, start);
    }
    return fields;
  }

  /** Takes the next line, without its end; false if there is none. */
  private boolean readLine() {
    lineNumber++;
    from = at;
    to = at;
    ended = false;
    if (at == bytes.length) {
      return false;
    }
    while (at < bytes.length && bytes[at] != '\n') {
      at++;
    }
    to = at;
    if (at < bytes.length) {
      at++;
      ended = true;
    }
    // A CR belongs to the end of the line, also where the text ends with it.
    if (to > from && bytes[to - 1] == '\r') {
      to--;
    }
    return true;
  }

  private boolean plain(List<String> fields, int start) throws CsvException {
    int end = from;
    while (end < to && bytes[end] != ',') {
      if (bytes[end] == '"') {
        throw problem(start, lineNumber, column + end - from, BARE_QUOTE);
      }
      end++;
    }
    fields.add(GoText.ofUtf8(bytes, from, end - from));
    if (end == to) {
      return false;
    }
    column += end + 1 - from;
    from = end + 1;
    return true;
  }

  private boolean quoted(List<String> fields, int start) throws CsvException {
    ByteArrayOutputStream field = new ByteArrayOutputStream(32);
    skip(1);
    while (true) {
      int quote = from;
      while (quote < to && bytes[quote] != '"') {
        quote++;
      }
      field.write(bytes, from, quote - from);
      if (quote < to) {
        skip(quote + 1 - from);
        if (from < to && bytes[from] == '"') {
          field.write('"');
          skip(1);
        } else if (from < to && bytes[from] != ',') {
          throw problem(start, lineNumber, column - 1, QUOTE);
        } else {
          byte[] value = field.toByteArray();
          fields.add(GoText.ofUtf8(value, 0, value.length));
          boolean more = from < to;
          skip(more ? 1 : 0);
          return more;
        }
      } else {
        nextLineOfField(field, start);
      }
    }
  }

  private void nextLineOfField(ByteArrayOutputStream field, int start) throws CsvException {
    int rest = to - from;
    boolean hadEnd = ended;
    if (hadEnd) {
      field.write('\n');
    }
    column += rest + (hadEnd ? 1 : 0);
    if (!hadEnd || !readLine()) {
      throw problem(start, errorLine, column, QUOTE);
    }
    if (from < to || ended) {
      errorLine++;
      column = 1;
    }
  }

  private void skip(int count) {
    from += count;
    column += count;
  }

  private static CsvException problem(int start, int line, int column, String what) {
    String where = "parse error on line " + line + ", column " + column + ": " + what;
    return new CsvException(start == line ? where : "record on line " + start + "; " + where);
  }
}
