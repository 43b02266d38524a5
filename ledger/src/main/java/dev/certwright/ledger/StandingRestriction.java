package dev.certwright.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A restriction that holds now.
 *
 * @param target whose access is taken back
 * @param type {@link EntryType#REVOKED} or {@link EntryType#SUSPENDED}
 * @param until when it need not be refused any more; null for never
 * @param reason why; empty if not said
 * @param actor who did it
 * @param recorded when
 * @param sequence number of the entry
 */
public record StandingRestriction(
    Target target,
    EntryType type,
    @Nullable Instant until,
    String reason,
    String actor,
    Instant recorded,
    long sequence) {}
