package dev.certwright.kubeconfig;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A configuration is readable but cannot be used; all problems at once, in upstream's words (KC-10
 * to KC-18).
 */
public final class InvalidKubeconfigException extends KubeconfigException {
  private static final long serialVersionUID = 1L;

  private final String[] problems;

  InvalidKubeconfigException(String message, List<String> problems) {
    super(message);
    this.problems = problems.toArray(new String[0]);
  }

  /** Upstream's aggregate: each text once, in brackets if there are several. */
  static InvalidKubeconfigException ofProblems(List<String> problems) {
    Set<String> distinct = new LinkedHashSet<>(problems);
    String joined = String.join(", ", distinct);
    return new InvalidKubeconfigException(
        "invalid configuration: " + (distinct.size() == 1 ? joined : "[" + joined + "]"), problems);
  }

  /** One text for each problem, at least one. */
  public List<String> problems() {
    return List.of(problems);
  }
}
