package dev.certwright.cli.people;

import dev.certwright.x509.SafeText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** JSON lines: {@code {"user":"jane","groups":["devs"],"uid":"","ttl":"8h","keyType":"p-256"}}. */
final class JsonPersonParser implements PersonParser {
  private final JsonFactory factory = new JsonFactory();

  @Override
  public boolean isHeader(String text, long line) {
    return false;
  }

  @Override
  public Person parse(String text, long line) {
    try (JsonParser parser = factory.createParser(ObjectReadContext.empty(), text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new LineException(line, "expected a JSON object");
      }
      Person person = object(parser, line);
      if (parser.nextToken() != null) {
        throw new LineException(line, "something follows after the JSON object");
      }
      return person;
    } catch (JacksonException malformed) {
      throw new LineException(line, "not JSON: " + problem(malformed));
    }
  }

  /** Without where the parser thinks that its text came from. */
  private static String problem(JacksonException malformed) {
    String text = String.valueOf(malformed.getOriginalMessage());
    int internal = text.indexOf(" (start marker at ");
    return internal < 0 ? text : text.substring(0, internal) + "; an object is one line";
  }

  private static Person object(JsonParser parser, long line) {
    String user = "";
    String uid = "";
    String ttl = null;
    String keyType = null;
    List<String> groups = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      if (!seen.add(name)) {
        throw new LineException(line, "\"" + SafeText.of(name) + "\" is given twice");
      }
      JsonToken token = parser.nextToken();
      if (token == JsonToken.VALUE_NULL) {
        continue;
      }
      switch (name) {
        case "user" -> user = text(parser, token, line, name);
        case "uid" -> uid = text(parser, token, line, name);
        case "ttl" -> ttl = text(parser, token, line, name);
        case "keyType", "key-type" -> keyType = text(parser, token, line, name);
        case "groups" -> groups.addAll(list(parser, token, line));
        default ->
            throw new LineException(
                line,
                "an unknown field \""
                    + SafeText.of(name)
                    + "\"; known are user, groups, uid, ttl, keyType");
      }
    }
    return new Person(line, user, groups, uid, ttl, keyType);
  }

  private static String text(JsonParser parser, JsonToken token, long line, String name) {
    if (token != JsonToken.VALUE_STRING) {
      throw new LineException(line, "expected text for \"" + SafeText.of(name) + "\"");
    }
    return parser.getString();
  }

  private static List<String> list(JsonParser parser, JsonToken token, long line) {
    if (token != JsonToken.START_ARRAY) {
      throw new LineException(line, "expected a list for \"groups\"");
    }
    List<String> groups = new ArrayList<>();
    for (JsonToken next = parser.nextToken();
        next != JsonToken.END_ARRAY;
        next = parser.nextToken()) {
      groups.add(text(parser, next, line, "groups"));
    }
    return groups;
  }
}
