package dev.certwright.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.ledger.Account;
import dev.certwright.ledger.CertificateFilter;
import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.Event;
import dev.certwright.ledger.Events;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.LedgerDamagedException;
import dev.certwright.ledger.Restriction;
import dev.certwright.ledger.Seen;
import dev.certwright.ledger.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** An index that is made anew, as there is none, or none that can be used. */
final class NewIndexTest extends IndexFixture {
  @Test
  void removedIndexIsMadeAnew() throws IOException {
    record(0, 10);
    assertThat(count()).isEqualTo(10);
    for (String ending : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(folder.resolve("index.sqlite" + ending));
    }
    assertThat(count()).isEqualTo(10);
  }

  @Test
  void damagedIndexIsMadeAnew() throws IOException {
    record(0, 10);
    assertThat(count()).isEqualTo(10);
    Files.writeString(
        folder.resolve("index.sqlite"), "this is no database, but long enough ".repeat(99));
    Files.deleteIfExists(folder.resolve("index.sqlite-wal"));
    assertThat(count()).isEqualTo(10);
  }

  /** A process that was killed leaves what it had not yet moved from the one file to the other. */
  @Test
  void whatIsLeftOfAnIndexThatWasRemovedIsNotTakenIntoTheNextOne() throws IOException {
    record(0, 2000);
    assertThat(count()).isEqualTo(2000);
    record(2000, 2500);
    Path left = folder.resolve("left");
    try (Ledger ledger = open();
        Account account = ledger.account()) {
      assertThat(account.restrictions(NOW)).isEmpty();
      Files.copy(folder.resolve("index.sqlite-wal"), left);
    }
    record(2500, 3000);
    Files.delete(folder.resolve("index.sqlite"));
    Files.copy(left, folder.resolve("index.sqlite-wal"));

    assertThat(count()).isEqualTo(3000);
    assertThat(count()).isEqualTo(3000);
  }

  @Test
  void indexThatIsDamagedWhereOnlyAQuestionComesToItIsMadeAnew() throws IOException {
    record(0, 3000);
    assertThat(count()).isEqualTo(3000);
    Path file = folder.resolve("index.sqlite");
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 20 * 4096, bytes.length, (byte) 0x5a);
    Files.write(file, bytes);

    assertThat(count()).isEqualTo(3000);
    try (Ledger ledger = open();
        Account account = ledger.account()) {
      assertThat(account.history(new Target(Target.Kind.CREDENTIAL, Events.credentialId(7))))
          .hasSize(1);
    }
  }

  @Test
  void indexThatIsRemovedWhileItIsInUseAnswersAndIsMadeAnewForOthers() throws IOException {
    record(0, 100);
    try (Ledger ledger = open();
        Account account = ledger.account()) {
      Files.delete(folder.resolve("index.sqlite"));
      assertThat(account.certificates(CertificateFilter.all(1000), NOW)).hasSize(100);
      record(100, 200);
      assertThat(count()).isEqualTo(200);
      assertThat(account.certificates(CertificateFilter.all(1000), NOW)).hasSize(100);
    }
    assertThat(count()).isEqualTo(200);
  }

  @Test
  void indexOfAnEarlierVersionIsBroughtToThisOne() throws Exception {
    record(0, 10);
    Path file = folder.resolve("index.sqlite");
    try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = old.createStatement()) {
      for (String sql : IndexPosition.CREATE) {
        statement.execute(sql);
      }
      for (String sql : Schema.STEPS.get(0)) {
        statement.execute(sql);
      }
      statement.execute("PRAGMA user_version=1");
    }

    assertThat(count()).isEqualTo(10);
    assertThat(version(file)).isEqualTo(Schema.STEPS.size()).isGreaterThan(1);
  }

  private static int version(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.getInt(1);
    }
  }

  @Test
  void whatAKilledProcessLeftOfANewIndexIsNoHindrance() throws IOException {
    record(0, 10);
    Files.writeString(folder.resolve("index.sqlite.new"), "half an index");
    assertThat(count()).isEqualTo(10);
    assertThat(folder.resolve("index.sqlite.new")).doesNotExist();
  }

  @Test
  void changedEntryLeavesNoIndexBehind() throws IOException {
    record(0, 6);
    Files.writeString(file(), Files.readString(file()).replace("user4", "userX"));

    assertThatThrownBy(this::count).isInstanceOf(LedgerDamagedException.class);
    assertThat(folder.resolve("index.sqlite")).doesNotExist();
    assertThat(folder.resolve("index.sqlite.new")).doesNotExist();
  }

  /** The one is sorted after all rows are there, the other grows row by row. */
  @Test
  void indexMadeAtOnceAnswersAsOneThatGrew() throws IOException {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      events.add(Events.issued(i % 20, "user" + i % 7, "devs", "team" + i % 3));
      events.add(
          new Seen(
              Events.credentialId(i % 25),
              "user" + i % 7,
              List.of("devs"),
              "prod",
              NOW.minusSeconds(i),
              NOW.plusSeconds(i),
              List.of("10.0.0." + i),
              "audit.log"));
      events.add(
          new Restriction(
              i % 2 == 0 ? EntryType.SUSPENDED : EntryType.RESUMED,
              new Target(Target.Kind.USER, "user" + i % 5),
              null,
              ""));
    }
    for (Event event : events) {
      try (Ledger ledger = open()) {
        ledger.record(List.of(event));
      }
      count();
    }
    List<Object> grown = everything();
    Files.delete(folder.resolve("index.sqlite"));

    assertThat(everything()).isEqualTo(grown);
  }

  private List<Object> everything() {
    List<Object> all = new ArrayList<>();
    try (Ledger ledger = open();
        Account account = ledger.account()) {
      for (String group : List.of("devs", "team0", "team1", "team2")) {
        all.add(
            account.certificates(
                new CertificateFilter(
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
                    1000),
                NOW));
      }
      all.add(account.certificates(CertificateFilter.all(1000), NOW));
      all.add(account.restrictions(NOW));
      for (int i = 0; i < 25; i++) {
        all.add(account.history(new Target(Target.Kind.CREDENTIAL, Events.credentialId(i))));
        all.add(account.history(new Target(Target.Kind.USER, "user" + i)));
      }
    }
    return all;
  }
}
