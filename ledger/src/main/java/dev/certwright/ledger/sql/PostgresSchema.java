package dev.certwright.ledger.sql;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;

/** Brings a database to the tables that this version needs, whoever comes first. */
final class PostgresSchema {
  /** Any number that other programs will hardly choose: "certwrig" in ASCII. */
  private static final long LOCK = 0x6365727477726967L;

  /** Besides the tables that SQLite has too: the entries themselves, and nobody changes them. */
  static final List<String> ENTRIES =
      List.of(
          "CREATE TABLE entry ("
              + "sequence BIGINT PRIMARY KEY,"
              + " hash TEXT NOT NULL UNIQUE,"
              + " line TEXT NOT NULL)",
          "CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS"
              + " 'BEGIN RAISE EXCEPTION ''entries of the ledger are never changed''; END'",
          "CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entry"
              + " FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()");

  /** Sorted as SQLite sorts, byte by byte, whatever the database's own language is. */
  private static final List<String> COLLATION =
      List.of(
          "ALTER TABLE certificate ALTER credential_id TYPE TEXT COLLATE \"C\","
              + " ALTER user_name TYPE TEXT COLLATE \"C\", ALTER uid TYPE TEXT COLLATE \"C\"",
          "ALTER TABLE restriction ALTER value TYPE TEXT COLLATE \"C\"");

  /** What comes before each step of {@link Schema#STEPS}. */
  private static final List<List<String>> BEFORE_STEPS =
      List.of(ENTRIES, COLLATION, List.of(), List.of());

  /** The step that no statement does. */
  private static final int REPLAYING = 3;

  /** How long an answer may take that waits for nobody else. */
  private static final long ANSWER_SECONDS = 15;

  private PostgresSchema() {}

  /** A connection whose first statement begins a transaction; the tables are there. */
  static Connection connect(PostgresUrl url, Duration patience) throws SQLException {
    Connection connection = DriverManager.getConnection(url.jdbc(), properties(url, patience));
    try {
      connection.setAutoCommit(false);
      migrate(connection);
      return connection;
    } catch (SQLException failed) {
      connection.close();
      throw failed;
    }
  }

  static Properties properties(PostgresUrl url, Duration patience) {
    Properties properties = new Properties();
    String user = url.userOrNull();
    if (user != null) {
      properties.setProperty("user", user);
    }
    properties.setProperty("ApplicationName", "certwright");
    // A database that hangs must not make who asks it hang; what the URL says comes first.
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("loginTimeout", "20");
    properties.setProperty("socketTimeout", Long.toString(patience.toSeconds() + ANSWER_SECONDS));
    properties.setProperty("tcpKeepAlive", "true");
    // To compile a question takes longer than to answer it.
    properties.setProperty("options", "-c jit=off -c lock_timeout=" + patience.toMillis());
    properties.setProperty("reWriteBatchedInserts", "true");
    return properties;
  }

  /**
   * Until the transaction ends, which is on the disk before it is acknowledged, even where the
   * database would rather say so early: files appear after that.
   */
  static void lockForWriting(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_advisory_xact_lock("
              + LOCK
              + "), CASE WHEN current_setting('synchronous_commit')='off'"
              + " THEN set_config('synchronous_commit','on',true) END");
    }
  }

  private static void migrate(Connection connection) throws SQLException {
    if (version(connection) == Schema.STEPS.size()) {
      connection.commit();
      return;
    }
    lockForWriting(connection);
    int version = version(connection);
    if (version > Schema.STEPS.size()) {
      throw new SQLException(
          "its tables are of a newer version of certwright (" + version + "); use that one");
    }
    try (Statement statement = connection.createStatement()) {
      if (version == 0) {
        statement.execute("CREATE TABLE schema_version (version INT NOT NULL)");
        statement.execute("INSERT INTO schema_version VALUES (0)");
      }
      for (int step = version; step < Schema.STEPS.size(); step++) {
        for (String sql : BEFORE_STEPS.get(step)) {
          statement.execute(sql);
        }
        for (String sql : Schema.STEPS.get(step)) {
          statement.execute(sql);
        }
        if (step == REPLAYING) {
          ReplayedCertificates.leaveOut(connection);
        }
      }
      statement.execute("UPDATE schema_version SET version=" + Schema.STEPS.size());
    }
    connection.commit();
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // Not to_regclass, which may answer from a cache of before the lock was waited for.
      try (ResultSet row =
          statement.executeQuery(
              "SELECT 1 FROM pg_catalog.pg_class WHERE relname='schema_version'"
                  + " AND pg_catalog.pg_table_is_visible(oid)")) {
        if (!row.next()) {
          return 0;
        }
      }
      try (ResultSet row = statement.executeQuery("SELECT version FROM schema_version")) {
        return row.next() ? row.getInt(1) : 0;
      }
    }
  }
}
