package dev.certwright.conformance.differential;

import dev.certwright.conformance.program.Places;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What differs on purpose: {@code conformance/disagreements.tsv}, a line each with the mode, the
 * kind of {@link Difference}, and the reason. What is listed and does not occur is a mistake too.
 */
public final class Disagreements {
  private final Map<String, String> reasons;
  private final Map<String, Integer> seen = new TreeMap<>();

  private Disagreements(Map<String, String> reasons) {
    this.reasons = reasons;
  }

  /** Those of one mode. */
  public static Disagreements of(String mode) {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (String line : lines()) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] fields = line.split("\t", -1);
      if (fields.length != 3 || fields[2].isBlank()) {
        throw new AssertionError("expected mode, kind and reason between tabs, found: " + line);
      }
      if (fields[0].equals(mode)) {
        reasons.put(fields[1], fields[2]);
      }
    }
    return new Disagreements(reasons);
  }

  private static List<String> lines() {
    try {
      return Files.readAllLines(
          Places.module().resolve("disagreements.tsv"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it is listed; counts it if so. */
  boolean isWanted(Difference difference) {
    if (!reasons.containsKey(difference.kind())) {
      return false;
    }
    seen.merge(difference.kind(), 1, Integer::sum);
    return true;
  }

  /** How often each occurred. */
  Map<String, Integer> seen() {
    return seen;
  }

  /** Those that are listed and did not occur. */
  Set<String> notSeen() {
    Set<String> left = new TreeSet<>(reasons.keySet());
    left.removeAll(seen.keySet());
    return left;
  }
}
