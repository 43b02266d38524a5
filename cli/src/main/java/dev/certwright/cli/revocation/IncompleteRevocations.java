package dev.certwright.cli.revocation;

import dev.certwright.ledger.Account;
import dev.certwright.ledger.CertificateFilter;
import dev.certwright.ledger.CertificateStatus;
import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.StandingRestriction;
import dev.certwright.ledger.Target;
import dev.certwright.revocation.Denylist;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Certificates that are taken back under some of their ids alone, as versions did that knew of one
 * id for each: who holds one can write it under another and is let in.
 */
public final class IncompleteRevocations {
  /** What to do about them. */
  public static final String ADVICE =
      "revoke them again (certwright list --state revoked -o json tells them): what is lacking is"
          + " added";

  private static final int SHOWN = 3;

  private final Map<Target, StandingRestriction> byTarget = new HashMap<>();
  private final Map<Long, StandingRestriction> bySequence = new HashMap<>();
  private final Set<String> known = new HashSet<>();

  private IncompleteRevocations() {}

  /**
   * Finds them.
   *
   * @return the ids by which people know them
   */
  public static List<String> of(Ledger ledger, Instant now) {
    try (Account account = ledger.account()) {
      return new IncompleteRevocations().find(account, ledger, now);
    }
  }

  private List<String> find(Account account, Ledger ledger, Instant now) {
    List<CertificateStatus> certificates =
        account.certificates(CertificateFilter.takenBack(Denylist.MAXIMUM), now);
    if (certificates.isEmpty()) {
      return List.of();
    }
    for (StandingRestriction restriction : account.restrictions(now)) {
      byTarget.put(restriction.target(), restriction);
      bySequence.put(restriction.sequence(), restriction);
    }
    for (CertificateStatus certificate : certificates) {
      known.add(certificate.credentialId());
    }
    List<Target> doubtful = new ArrayList<>();
    for (CertificateStatus certificate : certificates) {
      Target target = new Target(Target.Kind.CREDENTIAL, certificate.credentialId());
      StandingRestriction restriction = byTarget.get(target);
      if (restriction != null
          && !restriction.reason().equals(Denylist.CANARY)
          && !isRecordedWithOthers(restriction)) {
        doubtful.add(target);
      }
    }
    if (doubtful.isEmpty()) {
      return List.of();
    }
    EquivalentTargets equivalent = EquivalentTargets.ofTargets(doubtful, ledger);
    List<String> incomplete = new ArrayList<>();
    for (Target target : doubtful) {
      if (isLacking(target, equivalent.others(target))) {
        incomplete.add(target.value());
      }
    }
    return incomplete;
  }

  /**
   * Whether the entry before is of another id of the same certificate, as this version records
   * them: then the ledger need not be read for the certificate.
   */
  private boolean isRecordedWithOthers(StandingRestriction restriction) {
    StandingRestriction before = bySequence.get(restriction.sequence() - 1);
    return before != null
        && before.target().kind() == Target.Kind.CREDENTIAL
        && !known.contains(before.target().value())
        && before.type() == restriction.type()
        && before.recorded().equals(restriction.recorded())
        && Objects.equals(before.until(), restriction.until());
  }

  private boolean isLacking(Target target, List<Target> others) {
    EntryType type = typeOf(target);
    for (Target other : others) {
      EntryType stands = typeOf(other);
      if (stands == null || stands == EntryType.SUSPENDED && type == EntryType.REVOKED) {
        return true;
      }
    }
    return false;
  }

  private @Nullable EntryType typeOf(Target target) {
    StandingRestriction restriction = byTarget.get(target);
    return restriction == null ? null : restriction.type();
  }

  /** How many there are, and the first of them. */
  public static String describe(List<String> ids) {
    return ids.size()
        + (ids.size() == 1 ? " certificate is" : " certificates are")
        + " taken back under some of their ids alone, and who holds one can write it under another: "
        + String.join(", ", ids.subList(0, Math.min(SHOWN, ids.size())))
        + (ids.size() > SHOWN ? " and others" : "");
  }
}
