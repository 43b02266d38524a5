package dev.certwright.server.wire;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client wants to get: one clause of its {@code Accept} header, read as upstream does (rule
 * F-02): of several headers the first counts, letters are case-sensitive, and a quality of 0 is the
 * last wish, not a refusal.
 *
 * @param type the form
 * @param isWhole whether the object is wanted as it is; else it is to be shown as another kind
 * @param as that kind, such as {@code Table}; empty if none
 * @param group the API group of that kind
 * @param version the version of that kind
 */
public record Accepted(MediaType type, boolean isWhole, String as, String group, String version) {
  private static final int MOST_CLAUSES = 64;
  private static final int LONGEST_QUALITY = 32;

  /**
   * All that the client wants, best first, as far as it is known here.
   *
   * @param header value of {@code Accept}, empty if there is none
   * @return empty if nothing that is wanted is known; JSON alone if the client does not say
   */
  public static List<Accepted> of(String header) {
    if (header.isEmpty()) {
      return List.of(new Accepted(MediaType.JSON, true, "", "", ""));
    }
    List<Clause> clauses = new ArrayList<>();
    for (String part : header.split(",", MOST_CLAUSES)) {
      Clause.parse(part, clauses);
    }
    List<Accepted> wanted = new ArrayList<>();
    for (Clause clause : clauses) {
      for (MediaType type : MediaType.values()) {
        if (clause.covers(type)) {
          wanted.add(clause.as(type));
        }
      }
    }
    return wanted;
  }

  /** Whether of the object only its metadata is wanted. */
  public boolean isMetadata() {
    return as.equals("PartialObjectMetadata")
        && group.equals("meta.k8s.io")
        && (version.equals("v1") || version.equals("v1beta1"));
  }

  /**
   * Whether a route of these forms is found for a client at all: upstream's router looks at the
   * header before anything else does, and less closely.
   */
  public static boolean isRouted(String header, MediaType... forms) {
    if (header.isEmpty()) {
      return true;
    }
    for (String part : header.split(",", MOST_CLAUSES)) {
      String type = trimmed(part.split(";", 2)[0]);
      boolean found = type.equals("*/*");
      for (MediaType form : forms) {
        found |= form.text().equals(type);
      }
      if (found) {
        return true;
      }
    }
    return false;
  }

  // Only blanks, as upstream has it.
  private static String trimmed(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && text.charAt(from) == ' ') {
      from++;
    }
    while (to > from && text.charAt(to - 1) == ' ') {
      to--;
    }
    return text.substring(from, to);
  }

  private record Clause(
      String type, String subtype, double quality, Map<String, String> parameters) {

    /** Adds a clause where upstream sorts it: equals stay in order, wild ones go behind. */
    static void parse(String text, List<Clause> clauses) {
      String[] parts = trimmed(text).split(";", 16);
      String[] names = parts[0].split("/", 3);
      boolean any = names.length == 1 && trimmed(names[0]).equals("*");
      if (!any && (names.length != 2 || names[1].isEmpty())) {
        return;
      }
      double quality = 1;
      Map<String, String> parameters = new HashMap<>();
      for (int i = 1; i < parts.length; i++) {
        String[] pair = parts[i].split("=", 3);
        if (pair.length == 2 && !pair[1].isEmpty()) {
          if (trimmed(pair[0]).equals("q")) {
            quality = quality(pair[1]);
          } else {
            parameters.put(trimmed(pair[0]), trimmed(pair[1]));
          }
        }
      }
      Clause clause =
          new Clause(trimmed(names[0]), any ? "*" : trimmed(names[1]), quality, parameters);
      int place = clauses.size();
      while (place > 0 && clause.isBefore(clauses.get(place - 1))) {
        place--;
      }
      clauses.add(place, clause);
    }

    private boolean isBefore(Clause other) {
      return quality > other.quality
          || !type.equals("*") && other.type.equals("*")
          || !subtype.equals("*") && other.subtype.equals("*");
    }

    private static double quality(String text) {
      for (int i = 0; i < text.length(); i++) {
        if ("0123456789.eE+-".indexOf(text.charAt(i)) < 0) {
          return 0;
        }
      }
      try {
        return text.length() > LONGEST_QUALITY ? 0 : Double.parseDouble(text);
      } catch (NumberFormatException none) {
        return 0;
      }
    }

    boolean covers(MediaType form) {
      boolean named =
          type.equals("*") && subtype.equals("*")
              || type.equals("application") && subtype.equals("*")
              || form.text().equals(type + "/" + subtype);
      String stream = parameters.getOrDefault("stream", "");
      boolean streams = stream.equals("watch") && form != MediaType.YAML;
      return named
          && (stream.isEmpty() || streams)
          && List.of("", "v1").contains(parameters.getOrDefault("sv", ""));
    }

    Accepted as(MediaType form) {
      return new Accepted(
          form,
          !parameters.containsKey("as")
              && !parameters.containsKey("g")
              && !parameters.containsKey("v"),
          parameters.getOrDefault("as", ""),
          parameters.getOrDefault("g", ""),
          parameters.getOrDefault("v", ""));
    }
  }
}
