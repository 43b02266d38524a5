package dev.certwright.revocation.live;

import dev.certwright.identity.CredentialId;
import dev.certwright.identity.Identity;
import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.StandingRestriction;
import dev.certwright.ledger.Target;
import dev.certwright.ledger.Timestamps;
import dev.certwright.revocation.RefusalText;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everybody and everything that is refused at one time. Immutable. */
public final class RestrictedAccess {
  /** Nothing is refused. */
  public static final RestrictedAccess EMPTY = new RestrictedAccess(List.of(), 0);

  private final Map<Target.Kind, Map<String, StandingRestriction>> byKind =
      new EnumMap<>(Target.Kind.class);
  private final int size;
  private final long sequence;
  private final String ledger;

  /**
   * Of what stands.
   *
   * @param restrictions at most one for a target
   * @param sequence number of the ledger's last entry that was read
   */
  public RestrictedAccess(List<StandingRestriction> restrictions, long sequence) {
    this(restrictions, sequence, "");
  }

  /**
   * The same, and which ledger says so.
   *
   * @param ledger the beginning of the hash of its first entry; empty if not known
   */
  public RestrictedAccess(List<StandingRestriction> restrictions, long sequence, String ledger) {
    for (Target.Kind kind : Target.Kind.values()) {
      byKind.put(kind, new HashMap<>());
    }
    for (StandingRestriction restriction : restrictions) {
      of(restriction.target().kind()).put(restriction.target().value(), restriction);
    }
    this.size = restrictions.size();
    this.sequence = sequence;
    this.ledger = ledger;
  }

  private Map<String, StandingRestriction> of(Target.Kind kind) {
    Map<String, StandingRestriction> map = byKind.get(kind);
    if (map == null) {
      throw new IllegalStateException("no map for " + kind);
    }
    return map;
  }

  /** How many certificates and people are refused. */
  public int size() {
    return size;
  }

  /** Number of the ledger's last entry that counts here. */
  public long sequence() {
    return sequence;
  }

  /** The beginning of the hash of the ledger's first entry; empty if it has none. */
  public String ledger() {
    return ledger;
  }

  /**
   * Why somebody is refused: their certificate, their name or their uid. What was revoked goes
   * before what is suspended, and the certificate before the person.
   *
   * @return null if they are not
   */
  public @Nullable StandingRestriction restrictionOf(Identity identity) {
    if (size == 0) {
      return null;
    }
    StandingRestriction found = null;
    Map<String, StandingRestriction> certificates = of(Target.Kind.CREDENTIAL);
    for (String id : identity.extra().getOrDefault(CredentialId.EXTRA_KEY, List.of())) {
      found = stronger(found, certificates.get(id));
    }
    found = stronger(found, of(Target.Kind.USER).get(identity.name()));
    return identity.uid().isEmpty()
        ? found
        : stronger(found, of(Target.Kind.UID).get(identity.uid()));
  }

  private static @Nullable StandingRestriction stronger(
      @Nullable StandingRestriction one, @Nullable StandingRestriction other) {
    if (one == null || other == null) {
      return one == null ? other : one;
    }
    return one.type() == EntryType.SUSPENDED && other.type() == EntryType.REVOKED ? other : one;
  }

  /**
   * What somebody reads who is refused. Names neither who did it nor why: whoever reads it may be
   * the thief.
   */
  public static String reason(StandingRestriction restriction) {
    return RefusalText.of(restriction.target().kind(), restriction.type())
        + " (entry "
        + restriction.sequence()
        + " of the ledger, "
        + Timestamps.format(restriction.recorded())
        + ")";
  }
}
