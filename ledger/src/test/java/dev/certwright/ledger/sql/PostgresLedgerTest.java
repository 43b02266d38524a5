package dev.certwright.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.ledger.Event;
import dev.certwright.ledger.Events;
import dev.certwright.ledger.Head;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.LedgerAccessException;
import dev.certwright.ledger.LedgerContract;
import dev.certwright.ledger.LedgerDamagedException;
import dev.certwright.ledger.Problem;
import dev.certwright.ledger.Receipt;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ledger in a real PostgreSQL, a database for each test. */
final class PostgresLedgerTest extends LedgerContract {
  private static EmbeddedPostgres server;
  private static int databases;

  private String database = "";

  @BeforeAll
  static void start() throws IOException {
    server = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @BeforeEach
  void createDatabase() throws SQLException {
    database = "ledger" + ++databases;
    try (Connection connection = server.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + database);
    }
  }

  @Override
  protected Ledger open() {
    return new PostgresLedger(
        PostgresUrl.of("postgresql://postgres@localhost:" + server.getPort() + "/" + database),
        "tester@host",
        CLOCK);
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = server.getDatabase("postgres", database).getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
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
    try (Connection other = server.getDatabase("postgres", database).getConnection();
        Ledger impatient =
            new PostgresLedger(
                PostgresUrl.of(
                    "postgresql://postgres@localhost:" + server.getPort() + "/" + database),
                "tester@host",
                CLOCK,
                Duration.ofMillis(50))) {
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
        new PostgresLedger(
            PostgresUrl.of("postgresql://postgres@localhost:" + server.getPort() + "/" + database),
            "tester@host",
            Clock.offset(CLOCK, Duration.ofHours(-1)))) {
      assertThat(behind.record(List.of(Events.issued(2, "joe"))).clockBehind())
          .isEqualTo(CLOCK.instant());
      assertThat(behind.verify(null).isIntact()).isTrue();
    }
  }

  @Test
  void databaseThatIsNotThereIsAnErrorWithoutAPassword() {
    Ledger nowhere =
        new PostgresLedger(
            PostgresUrl.of("postgresql://jane@localhost:" + server.getPort() + "/absent"),
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
}
