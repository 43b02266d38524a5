package dev.certwright.server.wire;

import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNumber;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what is JSON elsewhere as messages. */
final class ProtobufWriter {
  private static final int VARINT = 0;
  private static final int BYTES = 2;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  static byte[] message(ProtobufMessage message, YamlMapping mapping) {
    ProtobufWriter writer = new ProtobufWriter();
    for (ProtobufField field : message.fields()) {
      YamlValue value = mapping.get(field.name());
      if (value instanceof YamlSequence list && field.repeated()) {
        for (YamlValue item : list.values()) {
          writer.field(field, item);
        }
      } else if (value != null) {
        writer.field(field, value);
      }
    }
    return writer.out.toByteArray();
  }

  private void field(ProtobufField field, YamlValue value) {
    if (field.kind() == ProtobufField.Kind.TIME) {
      time(field.number(), value);
    } else if (value instanceof YamlString text) {
      text(field.number(), text.value());
    } else if (value instanceof YamlBoolean bool) {
      number(field.number(), bool.value() ? 1 : 0);
    } else if (value instanceof YamlNumber number) {
      number(field.number(), number.longValueExact());
    } else if (value instanceof YamlMapping mapping) {
      switch (field.kind()) {
        case TEXT_MAP, LIST_MAP -> entries(field.number(), mapping);
        default -> bytes(field.number(), message(requireMessage(field.message()), mapping));
      }
    }
  }

  private void time(int number, YamlValue value) {
    if (value instanceof YamlString text) {
      ProtobufWriter inner = new ProtobufWriter();
      inner.number(1, Instant.parse(text.value()).getEpochSecond());
      bytes(number, inner.out.toByteArray());
    }
  }

  private static ProtobufMessage requireMessage(@Nullable ProtobufMessage message) {
    if (message == null) {
      throw new IllegalStateException("an object stands where the message has none");
    }
    return message;
  }

  private void entries(int number, YamlMapping mapping) {
    for (YamlMapping.Entry entry : mapping.entries()) {
      ProtobufWriter inner = new ProtobufWriter();
      inner.text(1, entry.key());
      if (entry.value() instanceof YamlString text) {
        inner.text(2, text.value());
      } else if (entry.value() instanceof YamlSequence list) {
        ProtobufWriter items = new ProtobufWriter();
        for (YamlValue item : list.values()) {
          items.text(1, ((YamlString) item).value());
        }
        inner.bytes(2, items.out.toByteArray());
      }
      bytes(number, inner.out.toByteArray());
    }
  }

  /** A string. */
  void text(int number, String value) {
    bytes(number, value.getBytes(StandardCharsets.UTF_8));
  }

  /** A message, or anything that has a length. */
  void bytes(int number, byte[] value) {
    varint((long) number << 3 | BYTES);
    varint(value.length);
    out.writeBytes(value);
  }

  private void number(int number, long value) {
    varint((long) number << 3 | VARINT);
    varint(value);
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  /** All that was written. */
  byte[] toByteArray() {
    return out.toByteArray();
  }

  /** These, one after the other. */
  static byte[] join(List<byte[]> parts) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      whole.writeBytes(part);
    }
    return whole.toByteArray();
  }
}
