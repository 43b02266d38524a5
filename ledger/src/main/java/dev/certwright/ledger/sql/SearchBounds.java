package dev.certwright.ledger.sql;

/**
 * How much a question may look at before another way is tried. They decide how fast an answer
 * comes, never what it is.
 *
 * @param few what lies on a way that is taken without looking for a shorter one
 * @param steps how far to go in the order that is wanted, in the hope for enough on the way
 * @param many up to which number the ways are told apart by what lies on them
 */
record SearchBounds(int few, int steps, int many) {
  /** A few milliseconds each. */
  static final SearchBounds DEFAULT = new SearchBounds(10_000, 25_000, 200_000);
}
