package dev.certwright.ledger;

import org.jspecify.annotations.Nullable;

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

  // Written out, because a record's own are made at first use, which costs a fresh process 20 ms.

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Head head && head.sequence == sequence && head.hash.equals(hash);
  }

  @Override
  public int hashCode() {
    return hash.hashCode();
  }
}
