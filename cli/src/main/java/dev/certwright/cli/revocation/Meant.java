package dev.certwright.cli.revocation;

import dev.certwright.ledger.Event;
import dev.certwright.ledger.State;
import dev.certwright.ledger.Target;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that is to be taken back, or given again.
 *
 * @param target what the ledger will name
 * @param user whom kube-apiserver sees; empty if not known
 * @param groups of the certificate, of a person those of their certificates; empty if not known
 * @param notAfter end of the certificate; null for people, and if not known
 * @param state how it stands with the certificate; null for people, and if the ledger does not know
 *     it
 * @param before what has to be recorded first, because the ledger does not know the certificate
 */
public record Meant(
    Target target,
    String user,
    List<String> groups,
    @Nullable Instant notAfter,
    @Nullable State state,
    List<Event> before) {
  /** The group that no authorizer is asked about (rule AC-20). */
  static final String MASTERS = "system:masters";

  /** Clocks of API servers may be behind ours by so much. */
  static final Duration CLOCKS = Duration.ofHours(1);

  public Meant {
    groups = List.copyOf(groups);
    before = List.copyOf(before);
  }

  /** Whether no authorizer can refuse it, or a certificate of theirs. */
  public boolean isOutOfReach() {
    return state != State.EXPIRED && groups.contains(MASTERS);
  }

  /** When it need not be refused any more; null for never. */
  public @Nullable Instant until() {
    return notAfter == null ? null : notAfter.plus(CLOCKS);
  }
}
