package dev.certwright.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.ledger.Account;
import dev.certwright.ledger.CertificateFilter;
import dev.certwright.ledger.EntryException;
import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.EntryWriter;
import dev.certwright.ledger.Event;
import dev.certwright.ledger.Events;
import dev.certwright.ledger.Head;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.LedgerAccessException;
import dev.certwright.ledger.LedgerContract;
import dev.certwright.ledger.LedgerDamagedException;
import dev.certwright.ledger.Problem;
import dev.certwright.ledger.Receipt;
import dev.certwright.ledger.State;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ledger in a real PostgreSQL, a database for each test. */
final class PostgresLedgerTest extends LedgerContract {
  private final PostgresUrl url = PostgresServer.newDatabase();

  @Override
  protected Ledger open() {
    return new PostgresLedger(url, "tester@host", CLOCK);
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(url.jdbc(), "postgres", "");
  }

  @Override
  protected void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void nameThatNoIndexTakesIsRefusedAndNothingOfItsBatchIsRecorded() {
    StringBuilder name = new StringBuilder();
    java.util.Random random = new java.util.Random(7);
    for (int i = 0; i < 12_000; i++) {
      name.append((char) ('!' + random.nextInt(90)));
    }
    try (Ledger ledger = open()) {
      assertThatThrownBy(
              () ->
                  ledger.record(
                      List.of(Events.issued(1, "jane"), Events.issued(2, name.toString()))))
          .isInstanceOf(EntryException.class)
          .hasMessageContaining("longer than PostgreSQL can find again")
          .hasMessageNotContaining("Batch entry");
      assertThat(ledger.head()).isEqualTo(Head.NONE);
      ledger.record(List.of(Events.issued(1, "jane")));
      assertThat(ledger.verify(null).isIntact()).isTrue();
    }
  }

  /** As the first version left it: certificates of groups by their ids. */
  @Test
  void databaseOfAnEarlierVersionIsBroughtToThisOneWithAllThatIsInIt() throws SQLException {
    EntryWriter writer = new EntryWriter(Head.NONE, NOW, "tester@host");
    String line =
        new String(writer.add(Events.issued(1, "jane", "devs", "ops")), StandardCharsets.UTF_8);
    execute("CREATE TABLE schema_version (version INT NOT NULL)");
    execute("INSERT INTO schema_version VALUES (1)");
    for (String sql : PostgresSchema.ENTRIES) {
      execute(sql);
    }
    for (String sql : Schema.STEPS.get(0)) {
      execute(sql);
    }
    String id = Events.credentialId(1);
    long end = Events.END.toEpochMilli();
    execute("INSERT INTO entry VALUES (1, '" + writer.head().hash() + "', '" + line + "')");
    execute(
        "INSERT INTO certificate VALUES ('%s', 'jane', 'devs\u001fops\u001f', '', '1', 'CN=ca', 1, %d,"
                .formatted(id, end)
            + " 'aa', '', '', 'issued', 1, 2, 'tester@host', '', '', '', '', 0, 0, '')");
    // The first of them is from before an import, and does not count any more.
    execute("INSERT INTO certificate_group VALUES ('old', 0, '" + id + "')");
    execute("INSERT INTO certificate_group VALUES ('devs', " + end + ", '" + id + "')");
    execute("INSERT INTO certificate_group VALUES ('ops', " + end + ", '" + id + "')");

    try (Ledger ledger = open();
        Account account = ledger.account()) {
      assertThat(account.certificates(inGroup("ops"), NOW)).hasSize(1);
      assertThat(account.certificates(inGroup("devs"), NOW)).hasSize(1);
      assertThat(account.certificates(inGroup("old"), NOW)).isEmpty();
      assertThat(ledger.verify(writer.head()).isIntact()).isTrue();
      assertThat(ledger.record(List.of(Events.issued(2, "joe", "ops"))).head().sequence())
          .isEqualTo(2);
      assertThat(account.certificates(inGroup("ops"), NOW)).hasSize(2);
    }
  }

  /** As the third version left it, which counted them as access. */
  @Test
  void certificatesThatLetNobodyInAreLeftOutWhenADatabaseIsBroughtToThisVersion()
      throws SQLException {
    record(
        Events.serving(1, "system:node:a", "system:nodes"),
        Events.serving(2, "system:node:b", "system:nodes"),
        seen(2, "2026-11-24T08:00:00Z", "2026-11-24T09:00:00Z", "10.0.0.1"),
        restriction(EntryType.REVOKED, credential(2)),
        Events.issued(3, "jane", "devs"));
    String row =
        "INSERT INTO certificate VALUES ('%s', '%s', 'system:nodes\u001f', '', '1', 'CN=ca', 1, %d,"
            + " 'aa', 'prod', '', 'imported', %d, 2, 'a', '', '', '', 'node.crt', 0, %d, '')";
    execute("DELETE FROM certificate WHERE origin='seen'");
    execute("DELETE FROM group_member WHERE sequence=3");
    for (int n = 1; n <= 2; n++) {
      long end = Events.END.toEpochMilli();
      execute(row.formatted(Events.credentialId(n), "system:node", end, n, n == 2 ? 99 : 0));
      execute("INSERT INTO group_member VALUES ('system:nodes', " + end + ", " + n + ")");
    }
    try (Ledger ledger = open()) {
      assertThat(ledger.verifyAccount()).isNotEmpty();
    }
    execute("UPDATE schema_version SET version=3");

    try (Ledger ledger = open()) {
      assertThat(ledger.verifyAccount()).isEmpty();
    }
    assertThat(users(list(states(State.VALID), NOW))).containsExactly("jane");
    assertThat(users(list(states(State.REVOKED), NOW))).containsExactly("mallory");
  }

  @Test
  void tablesAreCheckedAgainstEntriesWhileOthersWrite() throws Exception {
    record(Events.issued(1, "jane"));
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (Ledger ledger = open()) {
      Future<?> writer =
          pool.submit(
              () -> {
                for (int i = 2; i < 200; i++) {
                  record(Events.issued(i, "user" + i));
                }
              });
      do {
        assertThat(ledger.verifyAccount()).isEmpty();
      } while (!writer.isDone());
      writer.get();
    } finally {
      pool.shutdownNow();
    }
  }

  private static CertificateFilter inGroup(String group) {
    return new CertificateFilter(
        null,
        group,
        null,
        null,
        null,
        Set.of(),
        null,
        null,
        CertificateFilter.Order.UNTIL,
        false,
        10);
  }

  @Test
  void databaseOfALaterVersionIsLeftAlone() throws SQLException {
    open().account().close();
    execute("UPDATE schema_version SET version=99");

    assertThatThrownBy(() -> open().account())
        .isInstanceOf(LedgerAccessException.class)
        .hasMessageContaining("newer version");
  }

  @Test
  void databaseItselfRefusesToChangeEntries() {
    try (Ledger ledger = open()) {
      ledger.record(List.of(Events.issued(1, "jane")));
    }
    for (String sql : List.of("UPDATE entry SET line=''", "DELETE FROM entry", "TRUNCATE entry")) {
      assertThatThrownBy(() -> execute(sql)).hasMessageContaining("never changed");
    }
  }

  @Test
  void entryThatWasChangedAllTheSameIsFound() throws SQLException {
    try (Ledger ledger = open()) {
      for (int i = 1; i <= 3; i++) {
        ledger.record(List.of(Events.issued(i, "jane")));
      }
      Head head = ledger.head();
      execute("ALTER TABLE entry DISABLE TRIGGER append_only");
      execute("UPDATE entry SET line=replace(line, 'jane', 'june') WHERE sequence=2");
      assertThat(ledger.verify(null).problems())
          .singleElement()
          .extracting(Problem::line)
          .isEqualTo(2L);

      execute("DELETE FROM entry WHERE sequence=3");
      assertThat(ledger.verify(head).problems())
          .extracting(Problem::kind)
          .containsExactly(Problem.Kind.CHANGED, Problem.Kind.HEAD_MISSING);
      assertThatThrownBy(() -> ledger.record(List.of(Events.issued(4, "ann"))))
          .isInstanceOf(LedgerDamagedException.class);
    }
  }

  @Test
  void eightMachinesAtOnceKeepOneChainAndLoseNothing() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(8);
    List<Callable<Receipt>> tasks = new ArrayList<>();
    for (int machine = 0; machine < 8; machine++) {
      int from = machine * 1000;
      tasks.add(
          () -> {
            Receipt receipt = null;
            try (Ledger ledger = open()) {
              for (int batch = 0; batch < 10; batch++) {
                List<Event> events = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                  int n = from + batch * 5 + i;
                  events.add(Events.issued(n, "user" + n));
                }
                receipt = ledger.record(events);
              }
            }
            return java.util.Objects.requireNonNull(receipt);
          });
    }
    for (Future<Receipt> future : executor.invokeAll(tasks)) {
      future.get();
    }
    executor.shutdown();

    try (Ledger ledger = open()) {
      assertThat(ledger.head().sequence()).isEqualTo(400);
      assertThat(ledger.verify(null).isIntact()).isTrue();
    }
  }

  @Test
  void connectionThatIsLostLosesNothingAndIsMadeAnew() throws SQLException {
    try (Ledger ledger = open()) {
      ledger.record(List.of(Events.issued(1, "jane")));
      execute(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE"
              + " application_name='certwright'");

      assertThatThrownBy(() -> ledger.record(List.of(Events.issued(2, "joe"))))
          .isInstanceOf(LedgerAccessException.class);
      assertThat(ledger.record(List.of(Events.issued(2, "joe"))).head().sequence()).isEqualTo(2);
    }
  }

  @Test
  void lockThatAnotherKeepsIsAnErrorThatSaysSo() throws SQLException {
    try (Ledger ledger = open()) {
      ledger.record(List.of(Events.issued(1, "jane")));
    }
    try (Connection other = connect();
        Ledger impatient = new PostgresLedger(url, "tester@host", CLOCK, Duration.ofMillis(50))) {
      other.setAutoCommit(false);
      PostgresSchema.lockForWriting(other);

      assertThatThrownBy(() -> impatient.record(List.of(Events.issued(2, "joe"))))
          .isInstanceOf(LedgerAccessException.class)
          .hasMessageContaining("another writer has kept the ledger");
      other.rollback();
      assertThat(impatient.record(List.of(Events.issued(2, "joe"))).head().sequence()).isEqualTo(2);
    }
  }

  @Test
  void clockThatWasSetBackIsToldAndTheEntryStands() {
    try (Ledger ledger = open()) {
      ledger.record(List.of(Events.issued(1, "jane")));
    }
    try (Ledger behind =
        new PostgresLedger(url, "tester@host", Clock.offset(CLOCK, Duration.ofHours(-1)))) {
      assertThat(behind.record(List.of(Events.issued(2, "joe"))).clockBehind())
          .isEqualTo(CLOCK.instant());
      assertThat(behind.verify(null).isIntact()).isTrue();
    }
  }

  /** With a million entries and no statistics some questions took half a minute. */
  @Test
  void databaseKnowsHowManyEntriesWereRestoredToIt() throws SQLException {
    EntryWriter writer = new EntryWriter(Head.NONE, NOW, "other@host");
    List<byte[]> lines = new ArrayList<>();
    for (int i = 1; i <= 500; i++) {
      lines.add(writer.add(Events.issued(i, "user" + i)));
    }
    try (Ledger ledger = open()) {
      ledger.restore(visitor -> lines.forEach(visitor::visit));
      assertThat(ledger.record(List.of(Events.issued(501, "jane"))).head().sequence())
          .isEqualTo(501);
    }
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT reltuples FROM pg_class WHERE relname='certificate'")) {
      assertThat(row.next()).isTrue();
      assertThat(row.getLong(1)).isEqualTo(500);
    }
  }

  @Test
  void databaseThatMayOnlyBeReadRecordsNothingAndAnswers() throws SQLException {
    record(Events.issued(1, "jane"));
    String name = url.jdbc().replaceFirst(".*/([a-z0-9]+).*", "$1");
    execute("ALTER DATABASE " + name + " SET default_transaction_read_only = on");
    try (Ledger ledger = open()) {
      assertThatThrownBy(() -> ledger.record(List.of(Events.issued(2, "joe"))))
          .isInstanceOf(LedgerAccessException.class)
          .hasMessageContaining("nothing can be recorded in postgresql://")
          .hasMessageContaining("read-only transaction");
      assertThat(ledger.head().sequence()).isEqualTo(1);
      assertThat(ledger.verifyAccount()).isEmpty();
    }
    assertThat(users(list(CertificateFilter.all(10), NOW))).containsExactly("jane");
  }

  @Test
  void databaseThatIsNotThereIsAnErrorWithoutAPassword() {
    Ledger nowhere =
        new PostgresLedger(
            PostgresUrl.of(url.toString().replaceFirst("postgres@(.*)/.*", "jane@$1/absent")),
            "a",
            CLOCK);

    assertThatThrownBy(() -> nowhere.record(List.of(Events.issued(1, "jane"))))
        .isInstanceOf(LedgerAccessException.class)
        .hasMessageContaining("postgresql://jane@localhost:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://",
        "postgresql://host",
        "postgresql://host/",
        "postgresql:// /x",
        "postgresql://a:secret@host/db",
        "postgresql://host/db?user=a&password=secret"
      })
  void urlThatIsIncompleteOrHoldsAPasswordIsRefused(String url) {
    assertThatThrownBy(() -> PostgresUrl.of(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void databaseThatHangsFailsWhoAsksAndIsAskedAgainOverAnotherConnection() throws IOException {
    URI address = URI.create("postgresql:" + url.address());
    try (HangingProxy proxy = new HangingProxy(address.getPort());
        Ledger ledger =
            new PostgresLedger(
                PostgresUrl.of(
                    "postgresql://postgres@localhost:"
                        + proxy.port()
                        + address.getPath()
                        + "?socketTimeout=1&loginTimeout=2"),
                "tester@host",
                CLOCK)) {
      ledger.record(List.of(Events.issued(1, "jane")));
      proxy.hang(true);

      assertThatThrownBy(ledger::head).isInstanceOf(LedgerAccessException.class);
      assertThatThrownBy(ledger::head).isInstanceOf(LedgerAccessException.class);
      assertThatThrownBy(ledger::account).isInstanceOf(LedgerAccessException.class);

      proxy.hang(false);
      assertThat(ledger.head().sequence()).isEqualTo(1);
    }
  }

  @Test
  void anAnswerIsNotWaitedForMuchLongerThanOtherWriters() {
    Properties properties =
        PostgresSchema.properties(
            PostgresUrl.of("postgresql://postgres@localhost/x"), Duration.ofSeconds(60));

    assertThat(properties)
        .containsEntry("connectTimeout", "10")
        .containsEntry("loginTimeout", "20")
        .containsEntry("socketTimeout", "75")
        .containsEntry("options", "-c jit=off -c lock_timeout=60000");
  }
}
