package dev.certwright.ledger;

import java.util.ArrayList;
import java.util.List;

/**
 * What checking all of a ledger found.
 *
 * @param entries how many lines there are
 * @param head the last entry, as its line says
 * @param problems the first thousand, in the order of the lines
 * @param problemCount how many there are
 */
public record Verification(long entries, Head head, List<Problem> problems, long problemCount) {

  public Verification {
    problems = List.copyOf(problems);
  }

  /** The same with one problem more. */
  public Verification with(Problem problem) {
    List<Problem> all = new ArrayList<>(problems);
    all.add(problem);
    return new Verification(entries, head, all, problemCount + 1);
  }

  /** Whether everything is as it was written. */
  public boolean isIntact() {
    return problemCount == 0;
  }
}
