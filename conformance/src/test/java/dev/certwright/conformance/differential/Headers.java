package dev.certwright.conformance.differential;

import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;

/** Header fields as questions hold them: pairs of name and value, in order. */
final class Headers {
  private final List<YamlValue> fields = new ArrayList<>();

  void add(String name, String value) {
    fields.add(YamlSequence.ofStrings(List.of(name, value)));
  }

  YamlSequence build() {
    return YamlSequence.of(fields);
  }
}
