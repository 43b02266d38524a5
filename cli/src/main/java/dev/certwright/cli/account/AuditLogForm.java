package dev.certwright.cli.account;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** In which form a file holds audit events, as its beginning tells. */
enum AuditLogForm {
  /** It holds none. */
  NONE,
  /** An event, or a list of them, in each line; the first line may have been cut. */
  LINES,
  /** JSON over several lines, or in an array. */
  DOCUMENTS;

  private static final int PEEK = 1 << 16;

  /** How long a first line may be of which only the end is there. */
  private static final int LONGEST_PEEK = 16 << 20;

  /** Every event says its version near its beginning. */
  private static final String MARK = "\"audit.k8s.io/";

  /** Looks at the beginning of a stream, which then stands where it stood. */
  static AuditLogForm of(BufferedInputStream in) throws IOException {
    for (int size = PEEK; ; size *= 4) {
      in.mark(size + 1);
      byte[] beginning = in.readNBytes(size);
      in.reset();
      String text = new String(beginning, StandardCharsets.ISO_8859_1);
      AuditLogForm form = of(text);
      int secondLine = text.indexOf('\n') + 1;
      boolean enough = secondLine > 0 && text.length() - secondLine >= PEEK / 2;
      if (form != NONE || enough || beginning.length < size || size >= LONGEST_PEEK) {
        return form;
      }
    }
  }

  private static AuditLogForm of(String beginning) {
    int mark = beginning.indexOf(MARK);
    if (mark < 0) {
      return NONE;
    }
    for (int at = mark; at >= 0; at = beginning.indexOf(MARK, at + 1)) {
      if (beginning.charAt(beginning.lastIndexOf('\n', at) + 1) == '{') {
        return LINES;
      }
    }
    String start = beginning.substring(0, mark).stripLeading();
    return start.startsWith("{") || start.startsWith("[") ? DOCUMENTS : NONE;
  }
}
