package dev.certwright.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That something stands in the ledger, durably.
 *
 * @param head the last of the new entries
 * @param tornBytes bytes of an entry that was never finished, by a process that was killed or a
 *     disk that was full, and that were put aside before the new entries were written; 0 for none
 * @param clockBehind time of the entry before, if this machine's clock is earlier than that; else
 *     null
 */
public record Receipt(Head head, long tornBytes, @Nullable Instant clockBehind) {}
