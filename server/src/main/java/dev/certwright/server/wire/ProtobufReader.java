package dev.certwright.server.wire;

import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNumber;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads messages as what they are in JSON: empty texts and false are left out, as Go does. */
final class ProtobufReader {
  private static final int VARINT = 0;
  private static final int FIXED_64 = 1;
  private static final int BYTES = 2;
  private static final int FIXED_32 = 5;
  private static final long LAST_FIELD = Integer.MAX_VALUE;

  private final byte[] bytes;
  private final int end;
  private int at;

  private ProtobufReader(byte[] bytes, int from, int end) {
    this.bytes = bytes;
    this.at = from;
    this.end = end;
  }

  /** A message that fills the whole array. */
  static ProtobufReader of(byte[] bytes, int from) {
    return new ProtobufReader(bytes, from, bytes.length);
  }

  /** The next field's number and wire type, 0 at the end. */
  long tag() {
    if (at == end) {
      return 0;
    }
    long tag = varint();
    // There is no field 0: it would look like the end, and hide what follows.
    if (tag >>> 3 == 0 || tag >>> 3 > LAST_FIELD) {
      throw malformed();
    }
    return tag;
  }

  /** The bytes of a field whose tag was read, as a reader of their own. */
  ProtobufReader nested(long tag) {
    if ((tag & 7) != BYTES) {
      throw malformed();
    }
    int length = length();
    ProtobufReader inner = new ProtobufReader(bytes, at, at + length);
    at += length;
    return inner;
  }

  /** All of this reader as text. */
  String text() {
    try {
      String text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes, at, end - at))
              .toString();
      at = end;
      return text;
    } catch (CharacterCodingException notText) {
      throw new WireException("a string in the protobuf message is not UTF-8");
    }
  }

  YamlMapping message(ProtobufMessage message) {
    Map<String, YamlValue> single = new LinkedHashMap<>();
    Map<String, List<YamlValue>> lists = new LinkedHashMap<>();
    Map<String, Map<String, YamlValue>> maps = new LinkedHashMap<>();
    Map<Integer, ProtobufReader> parts = new LinkedHashMap<>();
    for (long tag = tag(); tag != 0; tag = tag()) {
      ProtobufField field = message.field((int) (tag >>> 3));
      if (field == null || field.kind() == ProtobufField.Kind.ANY) {
        skip(tag);
      } else if (field.kind() == ProtobufField.Kind.TEXT_MAP
          || field.kind() == ProtobufField.Kind.LIST_MAP) {
        entry(
            nested(tag),
            field.kind() == ProtobufField.Kind.LIST_MAP,
            maps.computeIfAbsent(field.name(), name -> new LinkedHashMap<>()));
      } else if (field.kind() == ProtobufField.Kind.MESSAGE && !field.repeated()) {
        // What is there in several parts is one message (Go's generated code goes on in it).
        parts.merge(field.number(), nested(tag), ProtobufReader::and);
      } else if (field.repeated()) {
        YamlValue value = value(field, tag);
        if (value != null) {
          lists.computeIfAbsent(field.name(), name -> new ArrayList<>()).add(value);
        }
      } else {
        YamlValue value = value(field, tag);
        if (value == null) {
          single.remove(field.name());
        } else {
          single.put(field.name(), value);
        }
      }
    }
    for (ProtobufField field : message.fields()) {
      ProtobufReader part = parts.get(field.number());
      if (part != null) {
        single.put(field.name(), part.message(requireMessage(field)));
      }
    }
    return inOrder(message, single, lists, maps);
  }

  private ProtobufReader and(ProtobufReader more) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.write(bytes, at, end - at);
    both.write(more.bytes, more.at, more.end - more.at);
    return of(both.toByteArray(), 0);
  }

  private static ProtobufMessage requireMessage(ProtobufField field) {
    ProtobufMessage inner = field.message();
    if (inner == null) {
      throw new IllegalStateException("the field " + field.name() + " has no message");
    }
    return inner;
  }

  private static YamlMapping inOrder(
      ProtobufMessage message,
      Map<String, YamlValue> single,
      Map<String, List<YamlValue>> lists,
      Map<String, Map<String, YamlValue>> maps) {
    YamlMapping.Builder mapping = YamlMapping.builder();
    for (ProtobufField field : message.fields()) {
      YamlValue value = single.get(field.name());
      List<YamlValue> list = lists.get(field.name());
      Map<String, YamlValue> map = maps.get(field.name());
      if (value != null) {
        mapping.put(field.name(), value);
      } else if (field.always()) {
        mapping.put(field.name(), "");
      } else if (list != null) {
        mapping.put(field.name(), YamlSequence.of(list));
      } else if (map != null) {
        YamlMapping.Builder entries = YamlMapping.builder();
        map.forEach(entries::put);
        mapping.put(field.name(), entries.build());
      }
    }
    return mapping.build();
  }

  private @Nullable YamlValue value(ProtobufField field, long tag) {
    return switch (field.kind()) {
      case TEXT -> {
        String text = nested(tag).text();
        yield text.isEmpty() && !field.repeated() ? null : YamlString.of(text);
      }
      case BOOLEAN -> number(tag) == 0 ? null : YamlBoolean.of(true);
      case INTEGER -> YamlNumber.of(number(tag));
      case TIME -> nested(tag).time();
      default -> nested(tag).message(requireMessage(field));
    };
  }

  // Go's zero time is an empty message, and no time in JSON.
  private @Nullable YamlValue time() {
    long seconds = 0;
    for (long tag = tag(); tag != 0; tag = tag()) {
      if (tag >>> 3 == 1) {
        seconds = number(tag);
      } else {
        skip(tag);
      }
    }
    try {
      return seconds == 0 ? null : YamlString.of(Instant.ofEpochSecond(seconds).toString());
    } catch (DateTimeException farAway) {
      throw malformed();
    }
  }

  private static void entry(ProtobufReader entry, boolean lists, Map<String, YamlValue> into) {
    String key = "";
    YamlValue value = lists ? YamlSequence.of(List.of()) : YamlString.of("");
    for (long tag = entry.tag(); tag != 0; tag = entry.tag()) {
      long number = tag >>> 3;
      if (number == 1) {
        key = entry.nested(tag).text();
      } else if (number == 2 && !lists) {
        value = YamlString.of(entry.nested(tag).text());
      } else if (number == 2) {
        List<YamlValue> items = new ArrayList<>();
        ProtobufReader list = entry.nested(tag);
        for (long item = list.tag(); item != 0; item = list.tag()) {
          if (item >>> 3 == 1) {
            items.add(YamlString.of(list.nested(item).text()));
          } else {
            list.skip(item);
          }
        }
        value = YamlSequence.of(items);
      } else {
        entry.skip(tag);
      }
    }
    into.put(key, value);
  }

  private long number(long tag) {
    if ((tag & 7) != VARINT) {
      throw malformed();
    }
    return varint();
  }

  /** Passes over a field whose tag was read. */
  void skip(long tag) {
    switch ((int) (tag & 7)) {
      case VARINT -> varint();
      case BYTES -> {
        int length = length();
        at += length;
      }
      case FIXED_64 -> advance(8);
      case FIXED_32 -> advance(4);
      default -> throw malformed();
    }
  }

  private void advance(int count) {
    if (end - at < count) {
      throw malformed();
    }
    at += count;
  }

  private int length() {
    long length = varint();
    if (length < 0 || length > end - at) {
      throw malformed();
    }
    return (int) length;
  }

  private long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (at == end) {
        throw malformed();
      }
      byte next = bytes[at++];
      value |= (long) (next & 0x7F) << shift;
      if (next >= 0) {
        return value;
      }
    }
    throw malformed();
  }

  private static WireException malformed() {
    return new WireException("the protobuf message is malformed");
  }
}
