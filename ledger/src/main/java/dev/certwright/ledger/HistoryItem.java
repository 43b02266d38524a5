package dev.certwright.ledger;

import java.time.Instant;

/**
 * An entry about something, without its content.
 *
 * @param sequence number of the entry
 * @param type what happened
 * @param recorded when it was recorded
 * @param actor who recorded it
 */
public record HistoryItem(long sequence, EntryType type, Instant recorded, String actor) {}
