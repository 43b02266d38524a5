package dev.certwright.ledger;

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

  /** Whether everything is as it was written. */
  public boolean isIntact() {
    return problemCount == 0;
  }
}
