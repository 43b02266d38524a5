package dev.certwright.yaml;

/**
 * Splits a text into YAML documents by its lines, as upstream's YAMLReader does: every line that
 * begins with {@code ---} separates, even inside a block scalar, and nothing but a comment may
 * follow on it.
 */
final class DocumentSplitter {
  private final String source;
  private final String text;
  private int at;
  private int nextLine;
  private int documentStart;
  private int documentEnd;
  private int documentLine;

  DocumentSplitter(String source, String text, int from, int line) {
    this.source = source;
    this.text = text;
    this.at = from;
    this.nextLine = line;
  }

  /** Goes to the next document; false when there is none. */
  boolean next() {
    documentStart = at;
    documentEnd = at;
    documentLine = nextLine;
    while (at < text.length()) {
      int lineEnd = text.indexOf('\n', at);
      int next = lineEnd < 0 ? text.length() : lineEnd + 1;
      boolean separator = text.startsWith("---", at);
      if (separator) {
        checkSeparator(at + 3, next);
      }
      if (separator && documentEnd > documentStart) {
        // The separator opens the document it stands before; upstream drops the line, YAML need
        // not.
        at = next;
        nextLine++;
        return true;
      }
      at = next;
      nextLine++;
      if (separator) {
        documentStart = at;
        documentLine = nextLine;
      }
      documentEnd = at;
    }
    return documentEnd > documentStart;
  }

  String document() {
    return text.substring(documentStart, documentEnd);
  }

  /** Lines before the document. */
  int line() {
    return documentLine;
  }

  private void checkSeparator(int from, int to) {
    String rest = text.substring(from, to).strip();
    if (!rest.isEmpty() && rest.charAt(0) != '#') {
      throw new YamlException(
          source,
          new YamlPosition(nextLine + 1, 4),
          "a document separator '---' is followed by something other than a comment");
    }
  }
}
