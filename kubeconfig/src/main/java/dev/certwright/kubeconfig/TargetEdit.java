package dev.certwright.kubeconfig;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What one file of the target is to hold afterwards, beside what it holds now. */
final class TargetEdit {
  private final Map<EntryKind, List<YamlMapping>> added = new EnumMap<>(EntryKind.class);
  private final Map<EntryKind, Map<String, YamlMapping>> replaced = new EnumMap<>(EntryKind.class);
  private @Nullable String currentContext;

  TargetEdit() {
    for (EntryKind kind : EntryKind.values()) {
      added.put(kind, new ArrayList<>());
      replaced.put(kind, new LinkedHashMap<>());
    }
  }

  void add(EntryKind kind, YamlMapping entry) {
    added(kind).add(entry);
  }

  void replace(EntryKind kind, String name, YamlMapping entry) {
    replaced(kind).put(name, entry);
  }

  void setCurrentContext(String name) {
    currentContext = name;
  }

  List<YamlMapping> added(EntryKind kind) {
    return added.getOrDefault(kind, List.of());
  }

  Map<String, YamlMapping> replaced(EntryKind kind) {
    return replaced.getOrDefault(kind, Map.of());
  }

  @Nullable String currentContext() {
    return currentContext;
  }

  /** The meaning of the file after the edit: everything as before, but for what was asked for. */
  YamlMapping expected(YamlValue before) {
    YamlMapping root = before instanceof YamlMapping mapping ? mapping : header();
    YamlMapping.Builder after = YamlMapping.builder();
    for (YamlMapping.Entry entry : root.entries()) {
      after.put(entry.key(), entry.value());
    }
    for (EntryKind kind : EntryKind.values()) {
      if (!added(kind).isEmpty() || !replaced(kind).isEmpty()) {
        after.put(kind.list(), YamlSequence.of(entries(root, kind)));
      }
    }
    if (currentContext != null) {
      after.put("current-context", currentContext);
    }
    return after.build();
  }

  /** All entries of a list after the edit. */
  List<YamlValue> entries(YamlValue root, EntryKind kind) {
    List<YamlValue> entries = new ArrayList<>();
    if (root instanceof YamlMapping mapping
        && mapping.get(kind.list()) instanceof YamlSequence sequence) {
      for (YamlValue item : sequence.values()) {
        YamlMapping replacement = replaced(kind).get(name(item));
        entries.add(replacement == null ? item : replacement);
      }
    }
    entries.addAll(added(kind));
    return entries;
  }

  /** What a file begins with that held nothing. */
  static YamlMapping header() {
    return YamlMapping.builder().put("apiVersion", "v1").put("kind", "Config").build();
  }

  /** The name of an entry, empty if it has none. */
  static String name(YamlValue entry) {
    return entry instanceof YamlMapping mapping && mapping.get("name") instanceof YamlString name
        ? name.value()
        : "";
  }

  static boolean isNothing(@Nullable YamlValue value) {
    return value == null || value instanceof YamlNull;
  }
}
