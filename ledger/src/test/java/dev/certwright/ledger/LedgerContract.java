package dev.certwright.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every ledger does, wherever it is kept. */
public abstract class LedgerContract {
  /** The time of all entries. */
  protected static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

  /** The clock of all entries. */
  protected static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private static final Instant BEFORE = Instant.parse("2026-11-24T09:00:00Z");

  /** The ledger under test, opened anew; the same one for all of a test. */
  protected abstract Ledger open();

  private void record(Event... events) {
    try (Ledger ledger = open()) {
      ledger.record(List.of(events));
    }
  }

  private List<CertificateStatus> list(CertificateFilter filter, Instant now) {
    try (Ledger ledger = open();
        Account account = ledger.account()) {
      return account.certificates(filter, now);
    }
  }

  private static CertificateFilter states(State... states) {
    CertificateFilter all = CertificateFilter.all(100);
    return new CertificateFilter(
        null, null, null, null, null, Set.of(states), null, null, all.order(), false, all.limit());
  }

  private static List<String> users(List<CertificateStatus> list) {
    List<String> users = new ArrayList<>();
    for (CertificateStatus one : list) {
      users.add(one.user());
    }
    return users;
  }

  private static Target credential(long n) {
    return new Target(Target.Kind.CREDENTIAL, Events.credentialId(n));
  }

  private static Restriction restriction(EntryType type, Target target) {
    return new Restriction(type, target, null, "why");
  }

  private static Seen seen(long n, String first, String last, String... addresses) {
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

  private static Issued until(long n, String user, String end) {
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

  @Test
  void emptyLedgerIsIntactAndKnowsNothing() {
    try (Ledger ledger = open();
        Account account = ledger.account()) {
      assertThat(ledger.head()).isEqualTo(Head.NONE);
      assertThat(ledger.verify(null).isIntact()).isTrue();
      assertThat(account.certificates(CertificateFilter.all(10), NOW)).isEmpty();
      assertThat(account.restrictions(NOW)).isEmpty();
    }
  }

  @Test
  void entriesAreLinkedAndReadInTheirOrder() {
    record(Events.issued(1, "jane"), Events.issued(2, "joe"));
    record(restriction(EntryType.REVOKED, credential(1)));

    List<byte[]> lines = new ArrayList<>();
    try (Ledger ledger = open()) {
      ledger.read(lines::add);
      Head head = ledger.head();
      assertThat(head.sequence()).isEqualTo(3);
      assertThat(EntryLine.of(lines.get(2)).head()).isEqualTo(head);
      assertThat(ledger.verify(head).isIntact()).isTrue();
      assertThat(ledger.verify(new Head(3, "0".repeat(64))).isIntact()).isFalse();
    }
    assertThat(lines).hasSize(3);
    assertThat(EntryLine.of(lines.get(1)).follows(EntryLine.of(lines.get(0)).head())).isTrue();
  }

  @Test
  void ledgerIsRestoredFromWhatItGaveAndOnlyIntoAnEmptyOne() {
    List<byte[]> lines = new ArrayList<>();
    EntryWriter writer = new EntryWriter(Head.NONE, NOW, "other@host");
    for (int i = 1; i <= 2000; i++) {
      lines.add(writer.add(Events.issued(i, "user" + i)));
    }
    List<byte[]> changed = new ArrayList<>(lines);
    changed.remove(7);
    try (Ledger ledger = open()) {
      assertThatThrownBy(() -> ledger.restore(visitor -> changed.forEach(visitor::visit)))
          .isInstanceOf(LedgerDamagedException.class)
          .hasMessageContaining("entry 9");
      assertThat(ledger.head()).isEqualTo(Head.NONE);

      assertThat(ledger.restore(visitor -> lines.forEach(visitor::visit))).isEqualTo(writer.head());

      List<byte[]> again = new ArrayList<>();
      ledger.read(again::add);
      assertThat(again.toArray(byte[][]::new)).isDeepEqualTo(lines.toArray(byte[][]::new));
      assertThatThrownBy(() -> ledger.restore(visitor -> lines.forEach(visitor::visit)))
          .isInstanceOf(LedgerAccessException.class);
    }
    assertThat(list(CertificateFilter.ofCredential(Events.credentialId(7)), NOW)).hasSize(1);
    record(Events.issued(3000, "jane"));
    try (Ledger ledger = open()) {
      assertThat(ledger.verify(writer.head()).isIntact()).isTrue();
    }
  }

  @Test
  void issuedCertificateIsListedWithAllThatWasRecorded() {
    record(
        new Issued(
            Events.facts(1, "jane", "devs", "a\\b\u001f", "\u0000nul"),
            "prod",
            "https://10.0.0.1",
            "on call",
            List.of("max-ttl"),
            Events.credentialId(9)));

    assertThat(list(CertificateFilter.all(10), NOW))
        .singleElement()
        .isEqualTo(
            new CertificateStatus(
                State.VALID,
                Events.credentialId(1),
                "jane",
                List.of("devs", "a\\b\u001f", "\u2400nul"),
                "",
                "1",
                "CN=ca",
                Instant.parse("2026-11-24T09:37:12Z"),
                Events.END,
                "aa",
                "prod",
                "https://10.0.0.1",
                EntryType.ISSUED,
                1,
                NOW,
                "tester@host",
                "on call",
                List.of("max-ttl"),
                Events.credentialId(9),
                "",
                null,
                null,
                List.of()));
  }

  @Test
  void stateFollowsTheClockAndRestrictions() {
    record(
        Events.issued(1, "jane"),
        Events.issued(2, "joe"),
        Events.issued(3, "ann"),
        until(4, "old", "2026-11-24T09:50:00Z"),
        seen(5, "2026-11-24T08:00:00Z", "2026-11-24T09:00:00Z", "10.0.0.1"),
        restriction(EntryType.REVOKED, credential(1)),
        restriction(EntryType.SUSPENDED, new Target(Target.Kind.USER, "joe")));

    assertThat(users(list(states(State.REVOKED), NOW))).containsExactly("jane");
    assertThat(users(list(states(State.SUSPENDED), NOW))).containsExactly("joe");
    assertThat(users(list(states(State.VALID), NOW))).containsExactly("ann");
    assertThat(users(list(states(State.EXPIRED), NOW))).containsExactly("old");
    assertThat(users(list(states(State.UNKNOWN), NOW))).containsExactly("mallory");
    assertThat(users(list(states(State.PENDING), BEFORE))).containsExactly("old", "ann");
    assertThat(users(list(states(State.VALID, State.REVOKED), NOW)))
        .containsExactlyInAnyOrder("ann", "jane");
    for (State state : State.values()) {
      for (CertificateStatus one : list(states(state), NOW)) {
        assertThat(one.state()).isEqualTo(state);
      }
    }
    assertThat(list(CertificateFilter.all(100), NOW)).hasSize(5);
  }

  @Test
  void filtersNarrowAndOrderSorts() {
    record(
        until(1, "jane", "2026-11-26T00:00:00Z"),
        until(2, "ann", "2026-11-25T00:00:00Z"),
        until(3, "jane", "2026-12-24T00:00:00Z"),
        Events.issued(4, "joe", "ops"));
    CertificateFilter all = CertificateFilter.all(100);

    assertThat(users(list(all, NOW))).containsExactly("ann", "joe", "jane", "jane");
    assertThat(
            users(
                list(
                    new CertificateFilter(
                        "jane",
                        null,
                        null,
                        null,
                        null,
                        Set.of(),
                        null,
                        null,
                        CertificateFilter.Order.UNTIL,
                        true,
                        1),
                    NOW)))
        .containsExactly("jane");
    assertThat(
            users(
                list(
                    new CertificateFilter(
                        null,
                        "devs",
                        "prod",
                        null,
                        null,
                        Set.of(State.VALID),
                        NOW.plus(Duration.ofDays(7)),
                        null,
                        CertificateFilter.Order.USER,
                        false,
                        100),
                    NOW)))
        .containsExactly("ann", "jane");
    assertThat(
            users(
                list(
                    new CertificateFilter(
                        null,
                        "ops",
                        null,
                        null,
                        "4",
                        Set.of(),
                        null,
                        NOW,
                        CertificateFilter.Order.RECORDED,
                        false,
                        100),
                    NOW)))
        .containsExactly("joe");
    assertThat(list(CertificateFilter.ofCredential(Events.credentialId(3)), NOW)).hasSize(1);
    assertThat(list(CertificateFilter.ofCredential(Events.credentialId(9)), NOW)).isEmpty();
  }

  /** What {@code list} asks unless told otherwise. */
  @Test
  void everyOrderHoldsWhereUnknownAndKnownEndsStandTogether() {
    record(
        until(1, "bea", "2026-12-03T00:00:00Z"),
        seen(2, "2026-11-24T10:00:00Z", "2026-11-24T11:00:00Z", "10.0.0.2"),
        until(3, "ann", "2026-12-01T00:00:00Z"),
        until(4, "zoe", "2026-12-02T00:00:00Z"),
        until(5, "old", "2026-11-01T00:00:00Z"),
        seen(4, "2026-11-24T10:00:00Z", "2026-11-24T12:00:00Z", "10.0.0.4"),
        seen(1, "2026-11-24T10:00:00Z", "2026-11-24T10:30:00Z", "10.0.0.1"));

    assertThat(notExpired(CertificateFilter.Order.UNTIL, false, 9)).containsExactly(2, 3, 4, 1);
    assertThat(notExpired(CertificateFilter.Order.UNTIL, true, 9)).containsExactly(1, 4, 3, 2);
    assertThat(notExpired(CertificateFilter.Order.UNTIL, false, 2)).containsExactly(2, 3);
    assertThat(notExpired(CertificateFilter.Order.UNTIL, true, 2)).containsExactly(1, 4);
    assertThat(notExpired(CertificateFilter.Order.USER, false, 9)).containsExactly(3, 1, 2, 4);
    assertThat(notExpired(CertificateFilter.Order.RECORDED, true, 9)).containsExactly(4, 3, 2, 1);
    assertThat(notExpired(CertificateFilter.Order.LAST_SEEN, true, 3)).containsExactly(4, 2, 1);
  }

  private List<Integer> notExpired(CertificateFilter.Order order, boolean descending, int limit) {
    CertificateFilter filter =
        new CertificateFilter(
            null,
            null,
            null,
            null,
            null,
            EnumSet.complementOf(EnumSet.of(State.EXPIRED)),
            null,
            null,
            order,
            descending,
            limit);
    List<Integer> numbers = new ArrayList<>();
    try (Ledger ledger = open();
        Account account = ledger.account()) {
      for (CertificateStatus one : account.certificates(filter, NOW)) {
        numbers.add(Integer.parseInt(one.credentialId().substring("X509SHA256=".length()), 16));
      }
    }
    return numbers;
  }

  @Test
  void usesAddUpAndUnknownCertificateBecomesKnownWhenImported() {
    record(seen(1, "2026-11-24T08:00:00Z", "2026-11-24T09:00:00Z", "10.0.0.1"));
    record(seen(1, "2026-11-24T07:00:00Z", "2026-11-24T08:30:00Z", "10.0.0.2", "10.0.0.1"));

    CertificateStatus unknown = list(CertificateFilter.all(10), NOW).get(0);
    assertThat(unknown.state()).isEqualTo(State.UNKNOWN);
    assertThat(unknown.user()).isEqualTo("mallory");
    assertThat(unknown.firstSeen()).isEqualTo(Instant.parse("2026-11-24T07:00:00Z"));
    assertThat(unknown.lastSeen()).isEqualTo(Instant.parse("2026-11-24T09:00:00Z"));
    assertThat(unknown.sourceAddresses()).containsExactly("10.0.0.1", "10.0.0.2");

    record(new Imported(Events.facts(1, "mallory", "devs"), "prod", "", "file"));

    CertificateStatus known = list(CertificateFilter.all(10), NOW).get(0);
    assertThat(known.state()).isEqualTo(State.VALID);
    assertThat(known.origin()).isEqualTo(EntryType.IMPORTED);
    assertThat(known.lastSeen()).isEqualTo(unknown.lastSeen());
    CertificateFilter ofGroup =
        new CertificateFilter(
            null,
            "devs",
            null,
            null,
            null,
            Set.of(),
            null,
            null,
            CertificateFilter.Order.UNTIL,
            false,
            10);
    assertThat(list(ofGroup, NOW)).hasSize(1);
  }

  @Test
  void issuedOutweighsImported() {
    record(Events.issued(1, "jane"), new Imported(Events.facts(1, "jane"), "", "", "clients/jane"));

    assertThat(list(CertificateFilter.all(10), NOW).get(0).origin()).isEqualTo(EntryType.ISSUED);
  }

  @Test
  void revokedCertificateStaysRevokedAndSuspendedOneResumes() {
    record(
        Events.issued(1, "jane"),
        Events.issued(2, "joe"),
        restriction(EntryType.REVOKED, credential(1)),
        restriction(EntryType.SUSPENDED, credential(2)));
    record(
        restriction(EntryType.RESUMED, credential(1)),
        restriction(EntryType.SUSPENDED, credential(1)),
        restriction(EntryType.RESUMED, credential(2)));

    assertThat(users(list(states(State.REVOKED), NOW))).containsExactly("jane");
    assertThat(users(list(states(State.VALID), NOW))).containsExactly("joe");
    try (Ledger ledger = open();
        Account account = ledger.account()) {
      assertThat(account.history(credential(1)))
          .extracting(HistoryItem::type)
          .containsExactly(
              EntryType.ISSUED, EntryType.REVOKED, EntryType.RESUMED, EntryType.SUSPENDED);
    }
  }

  @Test
  void personIsRefusedWhateverTheyShowUntilLetInAgain() {
    Target jane = new Target(Target.Kind.USER, "jane");
    record(restriction(EntryType.REVOKED, jane), Events.issued(1, "jane"));
    assertThat(users(list(states(State.REVOKED), NOW))).containsExactly("jane");

    record(restriction(EntryType.RESUMED, jane));

    assertThat(users(list(states(State.VALID), NOW))).containsExactly("jane");
  }

  @Test
  void restrictionsHoldUntilTheirEnd() {
    record(
        new Restriction(EntryType.REVOKED, credential(1), Events.END, "laptop stolen"),
        restriction(EntryType.SUSPENDED, new Target(Target.Kind.UID, "4711")));

    try (Ledger ledger = open();
        Account account = ledger.account()) {
      assertThat(account.restrictions(NOW))
          .containsExactly(
              new StandingRestriction(
                  credential(1),
                  EntryType.REVOKED,
                  Events.END,
                  "laptop stolen",
                  "tester@host",
                  NOW,
                  1),
              new StandingRestriction(
                  new Target(Target.Kind.UID, "4711"),
                  EntryType.SUSPENDED,
                  null,
                  "why",
                  "tester@host",
                  NOW,
                  2));
      assertThat(account.restrictions(Events.END.plusSeconds(1))).hasSize(1);
    }
  }

  @Test
  void restrictionByUidHitsNobodyWithoutOne() {
    record(
        Events.issued(1, "jane"), restriction(EntryType.REVOKED, new Target(Target.Kind.UID, "")));

    assertThat(users(list(states(State.VALID), NOW))).containsExactly("jane");
  }
}
