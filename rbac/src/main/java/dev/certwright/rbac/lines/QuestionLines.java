package dev.certwright.rbac.lines;

import dev.certwright.rbac.GoText;
import dev.certwright.rbac.RbacException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Answers JSON lines. A line that is no question, or has a field that questions of its kind do not
 * have, is answered with {@code "error"}, because guessing would answer something else; then the
 * next line's turn comes. Empty lines are skipped. A field {@code "comment"} is passed over.
 *
 * <p>Memory does not grow with the number of lines; a line may have 16 MiB. Not safe for use by
 * several threads.
 */
abstract class QuestionLines {
  private static final int DEEPEST = 32;

  private final JsonFactory factory =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build())
          .build();
  private String id = "";
  private long answered;
  private long refused;

  /** Forgets the line before. */
  abstract void reset();

  /** Takes a field of the line; false if questions have no such field. */
  abstract boolean take(String field, JsonParser value);

  /**
   * Writes the answer's fields behind the id.
   *
   * @throws RbacException if the question cannot be answered
   */
  abstract void answer(LineWriter out);

  /**
   * Answers all lines of a stream. Answers are sent as soon as no further line is waiting.
   *
   * @throws IOException if reading or writing fails
   */
  public LineCounts run(InputStream in, OutputStream out) throws IOException {
    answered = 0;
    refused = 0;
    LineReader reader = new LineReader(in);
    LineWriter writer = new LineWriter(out);
    while (reader.next()) {
      if (reader.isTooLong()) {
        refuse(writer, "line longer than " + LineReader.LONGEST + " bytes");
      } else if (!isBlank(reader)) {
        line(reader.bytes(), reader.start(), reader.length(), writer);
      }
      if (!reader.hasLineWaiting()) {
        writer.flush();
      }
    }
    writer.flush();
    return new LineCounts(answered, refused);
  }

  private static boolean isBlank(LineReader reader) {
    byte[] bytes = reader.bytes();
    for (int i = reader.start(); i < reader.start() + reader.length(); i++) {
      if (bytes[i] != ' ' && bytes[i] != '\t' && bytes[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private void line(byte[] bytes, int start, int length, LineWriter out) throws IOException {
    String problem = parse(bytes, start, length);
    if (problem != null && !isUtf8(bytes, start, length)) {
      byte[] repaired = repaired(bytes, start, length);
      problem = parse(repaired, 0, repaired.length);
    }
    if (problem != null) {
      refuse(out, problem);
      return;
    }
    out.begin();
    writeId(out);
    try {
      answer(out);
      answered++;
    } catch (RbacException e) {
      out.text("error", String.valueOf(e.getMessage()));
      refused++;
    }
    out.end();
  }

  private void refuse(LineWriter out, String problem) throws IOException {
    out.begin();
    writeId(out);
    out.text("error", problem).end();
    refused++;
  }

  private void writeId(LineWriter out) {
    if (!id.isEmpty()) {
      if (id.charAt(0) == '"') {
        out.text("id", id.substring(1));
      } else {
        out.json("id", id);
      }
    }
  }

  // Null if the line is a question, else what is wrong.
  private @Nullable String parse(byte[] bytes, int start, int length) {
    id = "";
    reset();
    try (JsonParser parser =
        factory.createParser(ObjectReadContext.empty(), bytes, start, length)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return "expected a JSON object";
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        JsonToken token = parser.nextToken();
        if (name.equals("id")) {
          id = id(token, parser);
        } else if (name.equals("comment")) {
          parser.skipChildren();
        } else if (!take(name, parser)) {
          return "unknown field " + GoText.quote(name);
        }
      }
      return parser.nextToken() == null ? null : "more than one JSON value on the line";
    } catch (JacksonException e) {
      return "no JSON: " + e.getOriginalMessage();
    } catch (RbacException e) {
      return String.valueOf(e.getMessage());
    }
  }

  // Kept as it is written again: a text behind one quote, everything else as JSON.
  private static String id(JsonToken token, JsonParser parser) {
    if (token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY) {
      throw new RbacException("id: expected a text or a number");
    }
    return token == JsonToken.VALUE_STRING ? "\"" + parser.getString() : parser.getString();
  }

  /** A text; null is the empty one. */
  static String text(String field, JsonParser value) {
    JsonToken token = value.currentToken();
    if (token == JsonToken.VALUE_STRING) {
      return GoText.replaceStray(value.getString());
    }
    if (token == JsonToken.VALUE_NULL) {
      return "";
    }
    throw new RbacException(field + ": expected a text");
  }

  /** A list of texts; null is the empty one. */
  static List<String> texts(String field, JsonParser value) {
    if (value.currentToken() == JsonToken.VALUE_NULL) {
      return List.of();
    }
    if (value.currentToken() != JsonToken.START_ARRAY) {
      throw new RbacException(field + ": expected a list of texts");
    }
    List<String> texts = new ArrayList<>();
    while (value.nextToken() != JsonToken.END_ARRAY) {
      texts.add(text(field, value));
    }
    return texts;
  }

  /** Lists of texts by key; null is none. */
  static Map<String, List<String>> textsByKey(String field, JsonParser value) {
    if (value.currentToken() == JsonToken.VALUE_NULL) {
      return Map.of();
    }
    if (value.currentToken() != JsonToken.START_OBJECT) {
      throw new RbacException(field + ": expected lists of texts by key");
    }
    Map<String, List<String>> map = new LinkedHashMap<>();
    for (String key = value.nextName(); key != null; key = value.nextName()) {
      value.nextToken();
      map.put(GoText.replaceStray(key), texts(field, value));
    }
    return map;
  }

  /** True or false; null is absent. */
  static @Nullable Boolean flag(String field, JsonParser value) {
    return switch (value.currentToken()) {
      case VALUE_TRUE -> Boolean.TRUE;
      case VALUE_FALSE -> Boolean.FALSE;
      case VALUE_NULL -> null;
      default -> throw new RbacException(field + ": expected true or false");
    };
  }

  private static boolean isUtf8(byte[] bytes, int start, int length) {
    String text = new String(bytes, start, length, StandardCharsets.UTF_8);
    return text.indexOf('\uFFFD') < 0;
  }

  // Go's decoder takes such lines, with U+FFFD for each byte that belongs to no character.
  private static byte[] repaired(byte[] bytes, int start, int length) {
    String text = GoText.ofUtf8(bytes, start, length);
    return GoText.replaceStray(text).getBytes(StandardCharsets.UTF_8);
  }
}
