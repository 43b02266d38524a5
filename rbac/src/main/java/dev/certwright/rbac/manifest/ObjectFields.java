package dev.certwright.rbac.manifest;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a mapping, by the types that the API gives them. What is absent or null is empty,
 * as for Go's decoder; what is of another type is a problem, because the API server does not take
 * it.
 */
final class ObjectFields {
  private final YamlMapping mapping;
  private final String path;
  private final FieldProblems undecodable;
  private final FieldProblems unknown;
  private final UnaryOperator<String> intern;

  ObjectFields(
      YamlMapping mapping,
      String path,
      FieldProblems undecodable,
      FieldProblems unknown,
      UnaryOperator<String> intern) {
    this.mapping = mapping;
    this.path = path;
    this.undecodable = undecodable;
    this.unknown = unknown;
    this.intern = intern;
  }

  private String path(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  /** Warns of fields that the API does not have, which it drops. */
  ObjectFields knowing(String... keys) {
    for (YamlMapping.Entry entry : mapping.entries()) {
      boolean known = false;
      for (String key : keys) {
        known |= key.equals(entry.key());
      }
      if (!known) {
        unknown.add(path(entry.key()), "unknown field, the API server drops it or refuses it");
      }
    }
    return this;
  }

  String text(String key) {
    return text(mapping.get(key), path(key));
  }

  private String text(@Nullable YamlValue value, String where) {
    if (value instanceof YamlString text) {
      return intern.apply(text.value());
    }
    if (value != null && !(value instanceof YamlNull)) {
      wrong(where, "a string", value);
    }
    return "";
  }

  private void wrong(String where, String expected, YamlValue found) {
    String hint =
        found instanceof YamlSequence || found instanceof YamlMapping || expected.equals("a list")
            ? ""
            : ": put it in quotes";
    undecodable.add(where, "expected " + expected + ", found a " + found.kind() + hint);
  }

  List<String> texts(String key) {
    List<String> texts = new ArrayList<>();
    forEach(key, (value, where) -> texts.add(text(value, where)));
    return texts;
  }

  Map<String, String> map(String key) {
    Map<String, String> map = new LinkedHashMap<>();
    ObjectFields fields = object(key);
    if (fields != null) {
      for (YamlMapping.Entry entry : fields.mapping.entries()) {
        map.put(intern.apply(entry.key()), text(entry.value(), path(key) + "." + entry.key()));
      }
    }
    return map;
  }

  /** A mapping, null if there is none. */
  @Nullable ObjectFields object(String key) {
    YamlValue value = mapping.get(key);
    if (value instanceof YamlMapping found) {
      return new ObjectFields(found, path(key), undecodable, unknown, intern);
    }
    if (value != null && !(value instanceof YamlNull)) {
      wrong(path(key), "a mapping", value);
    }
    return null;
  }

  /** The mappings of a list. */
  List<ObjectFields> objects(String key) {
    List<ObjectFields> objects = new ArrayList<>();
    forEach(
        key,
        (value, where) -> {
          YamlMapping found = value instanceof YamlMapping one ? one : YamlMapping.EMPTY;
          if (!(value instanceof YamlMapping) && !(value instanceof YamlNull)) {
            wrong(where, "a mapping", value);
          }
          objects.add(new ObjectFields(found, where, undecodable, unknown, intern));
        });
    return objects;
  }

  private void forEach(String key, BiConsumer<YamlValue, String> visitor) {
    YamlValue value = mapping.get(key);
    if (value instanceof YamlSequence sequence) {
      for (int i = 0; i < sequence.size(); i++) {
        visitor.accept(sequence.values().get(i), path(key) + "[" + i + "]");
      }
    } else if (value != null && !(value instanceof YamlNull)) {
      wrong(path(key), "a list", value);
    }
  }

  /** The value as it was read. */
  @Nullable YamlValue value(String key) {
    return mapping.get(key);
  }

  String path() {
    return path;
  }
}
