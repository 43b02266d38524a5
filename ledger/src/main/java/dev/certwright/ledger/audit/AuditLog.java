package dev.certwright.ledger.audit;

import dev.certwright.identity.CredentialId;
import dev.certwright.ledger.EntryException;
import dev.certwright.ledger.LineReader;
import dev.certwright.ledger.Timestamps;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the log that {@code --audit-log-path} writes in its default form: one {@code
 * audit.k8s.io/v1} Event a line. Lines that name no certificate are passed over unread, lines that
 * cannot be read are counted. Memory grows with the number of certificates, up to a limit, and not
 * with the log.
 */
public final class AuditLog {
  /** The most certificates that are told apart. */
  public static final int MAXIMUM_CREDENTIALS = 1_000_000;

  private static final byte[] MARK = "\"X509SHA256=".getBytes(StandardCharsets.ISO_8859_1);
  private static final JsonFactory FACTORY = new JsonFactory();

  private final Map<String, Use> uses = new LinkedHashMap<>();
  private long events;
  private long unreadable;

  /**
   * Reads a log to its end.
   *
   * @throws IOException if it cannot be read, or tells of more certificates than the limit
   */
  public void read(InputStream in) throws IOException {
    LineReader reader = new LineReader(in, 0);
    for (byte[] line = reader.next(); line != null; line = reader.next()) {
      if (reader.isTooLong()) {
        unreadable++;
      } else if (mentions(line)) {
        read(line);
      }
    }
  }

  private static boolean mentions(byte[] line) {
    int last = line.length - MARK.length;
    for (int at = 0; at <= last; at++) {
      if (line[at] == '"' && line[at + 1] == 'X' && matches(line, at)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(byte[] line, int at) {
    for (int i = 2; i < MARK.length; i++) {
      if (line[at + i] != MARK[i]) {
        return false;
      }
    }
    return true;
  }

  private void read(byte[] line) throws IOException {
    Event event = new Event();
    try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), line)) {
      event.read(parser);
    } catch (JacksonException | EntryException malformed) {
      unreadable++;
      return;
    }
    if (event.credentialId.isEmpty() || event.time.isEmpty()) {
      return;
    }
    Instant time;
    try {
      time = Timestamps.parse(event.time).truncatedTo(ChronoUnit.MILLIS);
    } catch (EntryException notATime) {
      unreadable++;
      return;
    }
    events++;
    Use use = uses.get(event.credentialId);
    if (use == null) {
      if (uses.size() == MAXIMUM_CREDENTIALS) {
        throw new IOException("more than " + MAXIMUM_CREDENTIALS + " certificates in one log");
      }
      use = new Use(event.user, event.groups, time);
      uses.put(event.credentialId, use);
    }
    use.add(time, event.address);
  }

  /** Uses by credential id, in the order they first appear. */
  public Map<String, Use> uses() {
    return Collections.unmodifiableMap(uses);
  }

  /** How many events were made with a certificate. */
  public long events() {
    return events;
  }

  /** How many lines could not be read. */
  public long unreadable() {
    return unreadable;
  }

  /** The few fields of one event that matter. */
  private static final class Event {
    private static final int LONGEST_LIST = 10_000;

    private String time = "";
    private String user = "";
    private final List<String> groups = new ArrayList<>();
    private String credentialId = "";
    private String address = "";

    void read(JsonParser parser) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new EntryException("not an event");
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (name.equals("requestReceivedTimestamp") && token == JsonToken.VALUE_STRING) {
          time = parser.getString();
        } else if (name.equals("user") && token == JsonToken.START_OBJECT) {
          user(parser);
        } else if (name.equals("sourceIPs") && token == JsonToken.START_ARRAY) {
          List<String> addresses = strings(parser);
          // All but the last are headers, which whoever asks can set as they like.
          address = addresses.isEmpty() ? "" : addresses.get(addresses.size() - 1);
        } else {
          parser.skipChildren();
        }
      }
    }

    private void user(JsonParser parser) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (name.equals("username") && token == JsonToken.VALUE_STRING) {
          user = parser.getString();
        } else if (name.equals("groups") && token == JsonToken.START_ARRAY) {
          groups.addAll(strings(parser));
        } else if (name.equals("extra") && token == JsonToken.START_OBJECT) {
          extra(parser);
        } else {
          parser.skipChildren();
        }
      }
    }

    private void extra(JsonParser parser) {
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        JsonToken token = parser.nextToken();
        if (name.equals(CredentialId.EXTRA_KEY) && token == JsonToken.START_ARRAY) {
          for (String value : strings(parser)) {
            if (CredentialId.isWellFormed(value)) {
              credentialId = value;
            }
          }
        } else {
          parser.skipChildren();
        }
      }
    }

    private static List<String> strings(JsonParser parser) {
      List<String> values = new ArrayList<>();
      for (JsonToken token = parser.nextToken();
          token != JsonToken.END_ARRAY;
          token = parser.nextToken()) {
        if (token != JsonToken.VALUE_STRING || values.size() == LONGEST_LIST) {
          throw new EntryException("not a list of texts");
        }
        values.add(parser.getString());
      }
      return values;
    }
  }
}
