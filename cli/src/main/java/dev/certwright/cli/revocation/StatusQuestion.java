package dev.certwright.cli.revocation;

import dev.certwright.ledger.StandingRestriction;
import dev.certwright.revocation.outlet.Standing;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What status asks every place about.
 *
 * @param standing what the ledger says
 * @param restrictions those that stand
 * @param loaded what API servers are asked with
 * @param unverifiedAllowed whether it is well where nobody is asked
 */
public record StatusQuestion(
    Standing standing,
    List<StandingRestriction> restrictions,
    LoadedQuestion loaded,
    boolean unverifiedAllowed) {

  public StatusQuestion {
    restrictions = List.copyOf(restrictions);
  }

  int refused() {
    return standing.denylist().size();
  }

  /** Number of the entry that a place must have seen. */
  long newestEntry() {
    return restrictions.stream().mapToLong(StandingRestriction::sequence).max().orElse(0);
  }

  /**
   * How long ago the first restriction was recorded that a place lacks.
   *
   * @param entry the last one that it knows of; 0 if it does not say
   * @return null if it lacks none, and only has something that was given again or that others wrote
   */
  @Nullable Duration lagAfter(long entry) {
    return sinceFirst(restriction -> restriction.sequence() > entry);
  }

  /** The same of a place that came to hold what it holds at this time; null if not known. */
  @Nullable Duration lagSince(@Nullable Instant since) {
    return sinceFirst(restriction -> since == null || restriction.recorded().isAfter(since));
  }

  private @Nullable Duration sinceFirst(Predicate<StandingRestriction> lacking) {
    return restrictions.stream()
        .filter(lacking)
        .map(StandingRestriction::recorded)
        .min(Comparator.naturalOrder())
        .map(first -> Duration.between(first, standing.at()))
        .map(lag -> lag.isNegative() ? Duration.ZERO : lag)
        .orElse(null);
  }
}
