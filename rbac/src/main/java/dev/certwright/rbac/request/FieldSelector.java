package dev.certwright.rbac.request;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A field selector as {@code fields.ParseSelector} of apimachinery reads it. Texts have one
 * character a byte.
 */
public final class FieldSelector {
  private final List<Requirement> requirements;

  private record Requirement(String field, String value, boolean equal) {}

  private FieldSelector(List<Requirement> requirements) {
    this.requirements = requirements;
  }

  /** The selector that a text is, null if it is malformed. */
  public static @Nullable FieldSelector ofText(String text) {
    return parse(ByteText.of(text));
  }

  /** What upstream cannot understand of a text that is no selector; empty of one that is. */
  public static String unreadable(String text) {
    List<String> terms = terms(ByteText.of(text));
    Collections.sort(terms);
    for (String term : terms) {
      if (!term.isEmpty() && requirement(term) == null) {
        return ByteText.toText(term);
      }
    }
    return "";
  }

  /** Whether it asks for nothing, and so selects all. */
  public boolean isEmpty() {
    return requirements.isEmpty();
  }

  /**
   * Whether an object is selected.
   *
   * @param values the value of a field by its name, null if the object's kind has no such field
   * @throws UnknownFieldException if a field is asked for that the kind does not have
   */
  public boolean matches(UnaryOperator<@Nullable String> values) {
    for (Requirement requirement : requirements) {
      String field = ByteText.toText(requirement.field);
      String value = values.apply(field);
      if (value == null) {
        throw new UnknownFieldException(field);
      }
      if (value.equals(ByteText.toText(requirement.value)) != requirement.equal) {
        return false;
      }
    }
    return true;
  }

  /**
   * Looks whether objects can be selected so, whether there are any or not.
   *
   * @param values as of {@link #matches}
   * @throws UnknownFieldException if a field is asked for that the kind does not have
   */
  public void requireKnown(UnaryOperator<@Nullable String> values) {
    for (Requirement requirement : requirements) {
      String field = ByteText.toText(requirement.field);
      if (values.apply(field) == null) {
        throw new UnknownFieldException(field);
      }
    }
  }

  /** The selector, null if it is malformed. */
  static @Nullable FieldSelector parse(String text) {
    List<String> terms = terms(text);
    // Upstream sorts them, so that of several values for one field the lowest comes first.
    Collections.sort(terms);
    List<Requirement> requirements = new ArrayList<>();
    for (String term : terms) {
      if (term.isEmpty()) {
        continue;
      }
      Requirement requirement = requirement(term);
      if (requirement == null) {
        return null;
      }
      requirements.add(requirement);
    }
    return new FieldSelector(requirements);
  }

  /** The value that a field must have, null if none is required. */
  @Nullable String requiredValue(String field) {
    for (Requirement requirement : requirements) {
      if (requirement.equal && requirement.field.equals(field)) {
        return requirement.value;
      }
    }
    return null;
  }

  private static List<String> terms(String text) {
    List<String> terms = new ArrayList<>();
    int from = 0;
    boolean escaped = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (escaped) {
        escaped = false;
      } else if (c == '\\') {
        escaped = true;
      } else if (c == ',') {
        terms.add(text.substring(from, i));
        from = i + 1;
      }
    }
    terms.add(text.substring(from));
    return terms;
  }

  private static @Nullable Requirement requirement(String term) {
    for (int i = 0; i < term.length(); i++) {
      int length =
          term.startsWith("!=", i) || term.startsWith("==", i) ? 2 : term.charAt(i) == '=' ? 1 : 0;
      if (length > 0) {
        String value = unescape(term.substring(i + length));
        return value == null
            ? null
            : new Requirement(term.substring(0, i), value, term.charAt(i) == '=');
      }
    }
    return null;
  }

  private static @Nullable String unescape(String value) {
    if (value.indexOf('\\') < 0 && value.indexOf(',') < 0 && value.indexOf('=') < 0) {
      return value;
    }
    StringBuilder out = new StringBuilder(value.length());
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == ',' || c == '=') {
        return null;
      }
      if (c == '\\') {
        i++;
        if (i == value.length() || "\\,=".indexOf(value.charAt(i)) < 0) {
          return null;
        }
        c = value.charAt(i);
      }
      out.append(c);
    }
    // Upstream goes by characters here, and what is none becomes U+FFFD.
    return ByteText.withReplacements(out.toString());
  }
}
