package dev.certwright.conformance.differential;

import dev.certwright.conformance.program.Places;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What differs on purpose: {@code conformance/disagreements.tsv}, a line each with the mode, the
 * kind of {@link Difference}, and the reason. What is listed and does not occur in enough cases is
 * a mistake too.
 */
public final class Disagreements {
  private final Map<String, String> reasons;
  private final Map<String, Integer> seen = new TreeMap<>();

  private Disagreements(Map<String, String> reasons) {
    this.reasons = reasons;
  }

  /**
   * One line of the file.
   *
   * @param mode as the oracle calls it
   * @param kind of the difference
   * @param reason why it is wanted
   */
  record Row(String mode, String kind, String reason) {}

  /** Those of one mode. */
  public static Disagreements of(String mode) {
    return of(mode, rows(lines()));
  }

  /** Those of one mode among some rows. */
  static Disagreements of(String mode, List<Row> rows) {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (Row row : rows) {
      if (row.mode.equals(mode)) {
        reasons.put(row.kind, row.reason);
      }
    }
    return new Disagreements(reasons);
  }

  /** All of the file. */
  static List<Row> all() {
    return rows(lines());
  }

  /**
   * What lines say.
   *
   * @throws AssertionError if a line is none, says what another one says, or is about a mode whose
   *     answers nobody compares
   */
  static List<Row> rows(List<String> lines) {
    Set<String> compared =
        Modes.all().stream().filter(Mode::isCompared).map(Mode::name).collect(Collectors.toSet());
    Set<List<String>> met = new HashSet<>();
    List<Row> rows = new ArrayList<>();
    for (String line : lines) {
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      String[] fields = line.split("\t", -1);
      if (fields.length != 3 || fields[2].isBlank()) {
        throw new AssertionError("expected mode, kind and reason between tabs, found: " + line);
      }
      if (!compared.contains(fields[0])) {
        throw new AssertionError("expected one of the modes " + compared + ", found: " + line);
      }
      if (!met.add(List.of(fields[0], fields[1]))) {
        throw new AssertionError("listed twice: " + line);
      }
      rows.add(new Row(fields[0], fields[1], fields[2]));
    }
    return rows;
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
    if (!difference.canBeWanted() || !reasons.containsKey(difference.kind())) {
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
