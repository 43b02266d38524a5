package dev.certwright.revocation.outlet;

import dev.certwright.ledger.Account;
import dev.certwright.ledger.CertificateFilter;
import dev.certwright.ledger.CertificateStatus;
import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.StandingRestriction;
import dev.certwright.ledger.Target;
import dev.certwright.revocation.Denylist;
import dev.certwright.revocation.authorization.Origin;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger says at one time, all that outlets are made of.
 *
 * @param denylist for outlets that refuse by credential id or name
 * @param takenBack for outlets that refuse by serial number; those not expired, and no more than
 *     one over {@link Denylist#MAXIMUM}
 * @param at the time
 * @param origin the ledger, and whose place this may take
 */
public record Standing(Denylist denylist, List<TakenBack> takenBack, Instant at, Origin origin) {

  public Standing {
    takenBack = List.copyOf(takenBack);
  }

  /**
   * Reads it.
   *
   * @throws dev.certwright.revocation.DenylistTooLargeException if outlets cannot carry it
   */
  public static Standing of(Account account, Instant at, Origin origin) {
    List<StandingRestriction> restrictions = account.restrictions(at);
    Denylist denylist = Denylist.of(restrictions).requireCarriable();
    Map<Target, StandingRestriction> byTarget = new HashMap<>();
    for (StandingRestriction restriction : restrictions) {
      byTarget.put(restriction.target(), restriction);
    }
    List<TakenBack> takenBack = new ArrayList<>();
    for (CertificateStatus certificate :
        account.certificates(CertificateFilter.takenBack(Denylist.MAXIMUM + 1), at)) {
      StandingRestriction by = strongest(byTarget, certificate);
      if (by != null && !certificate.serialNumber().isEmpty()) {
        takenBack.add(
            new TakenBack(
                new BigInteger(certificate.serialNumber()),
                certificate.issuer(),
                by.recorded(),
                by.type() == EntryType.SUSPENDED));
      }
    }
    return new Standing(denylist, takenBack, at, origin);
  }

  /** The same, and it may take the place of what is published from any other ledger. */
  public Standing replacingAny() {
    return new Standing(denylist, takenBack, at, origin.replacingAny());
  }

  private static @Nullable StandingRestriction strongest(
      Map<Target, StandingRestriction> restrictions, CertificateStatus certificate) {
    StandingRestriction strongest = null;
    for (Target target :
        List.of(
            new Target(Target.Kind.CREDENTIAL, certificate.credentialId()),
            new Target(Target.Kind.USER, certificate.user()),
            new Target(Target.Kind.UID, certificate.uid()))) {
      StandingRestriction found = restrictions.get(target);
      if (found != null && (strongest == null || found.type() == EntryType.REVOKED)) {
        strongest = found;
      }
    }
    return strongest;
  }
}
