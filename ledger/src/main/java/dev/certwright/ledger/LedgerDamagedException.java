package dev.certwright.ledger;

/** What stands in the ledger is not what was written: changed by somebody, or by the disk. */
public final class LedgerDamagedException extends LedgerException {
  private static final long serialVersionUID = 1L;

  /** Says where and how it shows. */
  public LedgerDamagedException(String message) {
    super(
        message,
        "certwright ledger verify says where it was changed; what is trusted can be restored from an"
            + " export",
        null);
  }
}
