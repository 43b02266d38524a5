package dev.certwright.x509.pem;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds blocks as kube-apiserver's platform does: what is damaged, cut off or wrongly closed is
 * stepped over without a word. Meant for files of which the question is what an API server makes of
 * them; {@link PemReader} is for all others.
 *
 * <p>The search goes from the end of a block to its beginning: the first {@code END} line counts,
 * and the last {@code BEGIN} before it.
 */
public final class PemScanner {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "\n-----END ";
  private static final String DASHES = "-----";

  private final String text;
  private int position;

  private PemScanner(String text) {
    this.text = text;
  }

  /** All blocks that upstream would find, in order. */
  public static List<PemBlock> scan(byte[] bytes) {
    PemScanner scanner = new PemScanner(new String(bytes, StandardCharsets.ISO_8859_1));
    List<PemBlock> blocks = new ArrayList<>();
    LineCounter lines = scanner.new LineCounter();
    for (Found found = scanner.next(); found != null; found = scanner.next()) {
      blocks.add(new PemBlock(found.label, found.headers, found.bytes, lines.lineOf(found.begin)));
    }
    return blocks;
  }

  /** The first block that upstream would find, or null. */
  public static @Nullable PemBlock first(byte[] bytes) {
    PemScanner scanner = new PemScanner(new String(bytes, StandardCharsets.ISO_8859_1));
    Found found = scanner.next();
    return found == null
        ? null
        : new PemBlock(
            found.label, found.headers, found.bytes, scanner.new LineCounter().lineOf(found.begin));
  }

  @SuppressWarnings("ArrayRecordComponent")
  private record Found(int begin, String label, Map<String, String> headers, byte[] bytes) {}

  /** Counts forward only, so that all blocks of a text cost one pass. */
  private final class LineCounter {
    private int line = 1;
    private int counted;

    int lineOf(int offset) {
      for (; counted < offset; counted++) {
        if (text.charAt(counted) == '\n') {
          line++;
        }
      }
      return line;
    }
  }

  private @Nullable Found next() {
    // An END counts only at the start of a line after the position: so far has been read.
    int searchFrom = position;
    int blockFloor = position;
    while (true) {
      int end = text.indexOf(END, searchFrom);
      if (end < 0) {
        return null;
      }
      int afterEnd = end + END.length();
      int begin = lastBegin(blockFloor, end);
      if (begin < 0 || begin > blockFloor && text.charAt(begin - 1) != '\n') {
        searchFrom = afterEnd;
        blockFloor = afterEnd;
        continue;
      }
      Attempt attempt = new Attempt(begin, end, afterEnd);
      switch (attempt.parse()) {
        case FOUND -> {
          position = attempt.next;
          return attempt.found;
        }
        case NONE -> {
          return null;
        }
        case SKIP -> {
          searchFrom = attempt.resume;
          blockFloor = attempt.resume;
        }
      }
    }
  }

  /** Never looks further back than the floor, so that damaged texts cost one pass too. */
  private int lastBegin(int floor, int end) {
    for (int at = end - BEGIN.length(); at >= floor; at--) {
      if (text.startsWith(BEGIN, at)) {
        return at;
      }
    }
    return -1;
  }

  private enum Outcome {
    FOUND,
    SKIP,
    NONE
  }

  /** One BEGIN line with the END line that follows it. */
  private final class Attempt {
    private final int begin;
    private final int end;
    private final int afterEnd;
    private final int resume;
    private @Nullable Found found;
    private int next;

    private int at;

    Attempt(int begin, int end, int afterEnd) {
      this.begin = begin;
      this.end = end;
      this.afterEnd = afterEnd;
      this.resume = afterEnd;
      this.at = begin + BEGIN.length();
    }

    Outcome parse() {
      String typeLine = line();
      if (!typeLine.endsWith(DASHES)) {
        return Outcome.SKIP;
      }
      String label = typeLine.substring(0, typeLine.length() - DASHES.length());
      Map<String, String> headers = new LinkedHashMap<>();
      while (true) {
        if (at >= text.length()) {
          return Outcome.NONE;
        }
        int lineStart = at;
        String line = line();
        int colon = line.indexOf(':');
        if (colon < 0) {
          at = lineStart;
          break;
        }
        headers.put(line.substring(0, colon).strip(), line.substring(colon + 1).strip());
      }
      if (at > afterEnd) {
        return Outcome.NONE;
      }
      if (!headers.isEmpty() && end < at || !endsWith(label)) {
        return Outcome.SKIP;
      }
      byte[] bytes = end > at ? decode(text.substring(at, end)) : new byte[0];
      if (bytes == null) {
        return Outcome.SKIP;
      }
      found = new Found(begin, label, headers, bytes);
      at = end + END.length() - 1;
      line();
      next = at;
      return Outcome.FOUND;
    }

    private boolean endsWith(String label) {
      int close = afterEnd + label.length();
      if (!text.startsWith(label, afterEnd) || !text.startsWith(DASHES, close)) {
        return false;
      }
      int lineEnd = text.indexOf('\n', close + DASHES.length());
      String rest = text.substring(close + DASHES.length(), lineEnd < 0 ? text.length() : lineEnd);
      if (lineEnd >= 0 && rest.endsWith("\r")) {
        rest = rest.substring(0, rest.length() - 1);
      }
      return trimRight(rest).isEmpty();
    }

    /** The line that starts here without the blanks at its end; moves to the next one. */
    private String line() {
      int newline = text.indexOf('\n', at);
      int stop = newline < 0 ? text.length() : newline;
      int following = newline < 0 ? text.length() : newline + 1;
      if (newline > at && text.charAt(newline - 1) == '\r') {
        stop--;
      }
      String line = trimRight(text.substring(at, stop));
      at = following;
      return line;
    }
  }

  private static String trimRight(String text) {
    int end = text.length();
    while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '\t')) {
      end--;
    }
    return text.substring(0, end);
  }

  /** Blanks and line ends may stand anywhere; the padding must be there. */
  private static byte @Nullable [] decode(String body) {
    byte[] compact = new byte[body.length()];
    int length = 0;
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
        compact[length++] = (byte) c;
      }
    }
    if (length % 4 != 0) {
      return null;
    }
    try {
      return Base64.getDecoder().decode(java.util.Arrays.copyOf(compact, length));
    } catch (IllegalArgumentException notBase64) {
      return null;
    }
  }
}
