package dev.certwright.server.sandbox;

import dev.certwright.server.discovery.ResourceType;
import dev.certwright.server.pipeline.Call;
import dev.certwright.server.wire.Accepted;
import dev.certwright.server.wire.MediaType;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The shape in which a client gets objects: whole, as a table, or their metadata alone. */
final class ObjectView {
  private final ResourceType type;
  private final MediaType mediaType;
  private final Shape shape;
  private final String rowObject;
  private final String metaVersion;

  private enum Shape {
    WHOLE,
    TABLE,
    METADATA
  }

  private ObjectView(
      ResourceType type, MediaType mediaType, Shape shape, String rowObject, String metaVersion) {
    this.type = type;
    this.mediaType = mediaType;
    this.shape = shape;
    this.rowObject = rowObject;
    this.metaVersion = metaVersion;
  }

  /** What a client wants, null if it is nothing that there is. */
  static @Nullable ObjectView wanted(Call call, ResourceType type) {
    String rowObject = call.query().text("includeObject");
    for (Accepted accepted : call.accepted()) {
      Shape shape = shape(accepted);
      if (shape != null && accepted.type() != MediaType.PROTOBUF) {
        return new ObjectView(
            type,
            accepted.type(),
            shape,
            rowObject == null ? "Metadata" : rowObject,
            "meta.k8s.io/" + accepted.version());
      }
    }
    return null;
  }

  private static @Nullable Shape shape(Accepted accepted) {
    if (accepted.isWhole()) {
      return Shape.WHOLE;
    }
    boolean meta =
        accepted.group().equals("meta.k8s.io")
            && (accepted.version().equals("v1") || accepted.version().equals("v1beta1"));
    return switch (accepted.as()) {
      case "Table" -> meta ? Shape.TABLE : null;
      case "PartialObjectMetadata", "PartialObjectMetadataList" -> meta ? Shape.METADATA : null;
      default -> null;
    };
  }

  MediaType mediaType() {
    return mediaType;
  }

  /** One object. */
  YamlMapping one(StoredObject object, Instant now) {
    return switch (shape) {
      case WHOLE -> inVersion(object);
      case METADATA -> metadata(object);
      case TABLE -> table(List.of(object), listMetadata(object.revision(), "", 0), now);
    };
  }

  /**
   * Many.
   *
   * @param next where it goes on, empty if that is all
   * @param remaining how many are left, 0 if that is not told
   */
  YamlMapping list(
      List<StoredObject> objects, long revision, String next, int remaining, Instant now) {
    YamlMapping metadata = listMetadata(revision, next, remaining);
    if (shape == Shape.TABLE) {
      return table(objects, metadata, now);
    }
    List<YamlMapping> items = new ArrayList<>(objects.size());
    for (StoredObject object : objects) {
      items.add(shape == Shape.METADATA ? metadata(object) : inVersion(object));
    }
    boolean whole = shape == Shape.WHOLE;
    return YamlMapping.builder()
        .put("kind", whole ? type.kind() + "List" : "PartialObjectMetadataList")
        .put("apiVersion", whole ? type.apiVersion() : metaVersion)
        .put("metadata", metadata)
        .put("items", YamlSequence.of(items))
        .build();
  }

  /** A change. */
  YamlMapping event(String change, StoredObject object, Instant now) {
    return YamlMapping.builder().put("type", change).put("object", one(object, now)).build();
  }

  /** How far a watch is. */
  YamlMapping bookmark(long revision, boolean endOfInitialEvents) {
    YamlMapping.Builder metadata =
        YamlMapping.builder().put("resourceVersion", Long.toString(revision));
    if (endOfInitialEvents) {
      metadata.put(
          "annotations", YamlMapping.builder().put("k8s.io/initial-events-end", "true").build());
    }
    StoredObject mark =
        new StoredObject(
            ObjectStore.key(type),
            "",
            "",
            revision,
            java.util.Map.of(),
            YamlMapping.builder()
                .put("kind", type.kind())
                .put("apiVersion", type.apiVersion())
                .put("metadata", metadata.build())
                .build());
    return event("BOOKMARK", mark, Instant.EPOCH);
  }

  // Stored in another version of its group, it is the same but for that.
  private YamlMapping inVersion(StoredObject object) {
    if (object.object().get("apiVersion") instanceof YamlString version
        && version.value().equals(type.apiVersion())) {
      return object.object();
    }
    YamlMapping.Builder whole = YamlMapping.builder().put("apiVersion", type.apiVersion());
    for (YamlMapping.Entry entry : object.object().entries()) {
      if (!entry.key().equals("apiVersion")) {
        whole.put(entry.key(), entry.value());
      }
    }
    return whole.build();
  }

  private YamlMapping metadata(StoredObject object) {
    return YamlMapping.builder()
        .put("kind", "PartialObjectMetadata")
        .put("apiVersion", metaVersion)
        .put("metadata", object.metadata())
        .build();
  }

  private static YamlMapping listMetadata(long revision, String next, int remaining) {
    YamlMapping.Builder metadata =
        YamlMapping.builder().put("resourceVersion", Long.toString(revision));
    if (!next.isEmpty()) {
      metadata.put("continue", next);
    }
    if (remaining > 0) {
      metadata.put("remainingItemCount", remaining);
    }
    return metadata.build();
  }

  private YamlMapping table(List<StoredObject> objects, YamlMapping metadata, Instant now) {
    ResourceType.Custom custom = type.custom();
    CustomColumns columns = custom == null ? null : new CustomColumns(custom.columns());
    List<YamlMapping> rows = new ArrayList<>();
    for (StoredObject object : objects) {
      YamlMapping.Builder row =
          YamlMapping.builder()
              .put(
                  "cells",
                  YamlSequence.of(
                      columns == null
                          ? TableColumns.cells(object, now)
                          : columns.cells(object, now)));
      switch (rowObject) {
        case "None" -> {
          // The cells alone.
        }
        case "Object" -> row.put("object", inVersion(object));
        default -> row.put("object", metadata(object));
      }
      rows.add(row.build());
    }
    return YamlMapping.builder()
        .put("kind", "Table")
        .put("apiVersion", metaVersion)
        .put("metadata", metadata)
        .put(
            "columnDefinitions",
            YamlSequence.of(
                columns == null
                    ? TableColumns.definitions(ObjectStore.key(type))
                    : columns.definitions()))
        .put("rows", YamlSequence.of(rows))
        .build();
  }
}
