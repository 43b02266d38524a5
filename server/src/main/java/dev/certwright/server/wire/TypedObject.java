package dev.certwright.server.wire;

import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlNumber;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object as Go's structs hold it: of the fields that its kind has, in their order, without those
 * that are empty; others are dropped, and noted.
 */
public final class TypedObject {
  private final FieldProblems problems;

  private TypedObject(FieldProblems problems) {
    this.problems = problems;
  }

  /**
   * The object of a kind, without {@code kind} and {@code apiVersion}.
   *
   * @param version of the kind, {@code v1} or {@code v1beta1}
   * @param problems that reading it had, and get those of its fields too
   * @throws WireException in Go's words if a field has the wrong type
   */
  public static YamlMapping of(
      YamlMapping object, String kind, String version, FieldProblems problems) {
    ProtobufMessage message =
        kind.equals("SubjectAccessReview") && version.equals("v1beta1")
            ? ProtobufMessage.BETA_ACCESS_REVIEW
            : ProtobufMessage.of(kind);
    if (message == null) {
      throw new IllegalStateException("there is no table of fields for " + kind);
    }
    return new TypedObject(problems).read(object, message, "", "");
  }

  // Upstream names a place in a list when it misses a field, and not when a type is wrong.
  private YamlMapping read(YamlMapping object, ProtobufMessage message, String path, String place) {
    for (YamlMapping.Entry entry : problems.inOrder(object)) {
      String key = entry.key();
      boolean ofType = path.isEmpty() && (key.equals("kind") || key.equals("apiVersion"));
      if (ofType || message.field(key) != null) {
        problems.seen(entry, below(place, key));
      } else {
        problems.unknown(entry, below(place, key));
      }
    }
    YamlMapping.Builder typed = YamlMapping.builder();
    for (ProtobufField field : message.fields()) {
      YamlValue value = object.get(field.name());
      YamlValue read =
          value == null || value instanceof YamlNull
              ? null
              : value(value, field, message, below(path, field.name()), below(place, field.name()));
      if (read != null) {
        typed.put(field.name(), read);
      } else if (field.always()) {
        typed.put(field.name(), "");
      }
    }
    return typed.build();
  }

  private static String below(String path, String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private @Nullable YamlValue value(
      YamlValue value, ProtobufField field, ProtobufMessage message, String path, String place) {
    String where = message.goType() + "." + path;
    if (field.repeated()) {
      String items = field.message() == null ? "string" : "v1." + field.message().goType();
      YamlSequence list = expect(YamlSequence.class, value, where, "[]" + items);
      List<YamlValue> read = new ArrayList<>();
      for (YamlValue item : list.values()) {
        read.add(item(item, field, where, path, place + "[" + read.size() + "]"));
      }
      return read.isEmpty() ? null : YamlSequence.of(read);
    }
    return switch (field.kind()) {
      case TEXT, TIME -> {
        YamlString text = expect(YamlString.class, value, where, "string");
        yield text.value().isEmpty() ? null : text;
      }
      case BOOLEAN -> {
        YamlBoolean bool = expect(YamlBoolean.class, value, where, "bool");
        yield bool.value() ? bool : null;
      }
      case INTEGER -> {
        YamlNumber number = expect(YamlNumber.class, value, where, "int64");
        yield number.text().equals("0") ? null : number;
      }
      case MESSAGE -> item(value, field, where, path, place);
      case TEXT_MAP, LIST_MAP -> map(value, field, where, place);
      case ANY -> value;
    };
  }

  private YamlValue item(
      YamlValue value, ProtobufField field, String where, String path, String place) {
    ProtobufMessage inner = field.message();
    if (inner == null) {
      return value instanceof YamlNull
          ? YamlString.of("")
          : expect(YamlString.class, value, where, "string");
    }
    return value instanceof YamlNull
        ? YamlMapping.EMPTY
        : read(expect(YamlMapping.class, value, where, "v1." + inner.goType()), inner, path, place);
  }

  private @Nullable YamlValue map(
      YamlValue value, ProtobufField field, String where, String place) {
    boolean lists = field.kind() == ProtobufField.Kind.LIST_MAP;
    YamlMapping map =
        expect(
            YamlMapping.class,
            value,
            where,
            lists ? "map[string]v1.ExtraValue" : "map[string]string");
    for (YamlMapping.Entry entry : problems.inOrder(map)) {
      problems.seen(entry, below(place, entry.key()));
    }
    YamlMapping.Builder read = YamlMapping.builder();
    for (YamlMapping.Entry entry : map.entries()) {
      if (!lists) {
        read.put(
            entry.key(),
            entry.value() instanceof YamlNull
                ? YamlString.of("")
                : expect(YamlString.class, entry.value(), where, "string"));
      } else if (entry.value() instanceof YamlNull) {
        read.put(entry.key(), YamlSequence.of(List.of()));
      } else {
        YamlSequence list = expect(YamlSequence.class, entry.value(), where, "v1.ExtraValue");
        List<YamlValue> texts = new ArrayList<>();
        for (YamlValue item : list.values()) {
          texts.add(item(item, field, where, place, place));
        }
        read.put(entry.key(), YamlSequence.of(texts));
      }
    }
    return map.size() == 0 ? null : read.build();
  }

  private static <T extends YamlValue> T expect(
      Class<T> type, YamlValue value, String where, String goType) {
    if (type.isInstance(value)) {
      return type.cast(value);
    }
    throw new WireException(
        "json: cannot unmarshal "
            + goKind(value)
            + " into Go struct field "
            + where
            + " of type "
            + goType);
  }

  /** What Go calls a value of JSON. */
  static String goKind(YamlValue value) {
    if (value instanceof YamlSequence) {
      return "array";
    } else if (value instanceof YamlMapping) {
      return "object";
    }
    return value instanceof YamlBoolean
        ? "bool"
        : value instanceof YamlNumber ? "number" : "string";
  }
}
