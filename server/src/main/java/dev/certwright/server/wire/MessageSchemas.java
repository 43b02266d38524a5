package dev.certwright.server.wire;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is known of messages as schemas of OpenAPI 3, by the names that upstream gives them. */
public final class MessageSchemas {
  /** The schema that every object's metadata refers to. */
  public static final String METADATA = "io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta";

  private static final List<String> OF_METADATA =
      List.of("ObjectMeta", "OwnerReference", "ManagedFieldsEntry");

  private final Map<String, YamlMapping> schemas = new LinkedHashMap<>();
  private final String prefix;

  private MessageSchemas(String group) {
    int dot = group.indexOf('.');
    this.prefix = "io.k8s.api." + (dot < 0 ? group : group.substring(0, dot)) + ".v1.";
  }

  /**
   * The schemas of a kind and of all that it refers to, its own first; that of metadata is always
   * among them.
   *
   * @param group of the kind
   * @return of metadata alone if nothing is known of the kind
   */
  public static Map<String, YamlMapping> of(String group, String kind) {
    MessageSchemas found = new MessageSchemas(group);
    ProtobufMessage message = ProtobufMessage.of(kind);
    if (message != null && !kind.equals("Status")) {
      String unused = found.add(message, kind);
    }
    String unused = found.add(ProtobufMessage.OBJECT_META, null);
    return found.schemas;
  }

  private String add(ProtobufMessage message, @Nullable String kind) {
    String type = kind == null ? message.goType() : kind;
    String name =
        OF_METADATA.contains(type)
            ? METADATA.substring(0, METADATA.lastIndexOf('.') + 1) + type
            : prefix + type;
    if (schemas.containsKey(name)) {
      return name;
    }
    schemas.put(name, YamlMapping.EMPTY);
    YamlMapping.Builder properties = YamlMapping.builder();
    if (kind != null) {
      properties.put("apiVersion", type("string")).put("kind", type("string"));
    }
    for (ProtobufField field : message.fields()) {
      properties.put(field.name(), field.repeated() ? list(one(field)) : one(field));
    }
    schemas.put(
        name,
        YamlMapping.builder().put("type", "object").put("properties", properties.build()).build());
    return name;
  }

  private YamlMapping one(ProtobufField field) {
    return switch (field.kind()) {
      case TEXT, BOOLEAN, INTEGER -> scalar(field);
      case TIME -> YamlMapping.builder().put("type", "string").put("format", "date-time").build();
      case MESSAGE -> message(field);
      case TEXT_MAP -> map(type("string"));
      case LIST_MAP -> map(list(type("string")));
      case ANY -> type("object");
    };
  }

  private YamlMapping message(ProtobufField field) {
    ProtobufMessage inner = field.message();
    return inner == null ? type("string") : reference(add(inner, null));
  }

  private static YamlMapping scalar(ProtobufField field) {
    return type(
        field.kind() == ProtobufField.Kind.TEXT
            ? "string"
            : field.kind().name().toLowerCase(Locale.ROOT));
  }

  private static YamlMapping type(String type) {
    return YamlMapping.builder().put("type", type).build();
  }

  private static YamlMapping list(YamlMapping items) {
    return YamlMapping.builder().put("type", "array").put("items", items).build();
  }

  private static YamlMapping map(YamlMapping values) {
    return YamlMapping.builder().put("type", "object").put("additionalProperties", values).build();
  }

  /** A reference to a schema. */
  public static YamlMapping reference(String name) {
    YamlMapping to = YamlMapping.builder().put("$ref", "#/components/schemas/" + name).build();
    return YamlMapping.builder().put("allOf", YamlSequence.of(List.of(to))).build();
  }
}
