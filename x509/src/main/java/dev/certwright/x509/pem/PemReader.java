package dev.certwright.x509.pem;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the blocks in a text. Anything between blocks is a comment, as OpenSSL writes it; a block
 * that is cut off, wrongly closed or not base64 is an error and never skipped, because a bundle of
 * which half is silently missing locks people out.
 */
public final class PemReader {
  private static final String BEGIN = "-----BEGIN ";
  private static final String END = "-----END ";
  private static final String DASHES = "-----";
  private static final int MAXIMUM_LABEL = 64;

  private final String text;
  private int position;
  private int line;

  private PemReader(String text) {
    this.text = text;
  }

  /** Whether the bytes hold the start of a block at the start of a line. */
  public static boolean looksLikePem(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    for (int at = text.indexOf(BEGIN); at >= 0; at = text.indexOf(BEGIN, at + 1)) {
      if (at == 0
          || text.charAt(at - 1) == '\n'
          || at == 3 && text.startsWith("\u00EF\u00BB\u00BF")) {
        return true;
      }
    }
    return false;
  }

  /**
   * All blocks in order; none if there is none.
   *
   * @throws PemException if a block is damaged; the message names the line
   */
  public static List<PemBlock> read(byte[] bytes) {
    PemReader reader = new PemReader(new String(bytes, StandardCharsets.ISO_8859_1));
    List<PemBlock> blocks = new ArrayList<>();
    String next = reader.nextLine();
    boolean first = true;
    while (next != null) {
      if (first && next.startsWith("\u00EF\u00BB\u00BF")) {
        next = next.substring(3);
      }
      first = false;
      if (next.startsWith(BEGIN)) {
        blocks.add(reader.block(next));
      }
      next = reader.nextLine();
    }
    return blocks;
  }

  private PemBlock block(String begin) {
    int beginLine = line;
    if (!begin.endsWith(DASHES) || begin.length() < BEGIN.length() + DASHES.length()) {
      throw new PemException("line " + line + ": a BEGIN line that does not end in five dashes");
    }
    String label = begin.substring(BEGIN.length(), begin.length() - DASHES.length());
    if (label.length() > MAXIMUM_LABEL || !printable(label).equals(label)) {
      throw new PemException(
          "line "
              + line
              + ": expected a BEGIN line with a name of at most "
              + MAXIMUM_LABEL
              + " printable ASCII characters, found '"
              + printable(label)
              + "'");
    }
    Map<String, StringBuilder> headers = new LinkedHashMap<>();
    StringBuilder body = new StringBuilder();
    StringBuilder lastHeader = null;
    boolean inHeaders = true;
    while (true) {
      String current = nextLine();
      if (current == null) {
        throw new PemException(
            "line " + beginLine + ": the block '" + printable(label) + "' has no END line");
      }
      if (current.startsWith(END)) {
        if (!current.equals(END + label + DASHES)) {
          throw new PemException(
              "line "
                  + line
                  + ": expected the end of '"
                  + printable(label)
                  + "', which began in line "
                  + beginLine
                  + ", and found another END line");
        }
        return new PemBlock(label, texts(headers), decode(body, beginLine), beginLine);
      }
      int colon = current.indexOf(':');
      if (inHeaders && colon > 0) {
        lastHeader = new StringBuilder(current.substring(colon + 1).strip());
        headers.put(current.substring(0, colon).strip(), lastHeader);
      } else if (inHeaders && lastHeader != null && current.startsWith(" ")) {
        lastHeader.append(current.strip());
      } else {
        inHeaders = inHeaders && current.isBlank() && !headers.isEmpty();
        body.append(current);
      }
    }
  }

  private static Map<String, String> texts(Map<String, StringBuilder> headers) {
    if (headers.isEmpty()) {
      return Map.of();
    }
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, StringBuilder> header : headers.entrySet()) {
      texts.put(header.getKey(), header.getValue().toString());
    }
    return Collections.unmodifiableMap(texts);
  }

  private static byte[] decode(StringBuilder body, int beginLine) {
    StringBuilder compact = new StringBuilder(body.length());
    for (int i = 0; i < body.length(); i++) {
      char c = body.charAt(i);
      if (c != ' ' && c != '\t') {
        compact.append(c);
      }
    }
    try {
      // The JDK would do without padding; Go and OpenSSL would not.
      if (compact.length() % 4 == 0) {
        return Base64.getDecoder().decode(compact.toString().getBytes(StandardCharsets.ISO_8859_1));
      }
    } catch (IllegalArgumentException notBase64) {
      // Said below.
    }
    throw new PemException("the block that begins in line " + beginLine + " is not base64");
  }

  private @Nullable String nextLine() {
    if (position >= text.length()) {
      return null;
    }
    line++;
    int end = text.indexOf('\n', position);
    int next = end < 0 ? text.length() : end + 1;
    end = end < 0 ? text.length() : end;
    int from = position;
    position = next;
    while (end > from && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(from, end);
  }

  private static boolean isBlank(char c) {
    return c == '\r' || c == ' ' || c == '\t';
  }

  private static String printable(String label) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < label.length() && i < 40; i++) {
      char c = label.charAt(i);
      result.append(c >= ' ' && c < 0x7F ? c : '?');
    }
    return result.toString();
  }
}
