package dev.certwright.cli.output;

import dev.certwright.authority.Finding;
import dev.certwright.authority.Severity;
import dev.certwright.cli.Console;
import java.util.List;

/** Findings at the end of a table. */
public final class Findings {
  private Findings() {}

  /** One line each, the advice below it. */
  public static void print(Console console, List<Finding> findings) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      String label =
          switch (finding.severity()) {
            case FORBIDDEN -> console.bad("problem");
            case WARNING -> console.odd("warning");
            case NOTE -> "note";
          };
      text.append("  ").append(label).append(": ").append(finding.found());
      text.append(" [").append(finding.rule()).append("]\n");
      if (!finding.advice().isEmpty()) {
        text.append("      ").append(finding.advice()).append('\n');
      }
    }
    console.out().print(text);
  }

  /** The weightiest; a note if there is none. */
  public static Severity worst(List<Finding> findings) {
    Severity worst = Severity.NOTE;
    for (Finding finding : findings) {
      if (finding.severity().compareTo(worst) > 0) {
        worst = finding.severity();
      }
    }
    return worst;
  }
}
