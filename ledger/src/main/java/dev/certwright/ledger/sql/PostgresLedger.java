package dev.certwright.ledger.sql;

import dev.certwright.ledger.Account;
import dev.certwright.ledger.ChainCheck;
import dev.certwright.ledger.CheckedLines;
import dev.certwright.ledger.EntryException;
import dev.certwright.ledger.EntryLine;
import dev.certwright.ledger.EntryReader;
import dev.certwright.ledger.EntryWriter;
import dev.certwright.ledger.Event;
import dev.certwright.ledger.Head;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.LedgerAccessException;
import dev.certwright.ledger.LedgerDamagedException;
import dev.certwright.ledger.LineSource;
import dev.certwright.ledger.LineVisitor;
import dev.certwright.ledger.Problem;
import dev.certwright.ledger.Receipt;
import dev.certwright.ledger.Timestamps;
import dev.certwright.ledger.Verification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * The ledger in PostgreSQL, for several machines: the same lines as in a file, in the table {@code
 * entry}, which the database itself keeps from being changed. Writers take turns by a lock that
 * lasts as long as their transaction.
 */
public final class PostgresLedger implements Ledger {
  /** How long a writer waits for others. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  private static final int FETCH = 1000;

  /** PostgreSQL's lock_not_available. */
  private static final String LOCKED = "55P03";

  /** PostgreSQL's program_limit_exceeded: of what an index takes. */
  private static final String TOO_LONG = "54000";

  private final PostgresUrl url;
  private final String actor;
  private final Clock clock;
  private final Duration patience;
  private @Nullable Connection connection;

  /** Connects with the first use, and waits for others as long as is usual. */
  public PostgresLedger(PostgresUrl url, String actor, Clock clock) {
    this(url, actor, clock, PATIENCE);
  }

  /**
   * Connects with the first use.
   *
   * @param actor who writes, as entries will say
   * @param clock the time of entries
   * @param patience how long to wait for other writers
   */
  public PostgresLedger(PostgresUrl url, String actor, Clock clock, Duration patience) {
    this.url = url;
    this.actor = actor;
    this.clock = clock;
    this.patience = patience;
  }

  @Override
  public String location() {
    return url.toString();
  }

  private Connection connection() throws SQLException {
    Connection current = connection;
    if (current == null || current.isClosed()) {
      current = PostgresSchema.connect(url, patience);
      connection = current;
    }
    return current;
  }

  /** What is done in one transaction. */
  private interface Work<T> {
    T apply(Connection connection) throws SQLException;
  }

  private synchronized <T> T inTransaction(String what, Work<T> work) {
    try {
      Connection current = connection();
      try {
        T result = work.apply(current);
        current.commit();
        return result;
      } catch (SQLException | RuntimeException failed) {
        rollBack(current, failed);
        throw failed;
      }
    } catch (SQLException failed) {
      if (LOCKED.equals(failed.getSQLState())) {
        throw new LedgerAccessException(
            "another writer has kept the ledger "
                + url
                + " locked for "
                + patience.toSeconds()
                + " s",
            "wait for it to end, or end it; the lock goes with its connection; nothing was lost",
            failed);
      }
      if (TOO_LONG.equals(failed.getSQLState())) {
        throw new EntryException(
            "a name that is longer than PostgreSQL can find again: " + reason(failed));
      }
      throw new LedgerAccessException(
          what + " " + url + ": " + reason(failed),
          "see that the database is up, and that this user may use it; nothing was lost",
          failed);
    }
  }

  private void rollBack(Connection current, Exception failure) {
    try {
      current.rollback();
    } catch (SQLException gone) {
      failure.addSuppressed(gone);
      connection = null;
    }
  }

  // That of a batch begins with all that was to be written.
  private static @Nullable String reason(Exception failed) {
    SQLException next =
        failed instanceof BatchUpdateException batch ? batch.getNextException() : null;
    return (next == null ? failed : next).getMessage();
  }

  @Override
  public Receipt record(List<Event> events) {
    return inTransaction(
        "nothing can be recorded in",
        current -> {
          PostgresSchema.lockForWriting(current);
          EntryLine last = last(current);
          Instant now = clock.instant();
          EntryWriter writer = new EntryWriter(last == null ? Head.NONE : last.head(), now, actor);
          List<byte[]> lines = new ArrayList<>(events.size());
          for (Event event : events) {
            lines.add(writer.add(event));
          }
          try (Appender appender = new Appender(current)) {
            for (byte[] line : lines) {
              appender.add(line);
            }
            appender.flush();
          }
          return new Receipt(writer.head(), 0, clockBehind(last, now));
        });
  }

  private static @Nullable Instant clockBehind(@Nullable EntryLine last, Instant now) {
    if (last == null) {
      return null;
    }
    Instant before = Timestamps.parse(last.time());
    return now.isBefore(before) ? before : null;
  }

  /** Puts lines at the end, and what they say into the other tables. */
  private static final class Appender implements AutoCloseable {
    private final PreparedStatement insert;
    private final Projection projection;
    private final EntryReader reader = new EntryReader();
    private int waiting;

    Appender(Connection connection) throws SQLException {
      insert =
          connection.prepareStatement("INSERT INTO entry (sequence, hash, line) VALUES (?,?,?)");
      projection = new Projection(connection, FETCH);
    }

    void add(byte[] line) throws SQLException {
      EntryLine entry = EntryLine.of(line);
      insert.setLong(1, entry.sequence());
      insert.setString(2, entry.hash());
      insert.setString(3, new String(line, StandardCharsets.UTF_8));
      insert.addBatch();
      if (++waiting == FETCH) {
        insert.executeBatch();
        waiting = 0;
      }
      projection.add(reader.read(line));
    }

    void addUnchecked(byte[] line) {
      try {
        add(line);
      } catch (SQLException failed) {
        throw new StoppedException(failed);
      }
    }

    /** Sends what waits for more. */
    void flush() throws SQLException {
      if (waiting > 0) {
        insert.executeBatch();
        waiting = 0;
      }
      projection.flush();
    }

    @Override
    public void close() throws SQLException {
      insert.close();
      projection.close();
    }
  }

  /** Carries what the database said through code that knows nothing of databases. */
  private static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SQLException why;

    StoppedException(SQLException why) {
      super(why);
      this.why = why;
    }
  }

  private static @Nullable EntryLine last(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement("SELECT line FROM entry ORDER BY sequence DESC LIMIT 1");
        ResultSet row = query.executeQuery()) {
      if (!row.next()) {
        return null;
      }
      try {
        EntryLine last = EntryLine.of(row.getString(1).getBytes(StandardCharsets.UTF_8));
        if (last.intact()) {
          return last;
        }
      } catch (EntryException notALine) {
        // Told below.
      }
      throw new LedgerDamagedException("the last entry of the ledger was changed");
    }
  }

  @Override
  public Head head() {
    return inTransaction(
        "the ledger cannot be read:",
        current -> {
          EntryLine last = last(current);
          return last == null ? Head.NONE : last.head();
        });
  }

  @Override
  public Head at(long sequence) {
    return inTransaction(
        "the ledger cannot be read:",
        current -> {
          try (PreparedStatement query =
              current.prepareStatement("SELECT line FROM entry WHERE sequence=?")) {
            query.setLong(1, sequence);
            try (ResultSet row = query.executeQuery()) {
              return row.next()
                  ? EntryLine.intact(row.getString(1).getBytes(StandardCharsets.UTF_8), sequence)
                      .head()
                  : Head.NONE;
            }
          }
        });
  }

  @Override
  public void read(LineVisitor visitor) {
    inTransaction(
        "the ledger cannot be read:",
        current -> {
          read(current, visitor);
          return Boolean.TRUE;
        });
  }

  private static void read(Connection connection, LineVisitor visitor) throws SQLException {
    try (PreparedStatement query =
        connection.prepareStatement("SELECT line FROM entry ORDER BY sequence")) {
      query.setFetchSize(FETCH);
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          visitor.visit(row.getString(1).getBytes(StandardCharsets.UTF_8));
        }
      }
    }
  }

  @Override
  public Verification verify(@Nullable Head expected) {
    ChainCheck check = new ChainCheck(expected);
    read(check::complete);
    return check.result();
  }

  @Override
  public List<Problem> verifyAccount() {
    try (Connection snapshot = PostgresSchema.connect(url, patience)) {
      snapshot.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      Path file = Files.createTempFile("certwright-tables", ".sqlite");
      try {
        NewIndex.write(
            file,
            (from, taker) -> {
              try {
                read(snapshot, line -> taker.take(line, 0));
              } catch (SQLException failed) {
                throw new StoppedException(failed);
              }
            });
        try (Connection expected = FileIndex.connect(file.toString(), new SQLiteConfig())) {
          return TableCheck.problems(
              expected,
              snapshot,
              "the tables of " + url,
              "restore an export into another database");
        }
      } finally {
        Files.delete(file);
      }
    } catch (StoppedException stopped) {
      throw unreadable(stopped.why);
    } catch (SQLException | IOException failed) {
      throw unreadable(failed);
    }
  }

  private LedgerAccessException unreadable(Exception failed) {
    return new LedgerAccessException(
        "the ledger cannot be read: " + url + ": " + reason(failed), "", failed);
  }

  @Override
  public Head restore(LineSource source) {
    Head head = restoreAll(source);
    gatherStatistics();
    return head;
  }

  /**
   * Else questions are planned as if the tables were empty, and take seconds with a million
   * entries, until the database does this by itself.
   */
  private synchronized void gatherStatistics() {
    try {
      Connection current = connection();
      current.setAutoCommit(true);
      try (Statement statement = current.createStatement()) {
        statement.execute(
            "VACUUM (ANALYZE) entry, certificate, group_member, history, restriction");
      } finally {
        current.setAutoCommit(false);
      }
    } catch (SQLException later) {
      // Everything is restored. Another connection is made for what comes next.
      close();
    }
  }

  private Head restoreAll(LineSource source) {
    return inTransaction(
        "nothing can be restored to",
        current -> {
          PostgresSchema.lockForWriting(current);
          if (last(current) != null) {
            throw new LedgerAccessException(
                url + " holds entries already", "restore into an empty database", null);
          }
          try (Appender appender = new Appender(current)) {
            CheckedLines lines = new CheckedLines(appender::addUnchecked);
            source.read(lines);
            appender.flush();
            return lines.head();
          } catch (StoppedException stopped) {
            throw stopped.why;
          }
        });
  }

  @Override
  public Account account() {
    try {
      return new SqlAccount(PostgresSchema.connect(url, patience));
    } catch (SQLException failed) {
      throw unreadable(failed);
    }
  }

  @Override
  public synchronized void close() {
    Connection current = connection;
    connection = null;
    if (current != null) {
      try {
        current.close();
      } catch (SQLException gone) {
        // What was recorded was committed; there is nothing to lose with the connection.
      }
    }
  }
}
