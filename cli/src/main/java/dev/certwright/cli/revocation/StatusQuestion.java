package dev.certwright.cli.revocation;

import dev.certwright.ledger.StandingRestriction;
import dev.certwright.revocation.outlet.Standing;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What status asks every place about.
 *
 * @param standing what the ledger says
 * @param newest the restriction that was recorded last; null if there is none
 * @param loaded what API servers are asked with
 * @param unverifiedAllowed whether it is well where nobody is asked
 */
public record StatusQuestion(
    Standing standing,
    @Nullable StandingRestriction newest,
    LoadedQuestion loaded,
    boolean unverifiedAllowed) {

  /** Finds the newest of these. */
  public static @Nullable StandingRestriction newest(List<StandingRestriction> restrictions) {
    StandingRestriction newest = null;
    for (StandingRestriction restriction : restrictions) {
      if (newest == null || restriction.sequence() > newest.sequence()) {
        newest = restriction;
      }
    }
    return newest;
  }

  int refused() {
    return standing.denylist().size();
  }

  /** Number of the entry that a place must have seen. */
  long newestEntry() {
    return newest == null ? 0 : newest.sequence();
  }

  /** How long ago that was recorded; null if there is none. */
  @Nullable Duration age() {
    if (newest == null) {
      return null;
    }
    Duration age = Duration.between(newest.recorded(), standing.at());
    return age.isNegative() ? Duration.ZERO : age;
  }
}
