package dev.certwright.yaml;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random values, with strings that like to be something else. */
final class RandomValues {
  private static final String[] PARTS = {
    "a",
    "B",
    "0",
    "7",
    "_",
    "-",
    ":",
    " ",
    "#",
    "\n",
    "\r",
    "\t",
    "'",
    "\"",
    "\\",
    "{",
    "}",
    "[",
    "]",
    ",",
    "&",
    "*",
    "!",
    "|",
    ">",
    "%",
    "@",
    "`",
    "?",
    "=",
    "<",
    "~",
    ".",
    "e",
    "x",
    "yes",
    "no",
    "on",
    "null",
    "true",
    "---",
    "...",
    "<<",
    "\u0085",
    "\u2028",
    "\uFEFF",
    "é",
    "\uD83D\uDE00",
    "\u0000",
    "\u001b",
    "\u00a0"
  };

  private RandomValues() {}

  static String string(Random random) {
    StringBuilder text = new StringBuilder();
    for (int length = random.nextInt(6); length > 0; length--) {
      text.append(PARTS[random.nextInt(PARTS.length)]);
    }
    return text.toString();
  }

  static YamlValue value(Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 9 : 5)) {
      case 0 -> YamlNull.of();
      case 1 -> YamlBoolean.of(random.nextBoolean());
      case 2 -> YamlNumber.of(random.nextLong() >> random.nextInt(64));
      case 3 -> YamlNumber.of(random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30));
      case 4 -> YamlString.of(string(random));
      case 5, 6 -> sequence(random, depth - 1);
      default -> mapping(random, depth - 1);
    };
  }

  private static YamlValue sequence(Random random, int depth) {
    List<YamlValue> values = new ArrayList<>();
    for (int size = random.nextInt(4); size > 0; size--) {
      values.add(value(random, depth));
    }
    return YamlSequence.of(values);
  }

  private static YamlValue mapping(Random random, int depth) {
    YamlMapping.Builder builder = YamlMapping.builder();
    for (int size = random.nextInt(12); size > 0; size--) {
      builder.put(string(random), value(random, depth));
    }
    return builder.build();
  }
}
