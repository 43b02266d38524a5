package dev.certwright.revocation;

import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.StandingRestriction;
import dev.certwright.ledger.Target;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything that must be refused at one time: the content of every outlet. Equal for equal
 * restrictions, in whatever order they came about.
 *
 * @param revoked taken back for good
 * @param suspended taken back for now
 * @param canaries credential ids, among the revoked, of certificates that were revoked before
 *     anybody had them, to be shown to API servers: they are told which list refuses them
 */
public record Denylist(Names revoked, Names suspended, List<String> canaries) {

  /** The reason in the ledger by which a canary is known. */
  public static final String CANARY = "canary";

  /** Older ones are refused like any other certificate. */
  private static final int MOST_CANARIES = 10;

  /** The most credential ids that outlets carry: what was seen to work on real API servers. */
  public static final int MAXIMUM = 200_000;

  /** Nothing is refused. */
  public static final Denylist EMPTY = new Denylist(Names.NONE, Names.NONE);

  public Denylist {
    canaries = List.copyOf(canaries);
  }

  /** Without canaries. */
  public Denylist(Names revoked, Names suspended) {
    this(revoked, suspended, List.of());
  }

  /**
   * What is refused, each list sorted and without repetition.
   *
   * @param credentialIds single certificates ({@code X509SHA256=}…)
   * @param users people by name, whatever they show
   * @param uids people by uid, whatever they show
   */
  public record Names(List<String> credentialIds, List<String> users, List<String> uids) {

    static final Names NONE = new Names(List.of(), List.of(), List.of());

    public Names {
      credentialIds = List.copyOf(credentialIds);
      users = List.copyOf(users);
      uids = List.copyOf(uids);
    }

    /** How many there are. */
    public int size() {
      return credentialIds.size() + users.size() + uids.size();
    }
  }

  /**
   * Collects what the ledger says.
   *
   * @param restrictions those that stand at one time
   */
  public static Denylist of(List<StandingRestriction> restrictions) {
    return new Denylist(
        names(restrictions, EntryType.REVOKED),
        names(restrictions, EntryType.SUSPENDED),
        canaries(restrictions));
  }

  private static List<String> canaries(List<StandingRestriction> restrictions) {
    TreeMap<Long, String> bySequence = new TreeMap<>();
    for (StandingRestriction restriction : restrictions) {
      if (restriction.type() == EntryType.REVOKED
          && restriction.target().kind() == Target.Kind.CREDENTIAL
          && restriction.reason().equals(CANARY)) {
        bySequence.put(restriction.sequence(), restriction.target().value());
        if (bySequence.size() > MOST_CANARIES) {
          bySequence.pollFirstEntry();
        }
      }
    }
    return List.copyOf(new TreeSet<>(bySequence.values()));
  }

  private static Names names(List<StandingRestriction> restrictions, EntryType type) {
    TreeSet<String> credentialIds = new TreeSet<>();
    TreeSet<String> users = new TreeSet<>();
    TreeSet<String> uids = new TreeSet<>();
    for (StandingRestriction restriction : restrictions) {
      if (restriction.type() == type) {
        String value = restriction.target().value();
        switch (restriction.target().kind()) {
          case CREDENTIAL -> credentialIds.add(value);
          case USER -> users.add(value);
          case UID -> uids.add(value);
        }
      }
    }
    // Whoever has no uid has an empty one, and is not the person that an empty one was said for.
    users.remove("");
    uids.remove("");
    return new Names(List.copyOf(credentialIds), List.copyOf(users), List.copyOf(uids));
  }

  /** How many certificates and people there are. */
  public int size() {
    return revoked.size() + suspended.size();
  }

  /**
   * Checks that outlets can carry it.
   *
   * @throws DenylistTooLargeException if not
   */
  public Denylist requireCarriable() {
    if (size() > MAXIMUM) {
      throw new DenylistTooLargeException(
          size() + " certificates and people are to be refused, and outlets carry " + MAXIMUM);
    }
    return this;
  }
}
