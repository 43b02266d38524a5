package dev.certwright.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What every ledger keeps and gives back, wherever it is kept. */
public abstract class LedgerContract extends LedgerFixture {
  @Test
  void emptyLedgerIsIntactAndKnowsNothing() {
    try (Ledger ledger = open();
        Account account = ledger.account()) {
      assertThat(ledger.head()).isEqualTo(Head.NONE);
      assertThat(ledger.verify(null).isIntact()).isTrue();
      assertThat(account.certificates(CertificateFilter.all(10), NOW)).isEmpty();
      assertThat(account.restrictions(NOW)).isEmpty();
      assertThat(account.lastRestriction()).isZero();
      assertThat(ledger.at(1)).isEqualTo(Head.NONE);
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
  void everyEntryIsFoundByItsNumberAndNoOtherIs() {
    List<Event> events = new ArrayList<>();
    for (int i = 1; i <= 40; i++) {
      // Of very different lengths, longer than what is read at once too.
      events.add(Events.issued(i, "user" + "x".repeat(i % 7 == 0 ? 40_000 : i)));
    }
    record(events.toArray(Event[]::new));

    try (Ledger ledger = open()) {
      List<Head> heads = new ArrayList<>();
      ledger.read(line -> heads.add(EntryLine.of(line).head()));
      assertThat(heads).hasSize(40);
      for (Head head : heads) {
        assertThat(ledger.at(head.sequence())).isEqualTo(head);
      }
      for (long none : new long[] {Long.MIN_VALUE, -1, 0, 41, Long.MAX_VALUE}) {
        assertThat(ledger.at(none)).isEqualTo(Head.NONE);
      }
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
}
