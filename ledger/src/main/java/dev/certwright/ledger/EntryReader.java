package dev.certwright.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads lines as entries. Fields it does not know are passed over, so that a newer Certwright may
 * add some; a type it does not know is an error, because it may take access back. Lists are as long
 * as a line may be. Whether the line is intact is for {@link EntryLine} to say. Not safe for use by
 * several threads.
 */
public final class EntryReader {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(EntryLine.MAXIMUM_LENGTH).build())
          .build();

  private long sequence;
  private final List<String> groups = new ArrayList<>();
  private final List<String> overrides = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();
  private final Map<String, String> values = new HashMap<>();

  /**
   * Reads one line.
   *
   * @param line without its line end
   * @throws EntryException if it is no entry
   */
  public Entry read(byte[] line) {
    values.clear();
    groups.clear();
    overrides.clear();
    addresses.clear();
    sequence = 0;
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), line)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new EntryException("expected an entry, a JSON object");
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        field(parser, parser.currentName(), parser.nextToken());
      }
      if (parser.nextToken() != null) {
        throw new EntryException("something follows after the entry in its line");
      }
    } catch (JacksonException malformed) {
      throw new EntryException("not JSON: " + malformed.getOriginalMessage());
    }
    return new Entry(
        sequence, required("previous"), time("time"), required("actor"), event(), required("hash"));
  }

  private void field(JsonParser parser, String name, JsonToken token) {
    if (token == JsonToken.VALUE_STRING) {
      values.put(name, parser.getString());
    } else if (token == JsonToken.VALUE_NUMBER_INT && name.equals("sequence")) {
      sequence = parser.getLongValue();
    } else if (token == JsonToken.START_ARRAY) {
      switch (name) {
        case "groups" -> strings(parser, name, groups);
        case "overrides" -> strings(parser, name, overrides);
        case "sourceAddresses" -> strings(parser, name, addresses);
        default -> parser.skipChildren();
      }
    } else {
      parser.skipChildren();
    }
  }

  private static void strings(JsonParser parser, String name, List<String> into) {
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      if (token != JsonToken.VALUE_STRING) {
        throw new EntryException("expected a list of texts in \"" + name + "\"");
      }
      into.add(parser.getString());
    }
  }

  private Event event() {
    String label = required("type");
    EntryType type = EntryType.of(label);
    if (type == null) {
      throw new EntryException(
          "an entry of a type that this version of certwright does not know; use a newer one");
    }
    return switch (type) {
      case ISSUED ->
          new Issued(
              certificate(),
              optional("cluster"),
              optional("server"),
              optional("reason"),
              overrides,
              optional("follows"));
      case IMPORTED ->
          new Imported(certificate(), optional("cluster"), optional("server"), optional("source"));
      case SEEN ->
          new Seen(
              required("credentialId"),
              optional("user"),
              groups,
              optional("cluster"),
              time("firstSeen"),
              time("lastSeen"),
              addresses,
              optional("source"));
      case REVOKED, SUSPENDED, RESUMED -> restriction(type);
    };
  }

  private Restriction restriction(EntryType type) {
    Target.Kind kind = Target.Kind.of(required("target"));
    if (kind == null) {
      throw new EntryException(
          "a target that this version of certwright does not know; use a newer one");
    }
    Instant until = optional("until").isEmpty() ? null : time("until");
    return new Restriction(type, new Target(kind, required("value")), until, optional("reason"));
  }

  private CertificateFacts certificate() {
    return new CertificateFacts(
        optional("user"),
        groups,
        optional("uid"),
        required("credentialId"),
        required("serialNumber"),
        required("issuer"),
        time("notBefore"),
        time("notAfter"),
        required("keyFingerprint"),
        required("certificate"));
  }

  private Instant time(String field) {
    return Timestamps.parse(required(field));
  }

  private String required(String field) {
    String value = values.get(field);
    if (value == null) {
      throw new EntryException("an entry without \"" + field + "\"");
    }
    return value;
  }

  private String optional(String field) {
    return values.getOrDefault(field, "");
  }
}
