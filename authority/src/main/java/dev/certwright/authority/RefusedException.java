package dev.certwright.authority;

import java.util.List;

/**
 * What was asked for is against the rules; nothing was made. Carries every rule that was broken.
 */
public final class RefusedException extends AuthorityException {
  private static final long serialVersionUID = 1L;

  private final transient List<Finding> findings;

  /** For these findings, at least one of which forbids. */
  public RefusedException(List<Finding> findings) {
    super(message(findings));
    this.findings = List.copyOf(findings);
  }

  /** All rules that were broken. */
  public List<Finding> findings() {
    return findings;
  }

  private static String message(List<Finding> findings) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      if (finding.severity() == Severity.FORBIDDEN) {
        text.append(text.isEmpty() ? "" : "; ").append(finding.found());
      }
    }
    return text.toString();
  }
}
