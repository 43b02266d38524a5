package dev.certwright.kubeconfig;

import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import dev.certwright.yaml.YamlWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random kubeconfigs in random layouts. */
final class RandomKubeconfigs {
  private static final String[] NAMES = {
    "a", "b", "c", "d", "e: f", "#g", "h\ni", "true", "é", "\uD83D\uDE00", "'", "\""
  };

  private final Random random;

  RandomKubeconfigs(long seed) {
    this.random = new Random(seed);
  }

  String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private List<String> names() {
    List<String> names = new ArrayList<>();
    for (int count = random.nextInt(4); count > 0; count--) {
      String name = pick(NAMES);
      if (!names.contains(name)) {
        names.add(name);
      }
    }
    return names;
  }

  private YamlValue entries(EntryKind kind) {
    List<YamlValue> entries = new ArrayList<>();
    for (String name : names()) {
      YamlMapping.Builder content = YamlMapping.builder();
      switch (kind) {
        case CLUSTER ->
            content.put("server", pick("https://1", "https://2")).put("x", random.nextInt(2));
        case USER ->
            content.put("client-key", pick("k", "sub/k", "/k")).put("token", pick("1", "t"));
        case CONTEXT -> content.put("cluster", pick(NAMES)).put("user", pick(NAMES));
      }
      YamlMapping.Builder entry = YamlMapping.builder();
      boolean first = random.nextBoolean();
      if (first) {
        entry.put("name", name);
      }
      entry.put(kind.field(), content.build());
      if (!first) {
        entry.put("name", name);
      }
      entries.add(entry.build());
    }
    return YamlSequence.of(entries);
  }

  /** A configuration that holds at least one entry. */
  String source() {
    YamlMapping.Builder config = YamlMapping.builder();
    for (EntryKind kind : EntryKind.values()) {
      config.put(kind.list(), entries(kind));
    }
    config.put(
        "users", YamlSequence.of(List.of(YamlMapping.builder().put("name", pick(NAMES)).build())));
    return YamlWriter.write(config.put("current-context", pick(NAMES)).build());
  }

  /** Any configuration, with comments, blank lines, other line ends, missing parts. */
  String target() {
    boolean json = random.nextInt(4) == 0;
    StringBuilder text = new StringBuilder();
    List<String> parts = new ArrayList<>();
    for (EntryKind kind : EntryKind.values()) {
      if (random.nextInt(5) > 0) {
        parts.add(part(kind, json));
      }
    }
    if (random.nextBoolean()) {
      parts.add(
          (json ? "\"current-context\": " : "current-context: ") + pick("old", "\"a: b\"", "''"));
    }
    if (random.nextBoolean()) {
      parts.add(json ? "\"unknown\": {\"a\": [1, {}]}" : "unknown: # c\n  a:\n  - 1\n  -");
    }
    java.util.Collections.shuffle(parts, random);
    if (json) {
      String separator = pick(", ", ",\n  ", " ,\n\t", ",");
      text.append("{").append(pick("", "\n  ", " ")).append(String.join(separator, parts));
      text.append(pick("", ",", "\n")).append(pick("}", "}\n", "}\n# end\n"));
    } else {
      text.append(pick("", "# start\n", "---\n", "%YAML 1.1\n---\n", "\n\n", "\uFEFF"));
      for (String part : parts) {
        text.append(part).append(pick("\n", "\n\n", "  \n", " # c\n", "\n# c\n", "\n  # c\n"));
      }
      if (random.nextInt(4) == 0 && text.length() > 0) {
        text.setLength(text.length() - 1);
      }
      text.append(pick("", "", "\n...\n", "\n---\nnot: [ours\n"));
    }
    String result = text.toString();
    return random.nextInt(5) == 0 ? result.replace("\n", "\r\n") : result;
  }

  private String part(EntryKind kind, boolean json) {
    String key = json || random.nextInt(6) == 0 ? "\"" + kind.list() + "\":" : kind.list() + ":";
    YamlValue entries = entries(kind);
    boolean empty = ((YamlSequence) entries).size() == 0;
    if (json) {
      String value =
          random.nextBoolean() ? JsonWriter.compact(entries) : JsonWriter.pretty(entries).strip();
      return key + pick(" ", "") + (empty ? pick("[]", "null", "[ ]", "[\n]") : value);
    }
    if (empty) {
      return key + pick("", " []", " null", " ~", " [ ]", " # c");
    }
    if (random.nextInt(5) == 0) {
      return key + " " + pick("", "&anchor ", "!!seq ") + JsonWriter.compact(entries);
    }
    int indent = random.nextInt(4);
    StringBuilder block = new StringBuilder(key).append(pick("", " # c", " &anchor")).append('\n');
    block.append(" ".repeat(indent));
    YamlWriter.append(block, entries, indent, "\n");
    block.setLength(block.length() - 1);
    return block.toString();
  }
}
