package dev.certwright.conformance.differential;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Makes a question small by leaving out fields, items and parts of texts, one after another. */
final class Shrinker {
  private static final int MOST_TRIES = 3_000;

  private final Predicate<YamlMapping> stillDiffers;
  private int tries;

  private Shrinker(Predicate<YamlMapping> stillDiffers) {
    this.stillDiffers = stillDiffers;
  }

  /** The smallest that was found on which the two still differ. */
  static YamlMapping shrink(YamlMapping question, Predicate<YamlMapping> stillDiffers) {
    Shrinker shrinker = new Shrinker(stillDiffers);
    YamlMapping smallest = question;
    for (YamlMapping next = shrinker.smaller(smallest);
        next != null;
        next = shrinker.smaller(smallest)) {
      smallest = next;
    }
    return smallest;
  }

  private @Nullable YamlMapping smaller(YamlMapping question) {
    for (YamlValue candidate : candidates(question)) {
      tries++;
      if (tries > MOST_TRIES) {
        return null;
      }
      if (stillDiffers.test((YamlMapping) candidate)) {
        return (YamlMapping) candidate;
      }
    }
    return null;
  }

  /** All values that are this one with one thing left out, the largest things first. */
  private static List<YamlValue> candidates(YamlValue value) {
    List<YamlValue> all = new ArrayList<>();
    if (value instanceof YamlMapping mapping) {
      List<YamlMapping.Entry> entries = mapping.entries();
      for (int i = 0; i < entries.size(); i++) {
        all.add(with(entries, i, null));
      }
      for (int i = 0; i < entries.size(); i++) {
        for (YamlValue smaller : candidates(entries.get(i).value())) {
          all.add(with(entries, i, smaller));
        }
      }
    } else if (value instanceof YamlSequence sequence) {
      List<YamlValue> values = sequence.values();
      for (int i = 0; i < values.size(); i++) {
        List<YamlValue> fewer = new ArrayList<>(values);
        fewer.remove(i);
        all.add(YamlSequence.of(fewer));
      }
      for (int i = 0; i < values.size(); i++) {
        for (YamlValue smaller : candidates(values.get(i))) {
          List<YamlValue> changed = new ArrayList<>(values);
          changed.set(i, smaller);
          all.add(YamlSequence.of(changed));
        }
      }
    } else if (value instanceof YamlString text) {
      addParts(text.value(), all);
    }
    return all;
  }

  /** Lines first, then halves, quarters, down to single characters. */
  private static void addParts(String text, List<YamlValue> all) {
    for (int from = 0; from < text.length(); ) {
      int line = text.indexOf('\n', from);
      int to = line < 0 ? text.length() : line + 1;
      if (to - from < text.length()) {
        all.add(YamlString.of(text.substring(0, from) + text.substring(to)));
      }
      from = to;
    }
    for (int size = text.length(); size >= 1; size /= 2) {
      for (int from = 0; from + size <= text.length(); from += size) {
        all.add(YamlString.of(text.substring(0, from) + text.substring(from + size)));
      }
    }
  }

  private static YamlMapping with(
      List<YamlMapping.Entry> entries, int index, @Nullable YamlValue value) {
    YamlMapping.Builder builder = YamlMapping.builder();
    for (int i = 0; i < entries.size(); i++) {
      if (i != index) {
        builder.put(entries.get(i).key(), entries.get(i).value());
      } else if (value != null) {
        builder.put(entries.get(i).key(), value);
      }
    }
    return builder.build();
  }
}
