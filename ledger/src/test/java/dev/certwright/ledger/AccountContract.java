package dev.certwright.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the account of every ledger answers: states, filters, orders, restrictions. */
public abstract class AccountContract extends LedgerFixture {
  private static final Instant BEFORE = Instant.parse("2026-11-24T09:00:00Z");

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
  void last_entry_that_restricts_is_known_whatever_comes_after_it_and_whether_it_counts() {
    Target joe = new Target(Target.Kind.USER, "joe");
    record(Events.issued(1, "jane"), restriction(EntryType.REVOKED, credential(1)));
    assertThat(lastRestriction()).isEqualTo(2);

    record(restriction(EntryType.SUSPENDED, joe), restriction(EntryType.RESUMED, joe));
    record(Events.issued(2, "joe"));
    record(seen(5, "2026-11-24T08:00:00Z", "2026-11-24T09:00:00Z", "10.0.0.1"));
    assertThat(lastRestriction()).isEqualTo(4);

    record(new Restriction(EntryType.REVOKED, credential(3), NOW.minusSeconds(1), "expired"));
    record(Events.issued(4, "ann"));
    assertThat(lastRestriction()).isEqualTo(7);
  }

  private long lastRestriction() {
    try (Ledger ledger = open();
        Account account = ledger.account()) {
      return account.lastRestriction();
    }
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

  /** An audit event without a sensible time has the year 1. */
  @Test
  void neverSeenStandAtOneEndHoweverLongAgoOthersWereSeen() {
    record(
        until(1, "bea", "2026-12-03T00:00:00Z"),
        until(2, "ann", "2026-12-01T00:00:00Z"),
        until(3, "zoe", "2026-12-02T00:00:00Z"),
        until(4, "joe", "2026-12-02T00:00:00Z"),
        seen(2, "0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "10.0.0.2"),
        seen(4, "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z", "10.0.0.4"),
        seen(1, "2026-11-24T10:00:00Z", "2026-11-24T10:30:00Z", "10.0.0.1"));

    assertThat(notExpired(CertificateFilter.Order.LAST_SEEN, false, 9)).containsExactly(3, 2, 4, 1);
    assertThat(notExpired(CertificateFilter.Order.LAST_SEEN, true, 9)).containsExactly(1, 4, 2, 3);
    for (String since : List.of("1969-01-01T00:00:00Z", "1970-01-01T00:00:00Z")) {
      assertThat(users(list(notSeenSince(since), NOW))).as(since).containsExactly("zoe");
    }
    assertThat(users(list(notSeenSince("1971-01-01T00:00:00Z"), NOW)))
        .containsExactly("ann", "zoe", "joe");
  }

  private static CertificateFilter notSeenSince(String time) {
    return new CertificateFilter(
        null,
        null,
        null,
        null,
        null,
        Set.of(),
        null,
        Instant.parse(time),
        CertificateFilter.Order.UNTIL,
        false,
        100);
  }

  /** As {@code import} took them once. */
  @Test
  void importedCertificateForServersIsNoAccessAndOneInUseIsUnknown() {
    record(
        Events.serving(1, "system:node:a", "system:nodes"),
        Events.serving(2, "system:node:b", "system:nodes"),
        Events.issued(3, "jane", "devs"),
        seen(2, "2026-11-24T10:00:00Z", "2026-11-24T11:00:00Z", "10.0.0.2"));

    assertThat(users(list(states(State.VALID), NOW))).containsExactly("jane");
    assertThat(users(list(states(State.UNKNOWN), NOW))).containsExactly("mallory");
    assertThat(list(CertificateFilter.ofCredential(Events.credentialId(1)), NOW)).isEmpty();
  }

  @Test
  void certificateThatEndedAtTheBeginningOfTimeIsExpired() {
    record(until(1, "ann", "1970-01-01T00:00:00Z"), until(2, "joe", "1950-01-01T00:00:00Z"));

    assertThat(users(list(states(State.EXPIRED), NOW))).containsExactly("ann", "joe");
    assertThat(list(states(State.UNKNOWN), NOW)).isEmpty();
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
