package dev.certwright.oidc.expression;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Names that are no CEL identifiers, as Kubernetes writes them: {@code a__dot__b} is a.b. */
final class Escapes {
  private static final Set<String> RESERVED =
      Set.of(
          "true",
          "false",
          "null",
          "in",
          "as",
          "break",
          "const",
          "continue",
          "else",
          "for",
          "function",
          "if",
          "import",
          "let",
          "loop",
          "package",
          "namespace",
          "return",
          "var",
          "void",
          "while");

  private Escapes() {}

  /** The name that is meant; null if an escape means nothing. */
  static @Nullable String undone(String name) {
    int at = name.indexOf("__");
    if (at < 0) {
      return name;
    }
    StringBuilder out = new StringBuilder(name.length());
    int from = 0;
    while (at >= 0) {
      int end = end(name, at + 2);
      if (end < 0) {
        // No escape begins here; one may begin at the next underscore.
        at = name.indexOf("__", at + 1);
        continue;
      }
      String escaped = name.substring(at + 2, end);
      String meant = meant(escaped, end + 2 - at == name.length());
      if (meant == null) {
        return null;
      }
      out.append(name, from, at).append(meant);
      from = end + 2;
      at = name.indexOf("__", from);
    }
    return out.append(name, from, name.length()).toString();
  }

  // Two underscores that end a word of at least one letter, none of them an underscore.
  private static int end(String name, int from) {
    int end = name.indexOf('_', from);
    return end > from && end + 1 < name.length() && name.charAt(end + 1) == '_' ? end : -1;
  }

  private static @Nullable String meant(String escaped, boolean whole) {
    return switch (escaped) {
      case "underscores" -> "__";
      case "dot" -> ".";
      case "dash" -> "-";
      case "slash" -> "/";
      default -> whole && RESERVED.contains(escaped) ? escaped : null;
    };
  }
}
