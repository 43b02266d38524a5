package dev.certwright.ledger;

/**
 * Something that is not as it was written.
 *
 * @param kind what is wrong
 * @param line which line, 1 for the first; 0 if it is none in particular
 * @param text for people: what was found and what was expected
 */
public record Problem(Kind kind, long line, String text) {

  /** What can be wrong. */
  public enum Kind {
    /** A line that has not the form of an entry. */
    NOT_AN_ENTRY,
    /** The bytes of an entry are not those that were hashed. */
    CHANGED,
    /** An entry does not follow the one before it: one was removed, added or moved. */
    BROKEN_LINK,
    /** The last line has no end: writing was interrupted, or the end was cut off. */
    TORN_END,
    /** The head that was kept elsewhere is not in the ledger. */
    HEAD_MISSING,
    /** Linked and unchanged, but of a kind that this version cannot read. */
    UNREADABLE,
    /** What questions are answered from is not what the entries add up to. */
    TABLES
  }
}
