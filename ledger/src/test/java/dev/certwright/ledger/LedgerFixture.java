package dev.certwright.ledger;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A ledger under test, with what all tests of ledgers ask of it and write into it. */
public abstract class LedgerFixture {
  /** The time of all entries. */
  protected static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  /** The clock of all entries. */
  protected static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  /** The ledger under test, opened anew; the same one for all of a test. */
  protected abstract Ledger open();

  /** Records all at once. */
  protected void record(Event... events) {
    try (Ledger ledger = open()) {
      ledger.record(List.of(events));
    }
  }

  /** Asks the account. */
  protected List<CertificateStatus> list(CertificateFilter filter, Instant now) {
    try (Ledger ledger = open();
        Account account = ledger.account()) {
      return account.certificates(filter, now);
    }
  }

  /** Those in any of these states. */
  protected static CertificateFilter states(State... states) {
    CertificateFilter all = CertificateFilter.all(100);
    return new CertificateFilter(
        null, null, null, null, null, Set.of(states), null, null, all.order(), false, all.limit());
  }

  /** Whose they are, in their order. */
  protected static List<String> users(List<CertificateStatus> list) {
    List<String> users = new ArrayList<>();
    for (CertificateStatus one : list) {
      users.add(one.user());
    }
    return users;
  }

  /** Certificate number n. */
  protected static Target credential(long n) {
    return new Target(Target.Kind.CREDENTIAL, Events.credentialId(n));
  }

  /** For good. */
  protected static Restriction restriction(EntryType type, Target target) {
    return new Restriction(type, target, null, "why");
  }

  /** A use of certificate number n, by somebody it was not issued to here. */
  protected static Seen seen(long n, String first, String last, String... addresses) {
    return new Seen(
        Events.credentialId(n),
        "mallory",
        List.of("devs", "system:authenticated"),
        "prod",
        Instant.parse(first),
        Instant.parse(last),
        List.of(addresses),
        "audit.log");
  }

  /** A certificate of the group devs on the cluster prod, by its end. */
  protected static Issued until(long n, String user, String end) {
    CertificateFacts facts = Events.facts(n, user, "devs");
    return new Issued(
        new CertificateFacts(
            facts.user(),
            facts.groups(),
            "",
            facts.credentialId(),
            facts.serialNumber(),
            facts.issuer(),
            facts.notBefore(),
            Instant.parse(end),
            facts.keyFingerprint(),
            facts.encoded()),
        "prod",
        "",
        "",
        List.of(),
        "");
  }
}
