package dev.certwright.ledger.sql;

import dev.certwright.ledger.LedgerAccessException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;

/**
 * Makes the index of a whole ledger: in a file of its own, without journal, rows first and their
 * indexes afterwards, and moves it into place when it is complete and on the disk. One process at a
 * time; others wait, and then find it.
 */
final class NewIndex {
  /** Kept in memory while it is made; what does not fit costs time only. */
  private static final int CACHE_KIBIBYTES = 256_000;

  private NewIndex() {}

  /** Makes a file, unless another process has meanwhile. */
  @SuppressWarnings("try") // The lock is held, not used.
  static void make(Path file, FileIndex.Source source) throws IOException, SQLException {
    Path unfinished = Path.of(file + ".new");
    try (Closeable lock = source.lock(Path.of(file + ".lock"))) {
      if (!Files.exists(file)) {
        // What a killed process left.
        Files.deleteIfExists(unfinished);
        try {
          // SQLite itself would let everybody read it; its -wal and -shm are as this one is.
          source.create(unfinished);
          write(unfinished, source);
          // Else SQLite would take what was not yet written into the one before for a part of this.
          for (String ending : List.of("-wal", "-shm")) {
            Files.deleteIfExists(Path.of(file + ending));
          }
          Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
          Files.deleteIfExists(unfinished);
        }
      }
    }
  }

  static void write(Path file, FileIndex.Lines source) throws IOException, SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.OFF);
    config.setSynchronous(SQLiteConfig.SynchronousMode.OFF);
    config.setLockingMode(SQLiteConfig.LockingMode.EXCLUSIVE);
    config.setCacheSize(-CACHE_KIBIBYTES);
    try (Connection connection = FileIndex.connect(file.toString(), config)) {
      fill(connection, source);
    }
    try (FileChannel written = FileChannel.open(file, StandardOpenOption.WRITE)) {
      written.force(true);
    }
  }

  /** Tables, rows, indexes. */
  static void fill(Connection connection, FileIndex.Lines source) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      for (String sql : IndexPosition.CREATE) {
        statement.execute(sql);
      }
      for (List<String> step : Schema.STEPS) {
        for (String sql : step) {
          statement.execute(sql);
        }
      }
      List<String> indexes = dropIndexes(statement);
      // In the order of entries, which is no order of these tables: sorted when all are there.
      statement.execute(
          "CREATE TEMP TABLE new_member (name TEXT, not_after BIGINT, sequence BIGINT)");
      statement.execute(
          "CREATE TEMP TABLE new_history (kind TEXT, value TEXT, sequence BIGINT, type TEXT,"
              + " recorded BIGINT, actor TEXT)");
      try (Projection projection =
          new Projection(
              connection,
              "INSERT INTO new_member VALUES (?,?,?)",
              "INSERT INTO new_history VALUES (?,?,?,?,?,?)")) {
        IndexPosition start = IndexPosition.of(connection);
        if (start == null) {
          throw new LedgerAccessException("the index has no position", "", null);
        }
        start.advance(connection, projection, source);
      }
      statement.execute(
          "INSERT OR IGNORE INTO group_member SELECT * FROM new_member ORDER BY 1, 2, 3");
      statement.execute("INSERT INTO history SELECT * FROM new_history ORDER BY 1, 2, 3");
      statement.execute("DROP TABLE new_member");
      statement.execute("DROP TABLE new_history");
      for (String index : indexes) {
        statement.execute(index);
      }
      statement.execute("PRAGMA user_version=" + Schema.STEPS.size());
      statement.execute("COMMIT");
    }
  }

  /**
   * Drops all that can be made again afterwards.
   *
   * @return the statements that make them
   */
  private static List<String> dropIndexes(Statement statement) throws SQLException {
    List<String> names = new ArrayList<>();
    List<String> statements = new ArrayList<>();
    try (ResultSet row =
        statement.executeQuery(
            "SELECT name, sql FROM sqlite_master WHERE type='index' AND sql IS NOT NULL")) {
      while (row.next()) {
        names.add(row.getString(1));
        statements.add(row.getString(2));
      }
    }
    for (String name : names) {
      statement.execute("DROP INDEX " + name);
    }
    return statements;
  }
}
