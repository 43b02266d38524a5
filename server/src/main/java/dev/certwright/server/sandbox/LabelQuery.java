package dev.certwright.server.sandbox;

import dev.certwright.rbac.request.LabelSelectorSyntax;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A label selector as it stands in a query. */
final class LabelQuery {
  private final List<Requirement> requirements = new ArrayList<>();

  private record Requirement(String key, Operator operator, Set<String> values) {
    boolean matches(Map<String, String> labels) {
      String value = labels.get(key);
      return switch (operator) {
        case EXISTS -> value != null;
        case MISSING -> value == null;
        case IN -> value != null && values.contains(value);
        case NOT_IN -> value == null || !values.contains(value);
        case GREATER -> value != null && compare(value) > 0;
        case LESS -> value != null && compare(value) < 0;
      };
    }

    // What is no number matches neither.
    private int compare(String value) {
      try {
        return Long.compare(Long.parseLong(value), Long.parseLong(values.iterator().next()));
      } catch (NumberFormatException none) {
        return 0;
      }
    }
  }

  private enum Operator {
    EXISTS,
    MISSING,
    IN,
    NOT_IN,
    GREATER,
    LESS
  }

  private LabelQuery() {}

  /** The query that a text is, null if it is malformed. */
  static @Nullable LabelQuery of(String text) {
    if (!LabelSelectorSyntax.isSelector(text)) {
      return null;
    }
    LabelQuery query = new LabelQuery();
    for (String term : terms(text)) {
      if (!term.isBlank()) {
        query.requirements.add(requirement(term.strip()));
      }
    }
    return query;
  }

  boolean isEmpty() {
    return requirements.isEmpty();
  }

  boolean matches(Map<String, String> labels) {
    for (Requirement requirement : requirements) {
      if (!requirement.matches(labels)) {
        return false;
      }
    }
    return true;
  }

  // Commas within parentheses separate values. That the text is well formed is known.
  private static List<String> terms(String text) {
    List<String> terms = new ArrayList<>();
    int from = 0;
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if (c == ',' && depth == 0) {
        terms.add(text.substring(from, i));
        from = i + 1;
      }
    }
    terms.add(text.substring(from));
    return terms;
  }

  private static Requirement requirement(String term) {
    if (term.startsWith("!")) {
      return new Requirement(term.substring(1).strip(), Operator.MISSING, Set.of());
    }
    int end = 0;
    while (end < term.length() && " \t\r\n=!<>(".indexOf(term.charAt(end)) < 0) {
      end++;
    }
    String key = term.substring(0, end);
    String rest = term.substring(end).strip();
    if (rest.isEmpty()) {
      return new Requirement(key, Operator.EXISTS, Set.of());
    } else if (rest.startsWith("!=")) {
      return new Requirement(key, Operator.NOT_IN, one(rest.substring(2)));
    } else if (rest.startsWith("==")) {
      return new Requirement(key, Operator.IN, one(rest.substring(2)));
    } else if (rest.startsWith("=")) {
      return new Requirement(key, Operator.IN, one(rest.substring(1)));
    } else if (rest.startsWith(">")) {
      return new Requirement(key, Operator.GREATER, one(rest.substring(1)));
    } else if (rest.startsWith("<")) {
      return new Requirement(key, Operator.LESS, one(rest.substring(1)));
    }
    Set<String> values = new HashSet<>();
    int open = rest.indexOf('(');
    for (String value : rest.substring(open + 1, rest.lastIndexOf(')')).split(",", -1)) {
      values.add(value.strip());
    }
    return new Requirement(key, rest.startsWith("notin") ? Operator.NOT_IN : Operator.IN, values);
  }

  private static Set<String> one(String value) {
    return Set.of(value.strip());
  }
}
