package dev.certwright.cli.verify;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * One question of {@code verify --json-lines}.
 *
 * @param id JSON text of the id, given back as it came; empty if there is none
 * @param roots PEM of the trusted CAs
 * @param chain PEM, leaf first, one certificate each
 * @param time at which; null for now
 * @param anyExtendedKeyUsage whether certificates of any purpose will do
 * @param problem why the line is no question; empty if it is one
 */
record ChainLine(
    String id,
    List<String> roots,
    List<String> chain,
    @Nullable Instant time,
    boolean anyExtendedKeyUsage,
    String problem) {

  /** Parses lines; its factory remembers the names of fields. */
  static final class Parser {
    private final JsonFactory factory = new JsonFactory();

    ChainLine parse(String line) {
      Fields fields = new Fields();
      try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), line)) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          return fields.line("expected a JSON object");
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          String problem = fields.read(parser.currentName(), parser);
          if (!problem.isEmpty()) {
            return fields.line(problem);
          }
        }
        return fields.line(parser.nextToken() == null ? "" : "something follows the JSON object");
      } catch (JacksonException malformed) {
        return fields.line("not JSON: " + malformed.getOriginalMessage());
      } catch (DateTimeException noTime) {
        return fields.line("\"time\" is no RFC 3339 time");
      }
    }
  }

  private static final class Fields {
    private String id = "";
    private List<String> roots = List.of();
    private List<String> chain = List.of();
    private @Nullable Instant time;
    private boolean anyExtendedKeyUsage;

    /** Returns what is wrong, or an empty text. */
    String read(String name, JsonParser parser) {
      JsonToken token = parser.nextToken();
      switch (name) {
        case "id" -> {
          if (token.isStructStart()) {
            return "\"id\" must be a text, a number, true, false or null";
          }
          id = AnswerWriter.json(token, parser);
        }
        case "roots" -> {
          List<String> texts = texts(parser, token);
          if (texts == null) {
            return "\"roots\" must be a list of texts";
          }
          roots = texts;
        }
        case "chain" -> {
          List<String> texts = texts(parser, token);
          if (texts == null) {
            return "\"chain\" must be a list of texts";
          }
          chain = texts;
        }
        case "time" -> {
          if (token != JsonToken.VALUE_STRING) {
            return "\"time\" must be a text";
          }
          time = OffsetDateTime.parse(parser.getString()).toInstant();
        }
        case "anyEKU" -> {
          if (!token.isBoolean()) {
            return "\"anyEKU\" must be true or false";
          }
          anyExtendedKeyUsage = token == JsonToken.VALUE_TRUE;
        }
        case "comment" -> parser.skipChildren();
        default -> {
          return "an unknown field; known are id, roots, chain, time, anyEKU and comment";
        }
      }
      return "";
    }

    private static @Nullable List<String> texts(JsonParser parser, JsonToken token) {
      if (token == JsonToken.VALUE_NULL) {
        return List.of();
      } else if (token != JsonToken.START_ARRAY) {
        return null;
      }
      List<String> texts = new ArrayList<>();
      for (JsonToken next = parser.nextToken();
          next != JsonToken.END_ARRAY;
          next = parser.nextToken()) {
        if (next != JsonToken.VALUE_STRING) {
          return null;
        }
        texts.add(parser.getString());
      }
      return texts;
    }

    ChainLine line(String problem) {
      return new ChainLine(id, roots, chain, time, anyExtendedKeyUsage, problem);
    }
  }
}
