package dev.certwright.server.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a client wants to get: one clause of its {@code Accept} headers.
 *
 * @param type the form
 * @param as another kind that the object is to be shown as, such as {@code Table}; empty if none
 * @param group the API group of that kind
 * @param version the version of that kind
 */
public record Accepted(MediaType type, String as, String group, String version) {
  private static final int MOST_CLAUSES = 64;

  /** JSON, as it is. */
  public static final Accepted JSON = new Accepted(MediaType.JSON, "", "", "");

  /**
   * All that the client wants, best first, as far as it is known here. Quality values order them;
   * equals stay in the client's order, as upstream has it.
   *
   * @param headers values of {@code Accept}
   * @return empty if nothing that is wanted is known; JSON alone if the client does not say
   */
  public static List<Accepted> of(List<String> headers) {
    List<Clause> clauses = new ArrayList<>();
    boolean said = false;
    for (String header : headers) {
      for (String part : header.split(",", MOST_CLAUSES)) {
        if (!part.isBlank()) {
          said = true;
          Clause clause = Clause.parse(part);
          if (clause != null) {
            clauses.add(clause);
          }
        }
      }
    }
    if (!said) {
      return List.of(JSON);
    }
    clauses.sort((one, other) -> Double.compare(other.quality, one.quality));
    List<Accepted> wanted = new ArrayList<>();
    for (Clause clause : clauses) {
      wanted.add(clause.accepted);
    }
    return wanted;
  }

  private record Clause(Accepted accepted, double quality) {
    static @Nullable Clause parse(String text) {
      String[] parts = text.split(";", 16);
      MediaType type = type(parts[0].strip().toLowerCase(Locale.ROOT));
      if (type == null) {
        return null;
      }
      double quality = 1;
      String as = "";
      String group = "";
      String version = "";
      for (int i = 1; i < parts.length; i++) {
        String parameter = parts[i].strip();
        int equals = parameter.indexOf('=');
        String value = equals < 0 ? "" : parameter.substring(equals + 1);
        switch (equals < 0 ? parameter : parameter.substring(0, equals)) {
          case "q" -> quality = quality(value);
          case "as" -> as = value;
          case "g" -> group = value;
          case "v" -> version = value;
          default -> {
            // Others change nothing.
          }
        }
      }
      return quality <= 0 ? null : new Clause(new Accepted(type, as, group, version), quality);
    }

    private static double quality(String text) {
      try {
        return text.length() > 8 ? 0 : Double.parseDouble(text);
      } catch (NumberFormatException none) {
        return 0;
      }
    }

    private static @Nullable MediaType type(String text) {
      return switch (text) {
        case "application/json", "*/*", "application/*" -> MediaType.JSON;
        case "application/yaml" -> MediaType.YAML;
        case "application/vnd.kubernetes.protobuf" -> MediaType.PROTOBUF;
        default -> null;
      };
    }
  }
}
