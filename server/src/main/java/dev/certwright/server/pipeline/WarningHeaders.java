package dev.certwright.server.pipeline;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.certwright.server.http.Response;
import java.util.List;

/** Warnings as kubectl shows them: headers of RFC 7234, section 5.5, bounded as upstream's. */
public final class WarningHeaders {
  private static final int MOST_CHARACTERS = 4 * 1024;
  private static final int MOST_CHARACTERS_EACH = 256;

  private WarningHeaders() {}

  /** The response with these; texts that have control characters are left out. */
  public static Response add(Response response, List<String> warnings) {
    int total = warnings.stream().mapToInt(text -> text.codePointCount(0, text.length())).sum();
    boolean cut = total > MOST_CHARACTERS;
    Response with = response;
    int written = 0;
    for (String text : warnings) {
      if (cut && written >= MOST_CHARACTERS) {
        break;
      }
      if (!text.isEmpty() && text.chars().noneMatch(Character::isISOControl)) {
        int length = text.codePointCount(0, text.length());
        String kept =
            cut && length > MOST_CHARACTERS_EACH
                ? text.substring(0, text.offsetByCodePoints(0, MOST_CHARACTERS_EACH))
                : text;
        with = with.with("Warning", value(kept));
        written += Math.min(length, MOST_CHARACTERS_EACH);
      }
    }
    return with;
  }

  // Headers have one character a byte.
  private static String value(String text) {
    String quoted = "299 - \"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    return new String(quoted.getBytes(UTF_8), ISO_8859_1);
  }
}
