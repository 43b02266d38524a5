package dev.certwright.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What every ledger keeps and gives back, wherever it is kept. */
public abstract class LedgerContract extends LedgerFixture {
  /** Changes the tables behind the ledger's back. */
  protected abstract void execute(String sql) throws SQLException;

  private List<String> differingTables() {
    List<String> tables = new ArrayList<>();
    try (Ledger ledger = open()) {
      for (Problem problem : ledger.verifyAccount()) {
        assertThat(problem.kind()).isEqualTo(Problem.Kind.TABLES);
        int at = problem.text().indexOf("(table ");
        if (at >= 0) {
          String table = problem.text().substring(at + 7, problem.text().indexOf(')', at));
          tables.add(table + " " + problem.line());
        }
      }
    }
    return tables;
  }

  private static List<String> words(String text) {
    return List.of(text.split(" ", -1));
  }

  private void recordOfEveryKind() {
    record(Events.issued(1, "jane", "devs", "ops"), Events.issued(2, "joe"));
    record(seen(9, "2026-11-24T08:00:00Z", "2026-11-24T09:00:00Z", "10.0.0.1"));
    record(restriction(EntryType.REVOKED, credential(1)));
    list(CertificateFilter.all(1), NOW);
    record(seen(1, "2026-11-24T08:00:00Z", "2026-11-24T09:00:00Z", "10.0.0.1", "10.0.0.2"));
    record(restriction(EntryType.SUSPENDED, new Target(Target.Kind.USER, "joe")));
    record(restriction(EntryType.RESUMED, new Target(Target.Kind.USER, "joe")));
    record(Events.issued(9, "mallory", "devs"), Events.issued(1, "jane", "ops"));
    list(CertificateFilter.all(1), NOW);
  }

  @Test
  void everyColumnThatWasChangedAndEveryRowThatWasRemovedOrAddedInTheTablesIsFound()
      throws SQLException {
    recordOfEveryKind();
    try (Ledger ledger = open()) {
      assertThat(ledger.verifyAccount()).isEmpty();
    }
    Map<String, List<String>> columns = new TreeMap<>();
    columns.put(
        "certificate",
        List.of(
            "credential_id user_name groups uid serial_number issuer key_fingerprint cluster server"
                + " origin actor reason overrides follows source addresses",
            "sequence not_before not_after recorded first_seen last_seen"));
    columns.put("restriction", List.of("kind value type reason actor", "until recorded sequence"));
    columns.put("history", List.of("kind value type actor", "recorded sequence"));
    columns.put("group_member", List.of("name", "not_after sequence"));
    for (String table : columns.keySet()) {
      execute("CREATE TABLE kept_" + table + " AS SELECT * FROM " + table);
    }
    for (Map.Entry<String, List<String>> one : columns.entrySet()) {
      String table = one.getKey();
      List<String> changes = new ArrayList<>();
      String where = " WHERE sequence=(SELECT max(sequence) FROM " + table + ")";
      for (String column : words(one.getValue().get(0))) {
        changes.add("UPDATE " + table + " SET " + column + "=" + column + "||'x'" + where);
      }
      for (String column : words(one.getValue().get(1))) {
        changes.add("UPDATE " + table + " SET " + column + "=" + column + "+1" + where);
      }
      changes.add("DELETE FROM " + table + where);
      changes.add("DELETE FROM " + table);
      for (String change : changes) {
        execute(change);
        assertThat(differingTables())
            .as(change)
            .anySatisfy(found -> assertThat(found).startsWith(table + " "));
        execute("DELETE FROM " + table);
        execute("INSERT INTO " + table + " SELECT * FROM kept_" + table);
        assertThat(differingTables()).as("after " + change).isEmpty();
      }
    }
    execute("INSERT INTO restriction VALUES ('user', 'ann', 'revoked', 0, '', '', 1, 2)");
    execute("INSERT INTO group_member VALUES ('admins', 1, 2)");
    assertThat(differingTables()).contains("restriction 2", "group_member 2");
  }

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
