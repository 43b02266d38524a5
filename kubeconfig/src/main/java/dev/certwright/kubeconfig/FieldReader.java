package dev.certwright.kubeconfig;

import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlNumber;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Fields of a mapping with their types, as Go's JSON decoder takes them: names by exact case, null
 * and missing are the zero value, anything of another type is an error.
 */
final class FieldReader {
  private final String file;
  private final String path;
  private final YamlMapping mapping;

  private FieldReader(String file, String path, YamlMapping mapping) {
    this.file = file;
    this.path = path;
    this.mapping = mapping;
  }

  static FieldReader root(String file, YamlValue value) {
    return new FieldReader(file, "", asMapping(file, "the file", value));
  }

  String string(String field) {
    YamlValue value = value(field);
    return value == null ? "" : asString(field, value);
  }

  boolean bool(String field) {
    YamlValue value = value(field);
    if (value == null) {
      return false;
    }
    if (value instanceof YamlBoolean bool) {
      return bool.value();
    }
    throw wrong(field, "a boolean", value);
  }

  EmbeddedData data(String field) {
    YamlValue value = value(field);
    if (value == null) {
      return EmbeddedData.NONE;
    }
    if (value instanceof YamlSequence bytes) {
      return EmbeddedData.of(asBytes(field, bytes));
    }
    try {
      return EmbeddedData.ofBase64(asString(field, value));
    } catch (IllegalArgumentException e) {
      throw new MalformedKubeconfigException(
          file, value.position(), path(field) + " is not base64");
    }
  }

  /** Null if the field is missing or null. */
  @Nullable List<String> strings(String field) {
    YamlValue value = value(field);
    return value == null ? null : asStrings(field, value);
  }

  Map<String, @Nullable List<String>> stringLists(String field) {
    YamlValue value = value(field);
    Map<String, @Nullable List<String>> lists = new LinkedHashMap<>();
    if (value != null) {
      for (YamlMapping.Entry entry : asMapping(file, path(field), value).entries()) {
        String inner = field + "." + entry.key();
        lists.put(
            entry.key(),
            entry.value() instanceof YamlNull ? null : asStrings(inner, entry.value()));
      }
    }
    return lists;
  }

  /** Null if the field is missing or null. */
  @Nullable Map<String, String> stringMap(String field) {
    YamlValue value = value(field);
    if (value == null) {
      return null;
    }
    Map<String, String> map = new LinkedHashMap<>();
    for (YamlMapping.Entry entry : asMapping(file, path(field), value).entries()) {
      String inner = field + "." + entry.key();
      map.put(entry.key(), entry.value() instanceof YamlNull ? "" : asString(inner, entry.value()));
    }
    return map;
  }

  /** An inner mapping; null if the field is missing or null. */
  @Nullable FieldReader object(String field) {
    YamlValue value = value(field);
    return value == null
        ? null
        : new FieldReader(file, path(field), asMapping(file, path(field), value));
  }

  /** An inner mapping, empty if the field is missing or null. */
  FieldReader objectOrEmpty(String field) {
    FieldReader object = object(field);
    return object != null ? object : new FieldReader(file, path(field), YamlMapping.EMPTY);
  }

  /** The mappings of a list; null if the field is missing or null, an empty one for each null. */
  @Nullable List<FieldReader> objects(String field) {
    YamlValue value = value(field);
    if (value == null) {
      return null;
    }
    List<FieldReader> objects = new ArrayList<>();
    for (YamlValue item : asSequence(field, value).values()) {
      String inner = path(field) + "[" + objects.size() + "]";
      objects.add(
          new FieldReader(
              file,
              inner,
              item instanceof YamlNull ? YamlMapping.EMPTY : asMapping(file, inner, item)));
    }
    return objects;
  }

  /** Any value; {@link YamlNull} if the field is missing. */
  YamlValue any(String field) {
    YamlValue value = value(field);
    return value == null ? YamlNull.of() : value;
  }

  Origin origin() {
    return new Origin(file, mapping.position());
  }

  MalformedKubeconfigException duplicate(String list, String name) {
    return new MalformedKubeconfigException(
        file, mapping.position(), "duplicate name " + GoStrings.quote(name) + " in " + list);
  }

  private @Nullable YamlValue value(String field) {
    YamlValue value = mapping.get(field);
    return value instanceof YamlNull ? null : value;
  }

  private String path(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  private String asString(String field, YamlValue value) {
    if (value instanceof YamlString string) {
      return string.value();
    }
    throw wrong(field, "a string", value);
  }

  private YamlSequence asSequence(String field, YamlValue value) {
    if (value instanceof YamlSequence sequence) {
      return sequence;
    }
    throw wrong(field, "a list", value);
  }

  private List<String> asStrings(String field, YamlValue value) {
    List<String> strings = new ArrayList<>();
    for (YamlValue item : asSequence(field, value).values()) {
      strings.add(
          item instanceof YamlNull ? "" : asString(field + "[" + strings.size() + "]", item));
    }
    return strings;
  }

  /** Go also fills bytes from a list of numbers. */
  private byte[] asBytes(String field, YamlSequence sequence) {
    byte[] bytes = new byte[sequence.size()];
    for (int i = 0; i < bytes.length; i++) {
      YamlValue item = sequence.values().get(i);
      if (item instanceof YamlNumber number && isByte(number)) {
        bytes[i] = (byte) number.longValueExact();
      } else if (!(item instanceof YamlNull)) {
        throw wrong(field + "[" + i + "]", "a number from 0 to 255", item);
      }
    }
    return bytes;
  }

  private static boolean isByte(YamlNumber number) {
    String text = number.text();
    return number.isInteger()
        && text.length() <= 3
        && text.charAt(0) != '-'
        && number.longValueExact() <= 255;
  }

  private MalformedKubeconfigException wrong(String field, String expected, YamlValue found) {
    return new MalformedKubeconfigException(
        file, found.position(), path(field) + " must be " + expected + ", found a " + found.kind());
  }

  private static YamlMapping asMapping(String file, String what, YamlValue value) {
    if (value instanceof YamlMapping mapping) {
      return mapping;
    }
    throw new MalformedKubeconfigException(
        file, value.position(), what + " must be a mapping, found a " + value.kind());
  }
}
