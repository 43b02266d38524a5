package dev.certwright.revocation.outlet;

import dev.certwright.x509.SafeText;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlNumber;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fields of a mapping in a file of ours; problems are collected with their lines. */
final class Fields {
  private final YamlMapping mapping;
  private final String path;
  private final List<String> problems;
  private final Set<String> known = new HashSet<>();

  Fields(YamlMapping mapping, String path, List<String> problems) {
    this.mapping = mapping;
    this.path = path;
    this.problems = problems;
  }

  void problem(String text) {
    problem(mapping, text);
  }

  private void problem(YamlValue at, String text) {
    problems.add(
        "line " + at.position().line() + ": " + (path.isEmpty() ? "" : path + ": ") + text);
  }

  private @Nullable YamlValue value(String field) {
    known.add(field);
    YamlValue value = mapping.get(field);
    return value instanceof YamlNull ? null : value;
  }

  boolean has(String field) {
    return value(field) != null;
  }

  /** A text that must be there and not be empty. */
  String text(String field) {
    String text = optional(field);
    if (text.isEmpty()) {
      problem(field + " must be a text that is not empty");
    }
    return text;
  }

  /** A text; empty if it is not there. */
  String optional(String field) {
    YamlValue value = value(field);
    if (value != null && !(value instanceof YamlString)) {
      problem(value, field + " must be a text, found a " + value.kind());
    }
    return value instanceof YamlString text && text.value().indexOf('\0') < 0 ? text.value() : "";
  }

  void expect(String field, String expected) {
    if (!optional(field).equals(expected)) {
      problem(field + " must be " + expected);
    }
  }

  long number(String field) {
    if (value(field) instanceof YamlNumber number && number.isInteger()) {
      try {
        return number.longValueExact();
      } catch (ArithmeticException tooLarge) {
        return Long.MAX_VALUE;
      }
    }
    return -1;
  }

  @Nullable Fields mapping(String field) {
    YamlValue value = value(field);
    if (value != null && !(value instanceof YamlMapping)) {
      problem(value, field + " must be a mapping, found a " + value.kind());
    }
    return value instanceof YamlMapping inner ? new Fields(inner, at(field), problems) : null;
  }

  List<Fields> list(String field) {
    List<Fields> fields = new ArrayList<>();
    YamlValue value = value(field);
    if (value instanceof YamlSequence list) {
      for (int i = 0; i < list.size(); i++) {
        String at = at(field) + "[" + i + "]";
        if (list.values().get(i) instanceof YamlMapping inner) {
          fields.add(new Fields(inner, at, problems));
        } else {
          problem(list.values().get(i), at + " must be a mapping");
        }
      }
    } else if (value != null) {
      problem(value, field + " must be a list, found a " + value.kind());
    }
    return fields;
  }

  List<String> texts(String field) {
    List<String> texts = new ArrayList<>();
    if (value(field) instanceof YamlSequence list) {
      for (YamlValue value : list.values()) {
        if (value instanceof YamlString text) {
          texts.add(text.value());
        } else {
          problem(value, field + " must be a list of texts");
        }
      }
    }
    return texts;
  }

  private String at(String field) {
    return path.isEmpty() ? field : path + "." + field;
  }

  /** Names every field that was not asked for. */
  void refuseOthers() {
    for (YamlMapping.Entry entry : mapping.entries()) {
      if (!known.contains(entry.key())) {
        problems.add(
            "line "
                + entry.keyPosition().line()
                + ": unknown field "
                + at(SafeText.of(entry.key())));
      }
    }
  }
}
