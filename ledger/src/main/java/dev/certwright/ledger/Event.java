package dev.certwright.ledger;

/** What happened, before it has its place in the chain. */
public sealed interface Event permits Issued, Imported, Seen, Restriction {

  /** Which kind it is. */
  EntryType type();
}
