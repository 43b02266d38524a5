package dev.certwright.conformance.differential;

import java.util.ArrayList;
import java.util.List;

/** Configurations with a slip in them. */
final class OddYaml {
  private OddYaml() {}

  /** With a line or two left out, doubled, or of another key or value. */
  static String changed(Choices choices, String config, String[] values, String... keys) {
    List<String> lines = new ArrayList<>(List.of(config.split("\n", -1)));
    for (int count = 1 + choices.below(2); count > 0; count--) {
      int at = choices.below(lines.size());
      String line = lines.get(at);
      int colon = line.indexOf(": ");
      if (colon < 0 || choices.once(4)) {
        if (choices.once(2)) {
          lines.add(at, line);
        } else if (lines.size() > 1) {
          lines.remove(at);
        }
      } else if (choices.once(4)) {
        int key = line.length() - line.replaceFirst("^[- ]*", "").length();
        lines.set(at, line.substring(0, key) + choices.of(keys) + line.substring(colon));
      } else {
        lines.set(at, line.substring(0, colon + 2) + choices.of(values));
      }
    }
    return String.join("\n", lines);
  }
}
