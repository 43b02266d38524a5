package dev.certwright.yaml;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.reader.StreamReader;

/**
 * The scanner's view of a text that is in memory as a whole.
 *
 * <p>The reader it stands in for keeps a window and copies it for each kilobyte a token grows: half
 * a minute for a scalar of ten megabytes. Here every look ahead costs the same.
 */
final class WholeText extends StreamReader {
  private static final int[] NO_SNIPPET = new int[0];

  private final String text;
  private final int @Nullable [] codePoints;
  private final int length;
  private int index;
  private int line;
  private int column;
  private int documentIndex;

  WholeText(String text) {
    super("");
    this.text = text;
    int count = text.codePointCount(0, text.length());
    this.codePoints = count == text.length() ? null : codePoints(text, count);
    this.length = count;
  }

  private static int[] codePoints(String text, int count) {
    int[] points = new int[count];
    int at = 0;
    for (int i = 0; i < count; i++) {
      points[i] = text.codePointAt(at);
      at += Character.charCount(points[i]);
    }
    return points;
  }

  private int at(int position) {
    return codePoints == null ? text.charAt(position) : codePoints[position];
  }

  /** Index of the first character no YAML text may have, -1 if there is none. */
  int firstUnprintable() {
    for (int i = 0; i < length; i++) {
      if (!isPrintable(at(i))) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public Mark getMark() {
    return new Mark("", index, line, column, NO_SNIPPET, 0);
  }

  @Override
  public void forward() {
    forward(1);
  }

  @Override
  public void forward(int count) {
    for (int i = 0; i < count && index < length; i++) {
      int c = at(index);
      index++;
      documentIndex++;
      if (c == '\n'
          || c == 0x85
          || c == 0x2028
          || c == 0x2029
          || (c == '\r' && (index == length || at(index) != '\n'))) {
        line++;
        column = 0;
      } else if (c != 0xFEFF) {
        column++;
      }
    }
  }

  @Override
  public int peek() {
    return index < length ? at(index) : 0;
  }

  @Override
  public int peek(int ahead) {
    return index + ahead < length ? at(index + ahead) : 0;
  }

  @Override
  public String prefix(int count) {
    int end = Math.min(length, index + count);
    return codePoints == null
        ? text.substring(index, end)
        : new String(codePoints, index, end - index);
  }

  @Override
  public String prefixForward(int count) {
    String prefix = prefix(count);
    // Only called for stretches without line breaks.
    index = Math.min(length, index + count);
    documentIndex += prefix.length();
    column += count;
    return prefix;
  }

  @Override
  public int getColumn() {
    return column;
  }

  @Override
  public int getDocumentIndex() {
    return documentIndex;
  }

  @Override
  public void resetDocumentIndex() {
    documentIndex = 0;
  }

  @Override
  public int getIndex() {
    return index;
  }

  @Override
  public int getLine() {
    return line;
  }
}
