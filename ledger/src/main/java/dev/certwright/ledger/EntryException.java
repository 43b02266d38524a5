package dev.certwright.ledger;

/** One line is no entry, or holds what an entry cannot. */
public final class EntryException extends LedgerException {
  private static final long serialVersionUID = 1L;

  /** Says what was found and what was expected. */
  public EntryException(String message) {
    super(message, "", null);
  }
}
