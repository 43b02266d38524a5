package dev.certwright.server.wire;

import org.jspecify.annotations.Nullable;

/**
 * A field of a message.
 *
 * @param number of the field
 * @param name of the same in JSON
 * @param kind what it holds
 * @param repeated whether it is a list
 * @param always whether it is written when it is empty too, as Go does without {@code omitempty}
 * @param message what the message inside is, null of other kinds
 */
record ProtobufField(
    int number,
    String name,
    Kind kind,
    boolean repeated,
    boolean always,
    @Nullable ProtobufMessage message) {

  enum Kind {
    TEXT,
    BOOLEAN,
    INTEGER,
    MESSAGE,
    /** A moment, in JSON as RFC 3339 has it. */
    TIME,
    /** From texts to texts. */
    TEXT_MAP,
    /** From texts to lists of texts. */
    LIST_MAP,
    /** Whatever it is; nobody looks at it, and in protobuf it is passed over. */
    ANY
  }

  static ProtobufField text(int number, String name) {
    return new ProtobufField(number, name, Kind.TEXT, false, false, null);
  }

  /** A text that is written when it is empty too. */
  static ProtobufField alwaysText(int number, String name) {
    return new ProtobufField(number, name, Kind.TEXT, false, true, null);
  }

  static ProtobufField texts(int number, String name) {
    return new ProtobufField(number, name, Kind.TEXT, true, false, null);
  }

  static ProtobufField bool(int number, String name) {
    return new ProtobufField(number, name, Kind.BOOLEAN, false, false, null);
  }

  static ProtobufField integer(int number, String name) {
    return new ProtobufField(number, name, Kind.INTEGER, false, false, null);
  }

  static ProtobufField time(int number, String name) {
    return new ProtobufField(number, name, Kind.TIME, false, false, null);
  }

  static ProtobufField any(int number, String name) {
    return new ProtobufField(number, name, Kind.ANY, false, false, null);
  }

  static ProtobufField of(int number, String name, ProtobufMessage message) {
    return new ProtobufField(number, name, Kind.MESSAGE, false, false, message);
  }

  static ProtobufField list(int number, String name, ProtobufMessage message) {
    return new ProtobufField(number, name, Kind.MESSAGE, true, false, message);
  }

  static ProtobufField textMap(int number, String name) {
    return new ProtobufField(number, name, Kind.TEXT_MAP, false, false, null);
  }

  static ProtobufField listMap(int number, String name) {
    return new ProtobufField(number, name, Kind.LIST_MAP, false, false, null);
  }
}
