package dev.certwright.server.discovery;

import dev.certwright.server.wire.MessageSchemas;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code kubectl explain} shows: of custom resources what their definitions say, of reviews
 * their fields, of the kinds that kube-apiserver has by itself that they are not described here.
 */
final class OpenApiSchemas {
  private static final String NOT_DESCRIBED =
      "This server does not know the fields of this kind, though it serves its objects as they"
          + " stand in manifests: ask an API server to have them explained.";

  private OpenApiSchemas() {}

  /** The schemas of all kinds of a version, and of all that they refer to. */
  static YamlMapping of(List<ResourceType> types) {
    Map<String, YamlMapping> schemas = new LinkedHashMap<>();
    for (ResourceType type : types) {
      Map<String, YamlMapping> messages = MessageSchemas.of(type.group(), type.kind());
      for (Map.Entry<String, YamlMapping> message : messages.entrySet()) {
        schemas.putIfAbsent(message.getKey(), message.getValue());
      }
      ResourceType.Custom custom = type.custom();
      String own = messages.keySet().iterator().next();
      boolean described = !own.equals(MessageSchemas.METADATA);
      YamlMapping schema =
          custom == null
              ? described
                  ? messages.getOrDefault(own, YamlMapping.EMPTY)
                  : YamlMapping.builder().put("description", NOT_DESCRIBED).build()
              : custom.schema();
      schemas.put(described ? own : name(type), with(type, schema));
    }
    YamlMapping.Builder all = YamlMapping.builder();
    schemas.forEach(all::put);
    return all.build();
  }

  // As upstream names them: the group backwards, then version and kind.
  private static String name(ResourceType type) {
    List<String> parts = new ArrayList<>(List.of(type.group().split("\\.", -1)));
    Collections.reverse(parts);
    return (type.group().isEmpty() ? "io.k8s.api.core" : String.join(".", parts))
        + "."
        + type.version()
        + "."
        + type.kind();
  }

  private static YamlMapping with(ResourceType type, YamlMapping schema) {
    YamlMapping.Builder whole = YamlMapping.builder();
    for (YamlMapping.Entry entry : schema.entries()) {
      whole.put(entry);
    }
    YamlMapping.Builder properties = YamlMapping.builder();
    if (schema.get("properties") instanceof YamlMapping given) {
      for (YamlMapping.Entry entry : given.entries()) {
        properties.put(entry);
      }
    }
    properties
        .put("apiVersion", text("The API group, if it has a name, and the version of the object."))
        .put("kind", text("What the object is, in CamelCase."))
        .put("metadata", metadata());
    YamlMapping kind =
        YamlMapping.builder()
            .put("group", type.group())
            .put("kind", type.kind())
            .put("version", type.version())
            .build();
    return whole
        .put("type", "object")
        .put("properties", properties.build())
        .put("x-kubernetes-group-version-kind", YamlSequence.of(List.of(kind)))
        .build();
  }

  private static YamlMapping text(String description) {
    return YamlMapping.builder().put("description", description).put("type", "string").build();
  }

  private static YamlMapping metadata() {
    YamlMapping.Builder metadata =
        YamlMapping.builder()
            .put("description", YamlString.of("Name, labels and what else every object has."));
    for (YamlMapping.Entry entry : MessageSchemas.reference(MessageSchemas.METADATA).entries()) {
      metadata.put(entry);
    }
    return metadata.build();
  }
}
