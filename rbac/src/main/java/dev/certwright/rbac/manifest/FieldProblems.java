package dev.certwright.rbac.manifest;

import dev.certwright.rbac.GoText;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlPosition;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one object, worded as {@code field.Error} of apimachinery is. */
final class FieldProblems {
  private final String source;
  private final YamlMapping root;
  private final List<Problem> problems = new ArrayList<>();
  private String object = "";

  FieldProblems(String source, YamlMapping root) {
    this.source = source;
    this.root = root;
  }

  /** What the object is called, once it is known. */
  void name(String description) {
    object = description;
  }

  void required(String field, String detail) {
    add(field, detail.isEmpty() ? "Required value" : "Required value: " + detail);
  }

  void forbidden(String field, String detail) {
    add(field, "Forbidden: " + detail);
  }

  void invalid(String field, String value, String detail) {
    add(field, "Invalid value: " + GoText.quote(value) + ": " + detail);
  }

  /** Of a value that is no plain text upstream: it is printed as JSON. */
  void invalidJson(String field, String json, String detail) {
    add(field, "Invalid value: " + json + ": " + detail);
  }

  void unsupported(String field, String value, String... supported) {
    StringBuilder out = new StringBuilder("Unsupported value: ");
    GoText.appendQuoted(out, value);
    out.append(": supported values: ");
    for (int i = 0; i < supported.length; i++) {
      out.append(i == 0 ? "" : ", ");
      GoText.appendQuoted(out, supported[i]);
    }
    add(field, out.toString());
  }

  void add(String field, String message) {
    problems.add(new Problem(source, line(field), object, field, message));
  }

  boolean isEmpty() {
    return problems.isEmpty();
  }

  List<Problem> list() {
    return problems;
  }

  /** Line of a field, or of the nearest thing around it that was written. */
  private int line(String field) {
    YamlValue at = root;
    int line = root.position().line();
    int from = 0;
    while (from < field.length()) {
      int end = from;
      while (end < field.length() && ".[]".indexOf(field.charAt(end)) < 0) {
        end++;
      }
      if (end > from) {
        String step = field.substring(from, end);
        YamlValue next = null;
        YamlPosition position = YamlPosition.NONE;
        if (at instanceof YamlMapping mapping) {
          YamlMapping.Entry entry = mapping.entry(step);
          next = entry == null ? null : entry.value();
          position = entry == null ? position : entry.keyPosition();
        } else if (at instanceof YamlSequence sequence
            && step.chars().allMatch(Character::isDigit)
            && Integer.parseInt(step) < sequence.size()) {
          next = sequence.values().get(Integer.parseInt(step));
          position = next.position();
        }
        if (next == null) {
          return line;
        }
        at = next;
        line = position.line() > 0 ? position.line() : line;
      }
      from = end + 1;
    }
    return line;
  }
}
