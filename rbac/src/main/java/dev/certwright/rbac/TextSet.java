package dev.certwright.rbac;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Some texts of a rule, to be asked quickly whether one is among them. */
final class TextSet {
  // Up to here comparing beats hashing.
  private static final int FEW = 12;

  private final String[] few;
  private final @Nullable Set<String> many;

  TextSet(List<String> texts) {
    if (texts.size() <= FEW) {
      few = texts.toArray(new String[0]);
      many = null;
    } else {
      few = new String[0];
      many = new HashSet<>(texts);
    }
  }

  boolean contains(String text) {
    if (many != null) {
      return many.contains(text);
    }
    for (String one : few) {
      if (one.equals(text)) {
        return true;
      }
    }
    return false;
  }
}
