package dev.certwright.server.wire;

import dev.certwright.rbac.GoText;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlPosition;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a strict reader finds in an object beyond what makes it unreadable: fields that its kind
 * does not have, and fields that are there twice. In upstream's words, and its order: that of the
 * text for JSON, that of the alphabet for YAML.
 */
public final class FieldProblems {
  // As many as upstream keeps.
  private static final int MOST = 100;

  private final boolean yaml;
  private final Set<YamlPosition> repeated = new HashSet<>();
  private final List<String> lines = new ArrayList<>();
  private final List<Found> found = new ArrayList<>();
  private final Set<String> texts = new HashSet<>();

  private record Found(YamlPosition position, String text) {}

  FieldProblems(MediaType type) {
    this.yaml = type == MediaType.YAML;
  }

  /** What counts of a field that is there twice, as Go decodes it into a struct. */
  YamlValue repeated(YamlMapping.Entry before, YamlMapping.Entry again) {
    if (yaml) {
      if (lines.size() < MOST) {
        lines.add(
            "line "
                + again.keyPosition().line()
                + ": key "
                + GoText.quote(again.key())
                + " already set in map");
      }
      return again.value();
    }
    repeated.add(again.keyPosition());
    return merged(again.key(), before.value(), again.value());
  }

  private static YamlValue merged(String key, YamlValue before, YamlValue again) {
    if (before instanceof YamlMapping one && again instanceof YamlMapping other) {
      YamlMapping.Builder both = YamlMapping.builder();
      for (YamlMapping.Entry entry : one.entries()) {
        both.put(entry);
      }
      for (YamlMapping.Entry entry : other.entries()) {
        YamlValue old = one.get(entry.key());
        both.put(
            new YamlMapping.Entry(
                entry.key(),
                entry.keyPosition(),
                old == null ? entry.value() : merged(entry.key(), old, entry.value())));
      }
      return both.build();
    }
    // Null changes nothing but what may be absent: lists, maps and pointers.
    boolean absent =
        before instanceof YamlSequence
            || before instanceof YamlMapping && !Set.of("metadata", "spec", "status").contains(key);
    return again instanceof YamlNull && !absent ? before : again;
  }

  /** In the order in which they are looked at. */
  List<YamlMapping.Entry> inOrder(YamlMapping object) {
    if (!yaml) {
      return object.entries();
    }
    List<YamlMapping.Entry> sorted = new ArrayList<>(object.entries());
    sorted.sort(Comparator.comparing(YamlMapping.Entry::key, GoText.ORDER));
    return sorted;
  }

  /** Notes that a field is none of its kind. */
  void unknown(YamlMapping.Entry entry, String path) {
    add(entry.keyPosition(), "unknown field " + GoText.quote(path));
  }

  /** Notes that a field is there twice, if it is. */
  void seen(YamlMapping.Entry entry, String path) {
    if (!repeated.isEmpty() && repeated.contains(entry.keyPosition())) {
      add(entry.keyPosition(), "duplicate field " + GoText.quote(path));
    }
  }

  private void add(YamlPosition position, String text) {
    if (found.size() < MOST && texts.add(text)) {
      found.add(new Found(position, text));
    }
  }

  /** One sentence for each, in order. */
  public List<String> warnings() {
    List<String> all = new ArrayList<>(lines);
    all.addAll(fields());
    return all;
  }

  /** All in one sentence, empty if there are none. */
  public String summary() {
    List<String> all = new ArrayList<>();
    if (!lines.isEmpty()) {
      all.add("yaml: unmarshal errors:\n  " + String.join("\n  ", lines));
    }
    all.addAll(fields());
    return String.join(", ", all);
  }

  private List<String> fields() {
    List<Found> sorted = new ArrayList<>(found);
    if (!yaml) {
      sorted.sort(
          Comparator.comparingInt((Found one) -> one.position().line())
              .thenComparingInt(one -> one.position().column()));
    }
    return sorted.stream().map(Found::text).toList();
  }
}
