package dev.certwright.ledger;

/** Has lines of entries to give, such as {@link Ledger#read}. */
public interface LineSource {

  /** Hands over all lines in order. */
  void read(LineVisitor visitor);
}
