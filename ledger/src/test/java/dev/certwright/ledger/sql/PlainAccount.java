package dev.certwright.ledger.sql;

import dev.certwright.ledger.CertificateFacts;
import dev.certwright.ledger.CertificateFilter;
import dev.certwright.ledger.CertificateStatus;
import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.Event;
import dev.certwright.ledger.Imported;
import dev.certwright.ledger.Issued;
import dev.certwright.ledger.Restriction;
import dev.certwright.ledger.Seen;
import dev.certwright.ledger.State;
import dev.certwright.ledger.Target;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The account as lists in memory that are searched from end to end: what databases must answer. */
final class PlainAccount {
  private final Instant time;
  private final String actor;
  private final Map<String, CertificateStatus> certificates = new HashMap<>();
  private final Map<Target, Restriction> restrictions = new HashMap<>();
  private long sequence;

  /** Of entries that are all of one time and by one writer. */
  PlainAccount(Instant time, String actor) {
    this.time = time;
    this.actor = actor;
  }

  void add(Event event) {
    sequence++;
    if (event instanceof Issued issued) {
      known(issued.certificate(), issued.cluster(), issued.server(), issued, "");
    } else if (event instanceof Imported imported && !imported.certificate().user().isEmpty()) {
      known(imported.certificate(), imported.cluster(), imported.server(), null, imported.source());
    } else if (event instanceof Seen seen) {
      seen(seen);
    } else if (event instanceof Restriction restriction) {
      restrict(restriction);
    }
  }

  private void known(
      CertificateFacts facts,
      String cluster,
      String server,
      @Nullable Issued issued,
      String source) {
    CertificateStatus before = certificates.get(facts.credentialId());
    if (before != null && before.origin() != EntryType.SEEN && issued == null) {
      return;
    }
    certificates.put(
        facts.credentialId(),
        new CertificateStatus(
            State.VALID,
            facts.credentialId(),
            facts.user(),
            facts.groups(),
            facts.uid(),
            facts.serialNumber(),
            facts.issuer(),
            facts.notBefore(),
            facts.notAfter(),
            facts.keyFingerprint(),
            cluster,
            server,
            issued == null ? EntryType.IMPORTED : EntryType.ISSUED,
            sequence,
            time,
            actor,
            issued == null ? "" : issued.reason(),
            issued == null ? List.of() : issued.overrides(),
            issued == null ? "" : issued.follows(),
            source,
            before == null ? null : before.firstSeen(),
            before == null ? null : before.lastSeen(),
            before == null ? List.of() : before.sourceAddresses()));
  }

  private void seen(Seen seen) {
    CertificateStatus before = certificates.get(seen.credentialId());
    if (before == null) {
      certificates.put(
          seen.credentialId(),
          new CertificateStatus(
              State.UNKNOWN,
              seen.credentialId(),
              seen.user(),
              seen.groups(),
              "",
              "",
              "",
              null,
              null,
              "",
              seen.cluster(),
              "",
              EntryType.SEEN,
              sequence,
              time,
              actor,
              "",
              List.of(),
              "",
              seen.source(),
              seen.firstSeen(),
              seen.lastSeen(),
              seen.sourceAddresses()));
      return;
    }
    Set<String> addresses = new LinkedHashSet<>(before.sourceAddresses());
    addresses.addAll(seen.sourceAddresses());
    Instant first = before.firstSeen();
    Instant last = before.lastSeen();
    certificates.put(
        seen.credentialId(),
        with(
            before,
            before.state(),
            first == null || seen.firstSeen().isBefore(first) ? seen.firstSeen() : first,
            last == null || seen.lastSeen().isAfter(last) ? seen.lastSeen() : last,
            List.copyOf(addresses)));
  }

  private static CertificateStatus with(
      CertificateStatus one,
      State state,
      @Nullable Instant firstSeen,
      @Nullable Instant lastSeen,
      List<String> addresses) {
    return new CertificateStatus(
        state,
        one.credentialId(),
        one.user(),
        one.groups(),
        one.uid(),
        one.serialNumber(),
        one.issuer(),
        one.notBefore(),
        one.notAfter(),
        one.keyFingerprint(),
        one.cluster(),
        one.server(),
        one.origin(),
        one.sequence(),
        one.recorded(),
        one.actor(),
        one.reason(),
        one.overrides(),
        one.follows(),
        one.source(),
        firstSeen,
        lastSeen,
        addresses);
  }

  private void restrict(Restriction restriction) {
    Target target = restriction.target();
    Restriction before = restrictions.get(target);
    boolean revoked = before != null && before.type() == EntryType.REVOKED;
    switch (restriction.type()) {
      case REVOKED -> restrictions.put(target, restriction);
      case SUSPENDED -> {
        if (!revoked) {
          restrictions.put(target, restriction);
        }
      }
      default -> {
        if (!revoked || target.kind() != Target.Kind.CREDENTIAL) {
          restrictions.remove(target);
        }
      }
    }
  }

  private State state(CertificateStatus one, Instant now) {
    if (one.notAfter() != null && one.notAfter().isBefore(now)) {
      return State.EXPIRED;
    }
    List<EntryType> standing = new ArrayList<>();
    for (Map.Entry<Target, Restriction> each : restrictions.entrySet()) {
      Instant until = each.getValue().until();
      if ((until == null || until.isAfter(now)) && concerns(each.getKey(), one)) {
        standing.add(each.getValue().type());
      }
    }
    if (standing.contains(EntryType.REVOKED)) {
      return State.REVOKED;
    } else if (standing.contains(EntryType.SUSPENDED)) {
      return State.SUSPENDED;
    } else if (one.notBefore() == null) {
      return State.UNKNOWN;
    }
    return one.notBefore().isAfter(now) ? State.PENDING : State.VALID;
  }

  private static boolean concerns(Target target, CertificateStatus one) {
    return switch (target.kind()) {
      case CREDENTIAL -> target.value().equals(one.credentialId());
      case USER -> target.value().equals(one.user());
      case UID -> !one.uid().isEmpty() && target.value().equals(one.uid());
    };
  }

  List<CertificateStatus> certificates(CertificateFilter filter, Instant now) {
    List<CertificateStatus> found = new ArrayList<>();
    for (CertificateStatus each : certificates.values()) {
      CertificateStatus one =
          with(each, state(each, now), each.firstSeen(), each.lastSeen(), each.sourceAddresses());
      if (wants(filter, one, now)) {
        found.add(one);
      }
    }
    Comparator<CertificateStatus> order = order(filter.order());
    found.sort(filter.descending() ? order.reversed() : order);
    return found.subList(0, Math.min(filter.limit(), found.size()));
  }

  private static boolean wants(CertificateFilter filter, CertificateStatus one, Instant now) {
    Instant end = one.notAfter();
    Instant seen = one.lastSeen();
    return (filter.user() == null || filter.user().equals(one.user()))
        && (filter.group() == null || one.groups().contains(filter.group()))
        && (filter.cluster() == null || filter.cluster().equals(one.cluster()))
        && (filter.credentialId() == null || one.credentialId().startsWith(filter.credentialId()))
        && (filter.serialNumber() == null || filter.serialNumber().equals(one.serialNumber()))
        && (filter.states().isEmpty() || filter.states().contains(one.state()))
        && (filter.endsBefore() == null
            || end != null && !end.isBefore(now) && end.isBefore(filter.endsBefore()))
        && (filter.notSeenSince() == null || seen == null || seen.isBefore(filter.notSeenSince()));
  }

  private static Comparator<CertificateStatus> order(CertificateFilter.Order order) {
    Comparator<CertificateStatus> byEnd = Comparator.comparingLong(one -> millis(one.notAfter()));
    Comparator<CertificateStatus> first =
        switch (order) {
          case UNTIL -> byEnd;
          case USER -> Comparator.comparing(PlainAccount::userBytes, Arrays::compareUnsigned);
          case RECORDED -> Comparator.comparingLong(CertificateStatus::sequence);
          case LAST_SEEN -> Comparator.comparingLong(one -> millis(one.lastSeen()));
        };
    return (order == CertificateFilter.Order.USER ? first.thenComparing(byEnd) : first)
        .thenComparingLong(CertificateStatus::sequence);
  }

  private static byte[] userBytes(CertificateStatus one) {
    return one.user().getBytes(StandardCharsets.UTF_8);
  }

  private static long millis(@Nullable Instant time) {
    return time == null ? 0 : time.toEpochMilli();
  }
}
