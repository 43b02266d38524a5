package dev.certwright.conformance.endtoend;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reading what programs print with {@code -o json}. */
final class Json {
  private Json() {}

  static YamlMapping parse(String text) {
    return (YamlMapping)
        YamlReader.strict().readJson("output", text.getBytes(StandardCharsets.UTF_8));
  }

  /** The elements of a list that stands alone. */
  static List<YamlValue> parseList(String text) {
    return list(parse("{\"list\":" + text + "}"), "list");
  }

  /** The elements of a list at the end of a path, none if there is no list. */
  static List<YamlValue> list(YamlValue start, String... path) {
    return at(start, path) instanceof YamlSequence list ? list.values() : List.of();
  }

  /** What lies at the end of a path of keys, null if nothing does. */
  static @Nullable YamlValue at(YamlValue start, String... path) {
    YamlValue value = start;
    for (String key : path) {
      YamlValue next = value instanceof YamlMapping mapping ? mapping.get(key) : null;
      if (next == null) {
        return null;
      }
      value = next;
    }
    return value;
  }

  /** A text at the end of a path, empty if there is none. */
  static String text(YamlValue start, String... path) {
    return at(start, path) instanceof YamlString text ? text.value() : "";
  }

  /** Texts of a list at the end of a path, none if there is no list. */
  static List<String> texts(YamlValue start, String... path) {
    List<String> texts = new ArrayList<>();
    if (at(start, path) instanceof YamlSequence list) {
      for (YamlValue value : list.values()) {
        texts.add(((YamlString) value).value());
      }
    }
    return texts;
  }
}
