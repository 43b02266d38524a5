package dev.certwright.cli.revocation;

import dev.certwright.ledger.EntryReader;
import dev.certwright.ledger.Ledger;
import dev.certwright.revocation.authorization.SourceLedger;

/** What tells a ledger from others: its first entry, which never changes. */
public final class LedgerName {
  private LedgerName() {}

  /** Ends the reading of a ledger after its first line. */
  private static final class Found extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Found(String name) {
      super(name, null, false, false);
    }
  }

  /** The name; empty if the ledger has no entries. */
  public static String of(Ledger ledger) {
    try {
      ledger.read(
          line -> {
            throw new Found(SourceLedger.name(new EntryReader().read(line).hash()));
          });
      return "";
    } catch (Found found) {
      return String.valueOf(found.getMessage());
    }
  }
}
