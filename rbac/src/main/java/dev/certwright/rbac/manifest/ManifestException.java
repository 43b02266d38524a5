package dev.certwright.rbac.manifest;

import dev.certwright.rbac.RbacException;
import java.util.ArrayList;
import java.util.List;

/** Files hold objects that an API server would refuse, or that say two things at once. */
public final class ManifestException extends RbacException {
  private static final long serialVersionUID = 1L;

  private final transient List<Problem> problems;

  /** All that is wrong. */
  public ManifestException(List<Problem> problems) {
    super(text(problems));
    this.problems = List.copyOf(problems);
  }

  private static String text(List<Problem> problems) {
    List<String> lines = new ArrayList<>();
    for (Problem problem : problems) {
      lines.add(problem.toString());
    }
    return String.join("\n", lines);
  }

  /** All that is wrong, in the order of the files. */
  public List<Problem> problems() {
    return problems;
  }
}
