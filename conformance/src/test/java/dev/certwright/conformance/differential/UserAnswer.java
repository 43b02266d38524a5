package dev.certwright.conformance.differential;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.GoText;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Users as the oracle writes them. */
final class UserAnswer {
  private UserAnswer() {}

  /** The same object that the oracle has for this user; JSON null for nobody. */
  static String of(@Nullable Identity user) {
    if (user == null) {
      return "null";
    }
    YamlMapping.Builder answer =
        YamlMapping.builder().put("name", GoText.replaceStray(user.name()));
    if (!user.uid().isEmpty()) {
      answer.put("uid", GoText.replaceStray(user.uid()));
    }
    if (!user.groups().isEmpty()) {
      answer.put("groups", texts(user.groups()));
    }
    if (!user.extra().isEmpty()) {
      YamlMapping.Builder extra = YamlMapping.builder();
      for (Map.Entry<String, List<String>> entry : new TreeMap<>(user.extra()).entrySet()) {
        extra.put(GoText.replaceStray(entry.getKey()), texts(entry.getValue()));
      }
      answer.put("extra", extra.build());
    }
    return JsonWriter.compact(answer.build());
  }

  private static YamlSequence texts(List<String> texts) {
    List<String> shown = new ArrayList<>();
    for (String text : texts) {
      shown.add(GoText.replaceStray(text));
    }
    return YamlSequence.ofStrings(shown);
  }

  /** What the oracle says, as text. */
  static String json(@Nullable YamlValue value) {
    return value == null ? "null" : JsonWriter.compact(value);
  }

  /** Adds a difference if there is one. */
  static void compare(List<Difference> into, String kind, String ours, String theirs) {
    if (!Objects.equals(ours, theirs)) {
      into.add(new Difference(kind, "ours   " + ours + "\ntheirs " + theirs));
    }
  }
}
