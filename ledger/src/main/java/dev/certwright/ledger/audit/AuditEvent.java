package dev.certwright.ledger.audit;

import dev.certwright.identity.CredentialId;
import dev.certwright.ledger.EntryException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The few fields of an {@code audit.k8s.io/v1} Event that matter here; all others are skipped. */
final class AuditEvent {
  /** Values that are looked at; credential ids are one, addresses a handful. */
  private static final int LONGEST_LIST = 10_000;

  private String time = "";
  private String user = "";
  private final List<String> groups = new ArrayList<>();
  private String credentialId = "";
  private String address = "";
  private boolean cut;

  private AuditEvent() {}

  /**
   * Reads an Event, an EventList or an array of Events whose first token is the parser's current
   * one, and hands over each event.
   *
   * @throws EntryException if it is none of these
   */
  static void read(JsonParser parser, Consumer<AuditEvent> events) {
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      items(parser, events);
      return;
    }
    requireObject(parser.currentToken());
    AuditEvent event = new AuditEvent();
    boolean list = false;
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (name.equals("items") && token == JsonToken.START_ARRAY) {
        list = true;
        items(parser, events);
      } else {
        event.field(parser, name, token);
      }
    }
    if (!list) {
      events.accept(event);
    }
  }

  private static void items(JsonParser parser, Consumer<AuditEvent> events) {
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      requireObject(token);
      AuditEvent event = new AuditEvent();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        event.field(parser, name, parser.nextToken());
      }
      events.accept(event);
    }
  }

  private static void requireObject(JsonToken token) {
    if (token != JsonToken.START_OBJECT) {
      throw new EntryException("not an event");
    }
  }

  private void field(JsonParser parser, String name, JsonToken token) {
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

  private void user(JsonParser parser) {
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      JsonToken token = parser.nextToken();
      if (name.equals("username") && token == JsonToken.VALUE_STRING) {
        user = name(parser.getString());
      } else if (name.equals("groups") && token == JsonToken.START_ARRAY) {
        groups(parser);
      } else if (name.equals("extra") && token == JsonToken.START_OBJECT) {
        extra(parser);
      } else {
        parser.skipChildren();
      }
    }
  }

  /**
   * Whoever signs certificates can give them any number of groups; the event counts all the same.
   */
  private void groups(JsonParser parser) {
    for (String group : strings(parser)) {
      if (groups.size() == Use.GROUPS) {
        cut = true;
        return;
      }
      groups.add(name(group));
    }
  }

  private String name(String text) {
    if (text.length() <= Use.LONGEST_NAME) {
      return text;
    }
    cut = true;
    int end =
        Use.LONGEST_NAME - (Character.isHighSurrogate(text.charAt(Use.LONGEST_NAME - 1)) ? 1 : 0);
    return text.substring(0, end) + "…";
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
      if (token != JsonToken.VALUE_STRING) {
        throw new EntryException("not a list of texts");
      }
      // What is beyond is read over, so that it hides neither this event nor those after it.
      if (values.size() < LONGEST_LIST) {
        values.add(parser.getString());
      }
    }
    return values;
  }

  /** When the request came, as the event says; empty if it does not. */
  String time() {
    return time;
  }

  /** Who asked. */
  String user() {
    return user;
  }

  /** The groups of who asked. */
  List<String> groups() {
    return List.copyOf(groups);
  }

  /** Whether the name of who asked, a group or the number of groups was longer than is kept. */
  boolean isCut() {
    return cut;
  }

  /** The certificate it was asked with; empty if it was none. */
  String credentialId() {
    return credentialId;
  }

  /** The address that connected to the API server; empty if the event does not say. */
  String address() {
    return address;
  }
}
