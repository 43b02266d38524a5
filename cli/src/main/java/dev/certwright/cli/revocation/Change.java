package dev.certwright.cli.revocation;

import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.StandingRestriction;
import dev.certwright.ledger.State;
import dev.certwright.ledger.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What has to be recorded of something that is meant.
 *
 * @param meant what is meant
 * @param targets those of its ids for which it is not yet so, the one by which people know it last;
 *     empty if nothing has to be done
 * @param allKnown whether these are all; those of a certificate that nobody has are not known
 */
public record Change(Meant meant, List<Target> targets, boolean allKnown) {

  public Change {
    targets = List.copyOf(targets);
  }

  /** Whether there is anything to do. */
  public boolean isNeeded() {
    return !targets.isEmpty();
  }

  /** Whether only ids are added of a certificate that is taken back already. */
  public boolean isCompletion() {
    return isNeeded() && !targets.contains(meant.target());
  }

  /**
   * What is lacking for each that is meant. A certificate that an earlier version took back under
   * one id lacks the others; one whose user is taken back lacks all, because the user may come
   * back.
   *
   * @param type what it is to be
   * @param equivalent the other ids of all of them
   * @param standing what the ledger says now
   */
  public static List<Change> of(
      EntryType type,
      List<Meant> meant,
      EquivalentTargets equivalent,
      List<StandingRestriction> standing) {
    Map<Target, EntryType> types = new HashMap<>();
    for (StandingRestriction restriction : standing) {
      types.put(restriction.target(), restriction.type());
    }
    List<Change> changes = new ArrayList<>();
    for (Meant one : meant) {
      List<Target> targets = new ArrayList<>();
      if (one.target().kind() != Target.Kind.CREDENTIAL) {
        EntryType now = types.get(one.target());
        // Unlike a certificate a person can be let in again after any of the two.
        addIfLacking(
            targets,
            type,
            one.target(),
            type == EntryType.RESUMED && now != null ? EntryType.SUSPENDED : now);
      } else if (one.state() != State.EXPIRED) {
        for (Target target : equivalent.others(one.target())) {
          addIfLacking(targets, type, target, types.get(target));
        }
        addIfLacking(targets, type, one.target(), types.get(one.target()));
      }
      changes.add(new Change(one, targets, equivalent.isComplete(one.target())));
    }
    return changes;
  }

  private static void addIfLacking(
      List<Target> targets, EntryType type, Target target, @Nullable EntryType now) {
    boolean lacking =
        switch (type) {
          case REVOKED -> now != EntryType.REVOKED;
          case SUSPENDED -> now == null;
          default -> now == EntryType.SUSPENDED;
        };
    if (lacking) {
      targets.add(target);
    }
  }
}
