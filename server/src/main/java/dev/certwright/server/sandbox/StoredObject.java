package dev.certwright.server.sandbox;

import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNumber;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An object as it is served.
 *
 * @param resource {@code group/resource}
 * @param namespace empty for objects of the cluster
 * @param name in its namespace
 * @param revision of the store when it came to be as it is
 * @param labels by key
 * @param object whole, with the metadata that a server adds
 */
record StoredObject(
    String resource,
    String namespace,
    String name,
    long revision,
    Map<String, String> labels,
    YamlMapping object)
    implements Comparable<StoredObject> {

  /** What tells it from all others; sorts as etcd does. */
  String key() {
    return namespace + "/" + name;
  }

  YamlMapping metadata() {
    return mapping(object, "metadata");
  }

  static YamlMapping mapping(YamlMapping object, String key) {
    return object.get(key) instanceof YamlMapping mapping ? mapping : YamlMapping.EMPTY;
  }

  static String text(YamlMapping object, String key) {
    return object.get(key) instanceof YamlString text ? text.value() : "";
  }

  static Map<String, String> texts(YamlMapping object) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (YamlMapping.Entry entry : object.entries()) {
      if (entry.value() instanceof YamlString text) {
        texts.put(entry.key(), text.value());
      }
    }
    return texts;
  }

  /** The same, said to be of another revision: the one at which it went. */
  StoredObject at(long other) {
    YamlMapping.Builder metadata = YamlMapping.builder();
    for (YamlMapping.Entry entry : metadata().entries()) {
      metadata.put(entry);
    }
    metadata.put("resourceVersion", Long.toString(other));
    YamlMapping.Builder whole = YamlMapping.builder();
    for (YamlMapping.Entry entry : object.entries()) {
      whole.put(entry);
    }
    whole.put("metadata", metadata.build());
    return new StoredObject(resource, namespace, name, other, labels, whole.build());
  }

  /** The text at the end of a path of keys, empty if there is none. */
  String at(String... path) {
    YamlMapping at = object;
    for (int i = 0; i < path.length - 1; i++) {
      at = mapping(at, path[i]);
    }
    return text(at, path[path.length - 1]);
  }

  /** A text, number or truth at the end of a path as text, empty if there is none. */
  String scalarAt(String... path) {
    YamlMapping at = object;
    for (int i = 0; i < path.length - 1; i++) {
      at = mapping(at, path[i]);
    }
    YamlValue value = at.get(path[path.length - 1]);
    if (value instanceof YamlString text) {
      return text.value();
    } else if (value instanceof YamlNumber number) {
      return number.text();
    }
    return value instanceof YamlBoolean truth ? String.valueOf(truth.value()) : "";
  }

  @Override
  public int compareTo(StoredObject other) {
    return key().compareTo(other.key());
  }
}
