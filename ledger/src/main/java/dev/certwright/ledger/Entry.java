package dev.certwright.ledger;

import java.time.Instant;

/**
 * One entry in its place in the chain.
 *
 * @param sequence 1 for the first, one more for each
 * @param previous hash of the entry before
 * @param time when it was written, by the clock of who wrote it
 * @param actor who wrote it
 * @param event what happened
 * @param hash SHA-256 of this entry's line up to the hash itself, 64 lower-case hex digits
 */
public record Entry(
    long sequence, String previous, Instant time, String actor, Event event, String hash) {

  /** Digits of a hash. */
  public static final int HASH_LENGTH = 64;
}
