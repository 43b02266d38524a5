package dev.certwright.server.wire;

import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document of OpenAPI 2, as far as {@code kubectl explain --output plaintext-openapiv2} reads it:
 * the fields of kinds, without paths. Clients of Kubernetes want it as the protobuf of the library
 * gnostic.
 */
public final class OpenApi2 {
  /** The form in which client-go asks for it. */
  public static final String WANTED = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

  /** The same as servers name it. */
  public static final String PROTOBUF =
      "application/com.github.proto-openapi.spec.v2.v1.0+protobuf";

  private static final List<String> TEXTS = List.of("description", "format", "title", "type");

  private OpenApi2() {}

  /**
   * The document.
   *
   * @param schemas of OpenAPI 3, by name
   */
  public static YamlMapping document(YamlMapping schemas) {
    YamlMapping.Builder definitions = YamlMapping.builder();
    for (YamlMapping.Entry entry : schemas.entries()) {
      definitions.put(entry.key(), schema(entry.value()));
    }
    return YamlMapping.builder()
        .put("swagger", "2.0")
        .put(
            "info",
            YamlMapping.builder().put("title", "Kubernetes").put("version", "unversioned").build())
        .put("paths", YamlMapping.EMPTY)
        .put("definitions", definitions.build())
        .build();
  }

  private static YamlMapping schema(YamlValue value) {
    YamlMapping given = value instanceof YamlMapping mapping ? mapping : YamlMapping.EMPTY;
    boolean anyFields = isTrue(given, "x-kubernetes-preserve-unknown-fields");
    boolean anyValue = isTrue(given, "nullable");
    boolean described = !anyFields && !anyValue;
    YamlValue items = described ? given.get("items") : null;
    YamlMapping.Builder schema = YamlMapping.builder();
    for (String key : TEXTS) {
      if (given.get(key) instanceof YamlString text
          && !(key.equals("type") && isUnreadable(text.value(), anyFields, anyValue, items))) {
        schema.put(key, text);
      }
    }
    if (given.get("required") instanceof YamlSequence required) {
      schema.put("required", required);
    }
    putReference(given, schema);
    if (given.get("allOf") instanceof YamlSequence all
        && all.values().size() == 1
        && all.values().get(0) instanceof YamlMapping one) {
      putReference(one, schema);
    }
    if (items instanceof YamlMapping item) {
      schema.put("items", schema(item));
    }
    if (described && given.get("properties") instanceof YamlMapping properties) {
      YamlMapping.Builder all = YamlMapping.builder();
      for (YamlMapping.Entry entry : properties.entries()) {
        all.put(entry.key(), schema(entry.value()));
      }
      schema.put("properties", all.build());
    }
    if (given.get("additionalProperties") instanceof YamlMapping values) {
      schema.put("additionalProperties", schema(values));
    }
    for (YamlMapping.Entry entry : given.entries()) {
      if (entry.key().startsWith("x-")) {
        schema.put(entry.key(), entry.value());
      }
    }
    return schema.build();
  }

  // What OpenAPI 2 cannot say is left out, as upstream does it: older clients fail at it.
  private static boolean isUnreadable(
      String type, boolean anyFields, boolean anyValue, @Nullable YamlValue items) {
    return anyValue
        || anyFields && type.equals("object")
        || type.equals("array") && !(items instanceof YamlMapping);
  }

  private static boolean isTrue(YamlMapping schema, String key) {
    return schema.get(key) instanceof YamlBoolean truth && truth.value();
  }

  private static void putReference(YamlMapping from, YamlMapping.Builder schema) {
    if (from.get("$ref") instanceof YamlString reference) {
      schema.put("$ref", reference.value().replace("#/components/schemas/", "#/definitions/"));
    }
  }

  /** The same as protobuf: messages {@code Document}, {@code Schema} and so on of gnostic. */
  public static byte[] write(YamlMapping document) {
    ProtobufWriter out = new ProtobufWriter();
    out.text(1, text(document, "swagger"));
    ProtobufWriter info = new ProtobufWriter();
    YamlMapping given = mapping(document, "info");
    info.text(1, text(given, "title"));
    info.text(2, text(given, "version"));
    out.bytes(2, info.toByteArray());
    out.bytes(8, new byte[0]);
    out.bytes(9, named(mapping(document, "definitions")));
    return out.toByteArray();
  }

  private static byte[] named(YamlMapping schemas) {
    ProtobufWriter all = new ProtobufWriter();
    for (YamlMapping.Entry entry : schemas.entries()) {
      ProtobufWriter one = new ProtobufWriter();
      one.text(1, entry.key());
      one.bytes(2, written(entry.value()));
      all.bytes(1, one.toByteArray());
    }
    return all.toByteArray();
  }

  private static byte[] written(YamlValue value) {
    YamlMapping schema = value instanceof YamlMapping mapping ? mapping : YamlMapping.EMPTY;
    ProtobufWriter out = new ProtobufWriter();
    putText(out, 1, text(schema, "$ref"));
    putText(out, 2, text(schema, "format"));
    putText(out, 3, text(schema, "title"));
    putText(out, 4, text(schema, "description"));
    if (schema.get("required") instanceof YamlSequence required) {
      for (YamlValue one : required.values()) {
        putText(out, 19, one instanceof YamlString name ? name.value() : "");
      }
    }
    if (schema.get("additionalProperties") instanceof YamlMapping values) {
      out.bytes(21, only(written(values)));
    }
    String type = text(schema, "type");
    if (!type.isEmpty()) {
      out.bytes(22, only(type.getBytes(StandardCharsets.UTF_8)));
    }
    if (schema.get("items") instanceof YamlMapping items) {
      out.bytes(23, only(written(items)));
    }
    if (schema.get("properties") instanceof YamlMapping properties) {
      out.bytes(25, named(properties));
    }
    for (YamlMapping.Entry entry : schema.entries()) {
      if (entry.key().startsWith("x-")) {
        ProtobufWriter any = new ProtobufWriter();
        any.text(2, JsonWriter.compact(entry.value()));
        ProtobufWriter extension = new ProtobufWriter();
        extension.text(1, entry.key());
        extension.bytes(2, any.toByteArray());
        out.bytes(31, extension.toByteArray());
      }
    }
    return out.toByteArray();
  }

  // Of the messages that hold one thing, it is the first field.
  private static byte[] only(byte[] content) {
    ProtobufWriter out = new ProtobufWriter();
    out.bytes(1, content);
    return out.toByteArray();
  }

  private static void putText(ProtobufWriter out, int number, String text) {
    if (!text.isEmpty()) {
      out.text(number, text);
    }
  }

  private static String text(YamlMapping object, String key) {
    return object.get(key) instanceof YamlString text ? text.value() : "";
  }

  private static YamlMapping mapping(YamlMapping object, String key) {
    return object.get(key) instanceof YamlMapping mapping ? mapping : YamlMapping.EMPTY;
  }
}
