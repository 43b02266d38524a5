package dev.certwright.ledger.sql;

import dev.certwright.ledger.Account;
import dev.certwright.ledger.Entry;
import dev.certwright.ledger.EntryException;
import dev.certwright.ledger.EntryLine;
import dev.certwright.ledger.EntryReader;
import dev.certwright.ledger.Head;
import dev.certwright.ledger.LedgerAccessException;
import dev.certwright.ledger.LedgerDamagedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConnection;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.jdbc4.JDBC4Connection;

/**
 * An index in SQLite of a ledger that lies in a file. It knows up to which entry it is, and reads
 * on from there when it is opened; if that entry is not in the file any more, or the index is
 * damaged or of another version, it is made anew. Where it cannot be written it is made in memory.
 */
public final class FileIndex {
  private static final String FILE = "index.sqlite";
  private static final int PATIENCE_MILLIS = 60_000;

  private FileIndex() {}

  /** Lines of the file from an offset on. */
  public interface Lines {
    /** Hands over all complete lines from this offset on, at which a line must begin. */
    void from(long offset, LineTaker taker);
  }

  /** Takes a line. */
  public interface LineTaker {
    /**
     * One line.
     *
     * @param line without its line end
     * @param offset where it begins
     */
    void take(byte[] line, long offset);
  }

  /**
   * Opens the index of a folder, up to date with the file.
   *
   * @throws LedgerDamagedException if an entry that has to be read is not as it was written
   * @throws LedgerAccessException if the file cannot be read
   */
  public static Account open(Path folder, long fileSize, Lines lines) {
    Path file = folder.resolve(FILE);
    try {
      if (Files.isWritable(folder)) {
        try {
          return open(file.toString(), fileSize, lines);
        } catch (SQLException unusable) {
          if (!isUnusable(unusable)) {
            throw unusable;
          }
          delete(file);
          return open(file.toString(), fileSize, lines);
        }
      }
      return open(":memory:", fileSize, lines);
    } catch (SQLException | IOException failed) {
      throw new LedgerAccessException(
          "the index " + file + " cannot be used: " + failed.getMessage(),
          "remove it: it is made anew from the ledger",
          failed);
    }
  }

  private static boolean isUnusable(SQLException failure) {
    int code = failure.getErrorCode() & 0xFF;
    return failure instanceof OutdatedException
        || code == SQLiteErrorCode.SQLITE_CORRUPT.code
        || code == SQLiteErrorCode.SQLITE_NOTADB.code;
  }

  private static void delete(Path file) throws IOException {
    for (String ending : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(Path.of(file + ending));
    }
  }

  private static Account open(String file, long fileSize, Lines lines) throws SQLException {
    Connection connection = connect(file);
    try {
      prepare(connection);
      catchUp(connection, fileSize, lines);
      return new SqlAccount(connection);
    } catch (SQLException | RuntimeException failed) {
      connection.close();
      throw failed;
    }
  }

  /** Not by DriverManager, which would load every driver there is. */
  private static SQLiteConnection connect(String file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout(PATIENCE_MILLIS);
    config.setCacheSize(-64_000);
    // Else the driver asks for the last row id after each of many thousand insertions.
    config.setGetGeneratedKeys(false);
    return new JDBC4Connection("jdbc:sqlite:" + file, file, config.toProperties());
  }

  private static void prepare(Connection connection) throws SQLException {
    int version = version(connection);
    if (version == Schema.STEPS.size()) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      version = version(connection);
      if (version > 0 && version < Schema.STEPS.size() || version > Schema.STEPS.size()) {
        statement.execute("ROLLBACK");
        throw new OutdatedException();
      }
      if (version == 0) {
        for (List<String> step : Schema.STEPS) {
          for (String sql : step) {
            statement.execute(sql);
          }
        }
        statement.execute(
            "CREATE TABLE position (sequence BIGINT NOT NULL, hash TEXT NOT NULL, line BIGINT NOT"
                + " NULL, next BIGINT NOT NULL)");
        statement.execute("INSERT INTO position VALUES (0, '" + Head.NONE.hash() + "', 0, 0)");
        statement.execute("PRAGMA user_version=" + Schema.STEPS.size());
      }
      statement.execute("COMMIT");
    }
  }

  private static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  /** The index was made by another version. */
  private static final class OutdatedException extends SQLException {
    private static final long serialVersionUID = 1L;
  }

  /** Up to which entry the index is. */
  private record Position(Head head, long line, long next) {

    static Position of(Connection connection) throws SQLException {
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery("SELECT sequence, hash, line, next FROM position")) {
        if (!row.next()) {
          throw new OutdatedException();
        }
        return new Position(
            new Head(row.getLong(1), row.getString(2)), row.getLong(3), row.getLong(4));
      }
    }
  }

  private static void catchUp(Connection connection, long fileSize, Lines lines)
      throws SQLException {
    Position position = Position.of(connection);
    if (position.next() == fileSize && stands(position, lines)) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      // Another process may have caught up meanwhile.
      Position now = Position.of(connection);
      if (!stands(now, lines)) {
        statement.execute("ROLLBACK");
        throw new OutdatedException();
      }
      try (Projection projection = new Projection(connection)) {
        Head head = addAll(projection, now, lines, connection);
        if (!head.equals(now.head())) {
          statement.execute("COMMIT");
          return;
        }
      }
      statement.execute("ROLLBACK");
    }
  }

  /** Whether the entry that the index ends with is still in its place. */
  private static boolean stands(Position position, Lines lines) {
    if (position.head().sequence() == 0) {
      return true;
    }
    boolean[] found = new boolean[1];
    try {
      lines.from(
          position.line(),
          (line, offset) -> {
            EntryLine entry = EntryLine.of(line);
            found[0] = entry.intact() && entry.head().equals(position.head());
            throw new EnoughException();
          });
    } catch (EnoughException enough) {
      return found[0];
    } catch (EntryException another) {
      return false;
    }
    return false;
  }

  /** Ends the reading of lines. */
  private static final class EnoughException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EnoughException() {
      super("", null, false, false);
    }
  }

  private static Head addAll(
      Projection projection, Position from, Lines lines, Connection connection)
      throws SQLException {
    EntryReader reader = new EntryReader();
    Head[] head = {from.head()};
    long[] place = {from.line(), from.next()};
    SQLException[] failure = new SQLException[1];
    try {
      lines.from(
          from.next(),
          (line, offset) -> {
            EntryLine links = checked(line, head[0]);
            try {
              Entry entry = reader.read(line);
              projection.add(entry);
            } catch (SQLException failed) {
              failure[0] = failed;
              throw new EnoughException();
            }
            head[0] = links.head();
            place[0] = offset;
            place[1] = offset + line.length + 1;
          });
    } catch (EnoughException failed) {
      throw failure[0] == null ? new SQLException("interrupted") : failure[0];
    }
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE position SET sequence=?, hash=?, line=?, next=?")) {
      update.setLong(1, head[0].sequence());
      update.setString(2, head[0].hash());
      update.setLong(3, place[0]);
      update.setLong(4, place[1]);
      update.executeUpdate();
    }
    return head[0];
  }

  private static EntryLine checked(byte[] line, Head before) {
    EntryLine links;
    try {
      links = EntryLine.of(line);
    } catch (EntryException notAnEntry) {
      throw new LedgerDamagedException(
          "the line after entry " + before.sequence() + " of the ledger is no entry");
    }
    if (!links.intact() || !links.follows(before)) {
      throw new LedgerDamagedException(
          "entry "
              + links.sequence()
              + " of the ledger is not as it was written, or not in its place");
    }
    return links;
  }
}
