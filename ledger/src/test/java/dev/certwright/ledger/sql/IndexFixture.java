package dev.certwright.ledger.sql;

import dev.certwright.ledger.Account;
import dev.certwright.ledger.CertificateFilter;
import dev.certwright.ledger.Event;
import dev.certwright.ledger.Events;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.LedgerFixture;
import dev.certwright.ledger.Problem;
import dev.certwright.ledger.file.FileLedger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;

/** A ledger in a file, and what tests of its index do with it. */
abstract class IndexFixture extends LedgerFixture {
  @TempDir Path folder;

  @Override
  protected Ledger open() {
    return open(warning -> {});
  }

  /** Tells what the ledger warns of. */
  Ledger open(Consumer<String> warnings) {
    return new FileLedger(folder, "tester@host", CLOCK, FileLedger.PATIENCE, warnings);
  }

  /** How many certificates the index knows, which is brought up to date for it. */
  int count() {
    try (Ledger ledger = open();
        Account account = ledger.account()) {
      return account.certificates(CertificateFilter.all(100_000), NOW).size();
    }
  }

  /** Certificates of users with the numbers from the first to before the last. */
  void record(int from, int to) {
    List<Event> events = new ArrayList<>();
    for (int i = from; i < to; i++) {
      events.add(Events.issued(i, "user" + i));
    }
    try (Ledger ledger = open()) {
      ledger.record(events);
    }
  }

  Path file() {
    return folder.resolve("ledger.jsonl");
  }

  Path index() {
    return folder.resolve("index.sqlite");
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + index());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  List<Problem> problemsOfIndex() {
    try (Ledger ledger = open()) {
      return ledger.verifyAccount();
    }
  }
}
