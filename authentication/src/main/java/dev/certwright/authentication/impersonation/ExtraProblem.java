package dev.certwright.authentication.impersonation;

import dev.certwright.rbac.GoText;
import dev.certwright.rbac.internal.NameSyntax;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which extra the constrained form of impersonation takes (rule CI-03). */
final class ExtraProblem {
  private static final String PATH_MARKS = "/-._~%!$&'()*+,;=:";
  private static final String INVALID = "extra.key: Invalid value: ";

  private ExtraProblem() {}

  /** What is wrong in upstream's words, empty if nothing. */
  static String of(Map<String, List<String>> extra) {
    for (Map.Entry<String, List<String>> entry : extra.entrySet()) {
      String problem = of(entry.getKey(), entry.getValue());
      if (!problem.isEmpty()) {
        return problem;
      }
    }
    return "";
  }

  private static String of(String key, List<String> values) {
    if (key.isEmpty()) {
      return "impersonating the empty string key in extra is not allowed";
    }
    Set<String> invalid = new LinkedHashSet<>(invalid(key));
    if (!invalid.isEmpty()) {
      return "impersonating an invalid key in extra is not allowed: "
          + (invalid.size() == 1
              ? invalid.iterator().next()
              : "[" + String.join(", ", invalid) + "]");
    }
    if (hasUpperCase(key)) {
      return "impersonating a non-lowercase key in extra is not allowed: " + GoText.quote(key);
    }
    if (values.isEmpty()) {
      return "impersonating empty values in extra is not allowed";
    }
    return values.contains("")
        ? "impersonating the empty string value in extra is not allowed"
        : "";
  }

  private static List<String> invalid(String key) {
    int slash = key.indexOf('/');
    if (slash <= 0 || slash == key.length() - 1) {
      return List.of(
          INVALID
              + GoText.quote(key)
              + ": must be a domain-prefixed path (such as \"acme.io/foo\")");
    }
    List<String> problems = new ArrayList<>();
    String host = key.substring(0, slash);
    for (String problem : NameSyntax.subdomain(host)) {
      problems.add(INVALID + GoText.quote(host) + ": " + problem);
    }
    String path = key.substring(slash + 1);
    if (!isPath(path)) {
      problems.add(
          INVALID
              + GoText.quote(path)
              + ": Invalid path (regex used for validation is"
              + " '[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+')");
    }
    return problems;
  }

  private static boolean isPath(String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      boolean plain = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
      if (!plain && PATH_MARKS.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  // All of it is ASCII by now.
  private static boolean hasUpperCase(String key) {
    for (int i = 0; i < key.length(); i++) {
      if (key.charAt(i) >= 'A' && key.charAt(i) <= 'Z') {
        return true;
      }
    }
    return false;
  }
}
