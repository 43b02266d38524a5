package dev.certwright.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Access is taken back, or given again.
 *
 * @param type {@link EntryType#REVOKED}, {@link EntryType#SUSPENDED} or {@link EntryType#RESUMED}
 * @param target whose
 * @param until when it need not be refused any more, such as the end of the certificate; null for
 *     never
 * @param reason why, in the words of who ran it; empty if not said
 */
public record Restriction(EntryType type, Target target, @Nullable Instant until, String reason)
    implements Event {

  /**
   * Checks the type.
   *
   * @throws IllegalArgumentException if it is none of the three
   */
  public Restriction {
    if (type != EntryType.REVOKED && type != EntryType.SUSPENDED && type != EntryType.RESUMED) {
      throw new IllegalArgumentException("a restriction cannot be of type " + type.label());
    }
  }
}
