package dev.certwright.ledger;

/**
 * The end of the chain. Whoever keeps a head elsewhere can tell later whether anything up to it was
 * changed or cut off.
 *
 * @param sequence number of the last entry; 0 if there is none
 * @param hash of the last entry, 64 lower-case hex digits; all zeros if there is none
 */
public record Head(long sequence, String hash) {

  /** Before the first entry. */
  public static final Head NONE = new Head(0, "0".repeat(Entry.HASH_LENGTH));
}
