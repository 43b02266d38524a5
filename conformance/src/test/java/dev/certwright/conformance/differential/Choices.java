package dev.certwright.conformance.differential;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random choices, and reading questions again. */
final class Choices {
  private final Random random;

  Choices(Random random) {
    this.random = random;
  }

  String of(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /** The first, but once in twelve times another. */
  String mostly(String usual, String... others) {
    return once(12) ? of(others) : usual;
  }

  <T> T any(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** One of so many first ones, but once in four times any. */
  <T> T mostlyOfTheFirst(int first, List<T> choices) {
    return any(once(4) ? choices : choices.subList(0, first));
  }

  /** Once in so many times. */
  boolean once(int in) {
    return random.nextInt(in) == 0;
  }

  int below(int bound) {
    return random.nextInt(bound);
  }

  /** Up to so many of the choices, perhaps some more than once. */
  List<String> some(int most, String... choices) {
    List<String> some = new ArrayList<>();
    for (int count = random.nextInt(most + 1); count > 0; count--) {
      some.add(of(choices));
    }
    return some;
  }

  /** The text with a little of it left out, doubled or put elsewhere. */
  String damaged(String text, String... insertions) {
    if (text.isEmpty()) {
      return of(insertions);
    }
    int from = random.nextInt(text.length());
    int to = Math.min(text.length(), from + 1 + random.nextInt(6));
    return switch (random.nextInt(4)) {
      case 0 -> text.substring(0, from) + text.substring(to);
      case 1 -> text.substring(0, to) + text.substring(from);
      case 2 -> text.substring(0, from) + of(insertions) + text.substring(from);
      default -> text.substring(0, from) + of(insertions) + text.substring(to);
    };
  }

  static String text(YamlMapping mapping, String key) {
    return mapping.get(key) instanceof YamlString text ? text.value() : "";
  }

  static YamlMapping mapping(YamlMapping mapping, String key) {
    return mapping.get(key) instanceof YamlMapping inner ? inner : YamlMapping.EMPTY;
  }

  static List<String> texts(YamlMapping mapping, String key) {
    List<String> texts = new ArrayList<>();
    if (mapping.get(key) instanceof YamlSequence sequence) {
      for (YamlValue value : sequence.values()) {
        texts.add(value instanceof YamlString text ? text.value() : "");
      }
    }
    return texts;
  }
}
