package dev.certwright.yaml;

/**
 * Where the scanners of SnakeYAML and go-yaml part, but for what shows in a node itself: what would
 * be read differently is refused.
 */
final class ScannerDifferences {
  static final String BREAKS = "\n\r\u0085\u2028\u2029";
  private static final String BLANKS = " \t" + BREAKS;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final String source;
  private final String text;
  private int quotedByteOrderMarks;

  ScannerDifferences(String source, String text) {
    this.source = source;
    this.text = text;
  }

  /** Notes a scalar in quotes, from the first of its characters to before {@code end}. */
  void quoted(int start, int end) {
    quotedByteOrderMarks += byteOrderMarks(start, end);
  }

  /** Looks at what is no part of the document's nodes, when all of them have been read. */
  void refuseAround(SyntaxNode root) {
    checkDirectives(root.start());
    refuseByteOrderMarks(root);
    refuseBehind(root);
  }

  /** Upstream gives a mark inside a text a column, other scanners none, and so all that follows. */
  private void refuseByteOrderMarks(SyntaxNode root) {
    if (byteOrderMarks(1, root.end()) > quotedByteOrderMarks) {
      throw new YamlException(
          source, root.position(), "not YAML: a byte order mark behind the start of the text");
    }
  }

  private int byteOrderMarks(int start, int end) {
    int count = 0;
    for (int at = start; at < end; at++) {
      if (text.charAt(at) == BYTE_ORDER_MARK) {
        count++;
      }
    }
    return count;
  }

  /**
   * Right behind the root the scanners part: a line that begins with a tight marker goes on there
   * and ends the document here, and what belongs to another node is looked at there.
   */
  private void refuseBehind(SyntaxNode root) {
    int at = root.end();
    boolean lineStart = at > 0 && BREAKS.indexOf(text.charAt(at - 1)) >= 0;
    while (at < text.length() && BLANKS.indexOf(text.charAt(at)) >= 0) {
      lineStart = BREAKS.indexOf(text.charAt(at)) >= 0;
      at++;
    }
    boolean tight = at + 3 < text.length() && BLANKS.indexOf(text.charAt(at + 3)) < 0;
    if (lineStart && tight && text.startsWith("---", at)) {
      throw new YamlException(
          source, root.position(), "not YAML: '---' at the start of a line without a blank behind");
    }
    if (lineStart && text.startsWith("%", at) && !isDirective(at + 1)) {
      throw new YamlException(source, root.position(), "not YAML: an unknown directive");
    }
    boolean comment = false;
    while (at < text.length()
        && (comment || BLANKS.indexOf(text.charAt(at)) >= 0 || text.charAt(at) == '#')) {
      comment = BREAKS.indexOf(text.charAt(at)) < 0 && (comment || text.charAt(at) == '#');
      at++;
    }
    while (at < text.length() && "*&!".indexOf(text.charAt(at)) >= 0) {
      boolean tag = text.charAt(at) == '!';
      int name = at + 1;
      at = name;
      while (at < text.length()
          && (tag ? BLANKS.indexOf(text.charAt(at)) < 0 : isNameCharacter(text.charAt(at)))) {
        at++;
      }
      boolean closed = at == text.length() || BLANKS.indexOf(text.charAt(at)) >= 0;
      if (!closed || !tag && at == name) {
        throw new YamlException(
            source, root.position(), "not YAML: a malformed anchor behind the document's value");
      }
      while (at < text.length() && BLANKS.indexOf(text.charAt(at)) >= 0) {
        at++;
      }
    }
    if (at < text.length() && "|>".indexOf(text.charAt(at)) >= 0) {
      refuseTabAsIndentation(root.position(), at);
    }
  }

  /** Upstream knows two directives, and one version. */
  private void checkDirectives(int end) {
    int lineStart = 0;
    while (lineStart < end) {
      if (text.charAt(lineStart) == '%' && !isDirective(lineStart + 1)) {
        throw new YamlException(source, YamlPosition.NONE, "not YAML: an unknown directive");
      }
      int lineEnd = text.indexOf('\n', lineStart);
      lineStart = lineEnd < 0 ? end : lineEnd + 1;
    }
  }

  private boolean isDirective(int name) {
    if (text.startsWith("TAG", name)) {
      return true;
    }
    int at = name + 4;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
      at++;
    }
    return at > name + 4
        && text.startsWith("YAML", name)
        && text.startsWith("1.1", at)
        && (at + 3 == text.length() || !Character.isDigit(text.charAt(at + 3)));
  }

  /** A text without a document has blanks, comments and directives alone. */
  void refuseDirectiveAlone() {
    boolean lineStart = true;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (lineStart && c == '%') {
        throw new YamlException(
            source, YamlPosition.NONE, "not YAML: a directive without a document behind it");
      }
      lineStart = BREAKS.indexOf(c) >= 0 || lineStart && c == BYTE_ORDER_MARK;
    }
  }

  /** As long as the indentation of a block is open, upstream wants it in blanks. */
  void refuseTabAsIndentation(YamlPosition position, int start) {
    int at = start;
    while ("|>".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    while (at < text.length() && BREAKS.indexOf(text.charAt(at)) < 0) {
      if (Character.isDigit(text.charAt(at))) {
        return;
      }
      at++;
    }
    while (at < text.length() && (" " + BREAKS).indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (at < text.length() && text.charAt(at) == '\t') {
      throw new YamlException(
          source, position, "not YAML: a tab where a block's indentation is expected");
    }
  }

  static boolean isNameCharacter(char c) {
    boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || c == '_' || c == '-';
  }
}
