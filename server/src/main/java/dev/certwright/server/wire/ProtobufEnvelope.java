package dev.certwright.server.wire;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlString;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Kubernetes' protobuf: four magic bytes, then which kind it is, then the message (rule KB-02).
 *
 * <p>Own code, because what reviews need is a table of fields: the published classes are 15 MB,
 * three times the rest of the program.
 */
final class ProtobufEnvelope {
  private static final byte[] MAGIC = {'k', '8', 's', 0};

  private ProtobufEnvelope() {}

  /** Whether a kind can travel so. */
  static boolean knows(String kind) {
    return ProtobufMessage.of(kind) != null;
  }

  static byte[] write(String apiVersion, String kind, YamlMapping object) {
    ProtobufMessage message = ProtobufMessage.of(kind);
    if (message == null) {
      throw new IllegalStateException(kind + " cannot travel as protobuf");
    }
    ProtobufWriter type = new ProtobufWriter();
    type.text(1, apiVersion);
    type.text(2, kind);
    ProtobufWriter unknown = new ProtobufWriter();
    unknown.bytes(1, type.toByteArray());
    unknown.bytes(2, ProtobufWriter.message(message, object));
    unknown.text(3, "");
    unknown.text(4, "");
    return ProtobufWriter.join(List.of(MAGIC, unknown.toByteArray()));
  }

  /**
   * Reads an object.
   *
   * @param expectedKind taken if the envelope names none
   * @throws WireException if it is malformed, or of a kind that is not known here
   */
  static YamlMapping read(byte[] bytes, String expectedKind) {
    if (bytes.length == 0) {
      throw new WireException("empty data");
    } else if (bytes.length < MAGIC.length) {
      throw noEnvelope();
    }
    for (int i = 0; i < MAGIC.length; i++) {
      if (bytes[i] != MAGIC[i]) {
        throw noEnvelope();
      }
    }
    if (bytes.length == MAGIC.length) {
      throw new WireException("empty body");
    }
    String apiVersion = "";
    String kind = "";
    ProtobufReader raw = null;
    ProtobufReader unknown = ProtobufReader.of(bytes, MAGIC.length);
    for (long tag = unknown.tag(); tag != 0; tag = unknown.tag()) {
      if (tag >>> 3 == 1) {
        ProtobufReader type = unknown.nested(tag);
        for (long inner = type.tag(); inner != 0; inner = type.tag()) {
          if (inner >>> 3 == 1) {
            apiVersion = type.nested(inner).text();
          } else if (inner >>> 3 == 2) {
            kind = type.nested(inner).text();
          } else {
            type.skip(inner);
          }
        }
      } else if (tag >>> 3 == 2) {
        raw = unknown.nested(tag);
      } else {
        unknown.skip(tag);
      }
    }
    return object(apiVersion, kind, expectedKind, raw);
  }

  private static YamlMapping object(
      String apiVersion, String kind, String expectedKind, @Nullable ProtobufReader raw) {
    ProtobufMessage message = ProtobufMessage.of(kind.isEmpty() ? expectedKind : kind);
    YamlMapping.Builder object = YamlMapping.builder();
    if (!kind.isEmpty()) {
      object.put("kind", YamlString.of(kind));
    }
    if (!apiVersion.isEmpty()) {
      object.put("apiVersion", YamlString.of(apiVersion));
    }
    if (raw != null && message != null) {
      for (YamlMapping.Entry entry : raw.message(message).entries()) {
        object.put(entry.key(), entry.value());
      }
    }
    return object.build();
  }

  private static WireException noEnvelope() {
    return new WireException(
        "provided data does not appear to be a protobuf message, expected prefix [107 56 115 0]");
  }
}
