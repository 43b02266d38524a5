package dev.certwright.server.pipeline;

import dev.certwright.rbac.Attributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Paths that everybody may get: {@code --authorization-always-allow-paths} (rule AC-22). Other
 * verbs than get need a rule, as they do at kube-apiserver.
 */
public final class AlwaysAllowedPaths implements Authorizer {
  /** What probes ask. */
  public static final List<String> DEFAULT = List.of("/healthz", "/readyz", "/livez");

  private final Set<String> paths = new HashSet<>();
  private final List<String> prefixes = new ArrayList<>();

  /**
   * Allows these.
   *
   * @param patterns a path each, or the beginning of paths and a star
   * @throws IllegalArgumentException if a star stands elsewhere
   */
  public AlwaysAllowedPaths(List<String> patterns) {
    for (String pattern : patterns) {
      String path = pattern.startsWith("/") ? pattern.substring(1) : pattern;
      int star = path.indexOf('*');
      if (star >= 0 && star < path.length() - 1) {
        throw new IllegalArgumentException(
            "in the path " + pattern + " a * stands before the end, where it means nothing");
      } else if (star >= 0) {
        prefixes.add(path.substring(0, star));
      } else {
        paths.add(path);
      }
    }
  }

  @Override
  public String name() {
    return "always-allow-paths";
  }

  @Override
  public Verdict authorize(Attributes asked) {
    if (asked.resourceRequest() || !asked.verb().equals("get")) {
      return Verdict.NONE;
    }
    String path = asked.path().startsWith("/") ? asked.path().substring(1) : asked.path();
    if (paths.contains(path)) {
      return Verdict.allow("");
    }
    for (String prefix : prefixes) {
      if (path.startsWith(prefix)) {
        return Verdict.allow("");
      }
    }
    return Verdict.NONE;
  }
}
