package dev.certwright.ledger.sql;

import static org.sqlite.SQLiteErrorCode.SQLITE_BUSY;
import static org.sqlite.SQLiteErrorCode.SQLITE_CANTOPEN;
import static org.sqlite.SQLiteErrorCode.SQLITE_CORRUPT;
import static org.sqlite.SQLiteErrorCode.SQLITE_FULL;
import static org.sqlite.SQLiteErrorCode.SQLITE_IOERR;
import static org.sqlite.SQLiteErrorCode.SQLITE_NOTADB;
import static org.sqlite.SQLiteErrorCode.SQLITE_READONLY;

import dev.certwright.identity.local.FileOwnership;
import dev.certwright.ledger.Account;
import dev.certwright.ledger.Head;
import dev.certwright.ledger.LedgerAccessException;
import dev.certwright.ledger.LedgerDamagedException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteConfig;
import org.sqlite.jdbc4.JDBC4Connection;

/**
 * An index in SQLite of a ledger that lies in a file. It knows up to which entry it is, and reads
 * on from there when it is opened; if the index is damaged or of another version, it is made anew.
 * If that entry is not in the file any more, it is kept aside as evidence of that first. Where it
 * cannot be written, or the disk is full, it is made in memory.
 */
public final class FileIndex {
  static final String FILE = "index.sqlite";

  /** What an index is called that knows an entry which is not in the file any more. */
  static final String ASIDE = FILE + ".aside-";

  private static final String UNPACKED = "org.sqlite.tmpdir";

  /** What it logs, with stack traces, is also thrown. Held here, as loggers are collected. */
  private static final Logger DRIVER = Logger.getLogger("org.sqlite");

  static {
    DRIVER.setLevel(Level.OFF);
  }

  private FileIndex() {}

  /** Where lines come from. */
  interface Lines {
    /** Hands over all complete lines from this offset on, at which a line must begin. */
    void lines(long offset, LineTaker taker);
  }

  /** The ledger's file. */
  public interface Source extends Lines {
    /**
     * Lets one in at a time, of all threads and processes.
     *
     * @throws LedgerAccessException if others keep it for too long
     */
    Closeable lock(Path file) throws IOException;

    /** Creates an empty file that only its owner can read, from the instant it exists. */
    void create(Path file) throws IOException;
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
   * @param patience how long to wait for others
   * @param warnings told when an index is kept aside
   * @throws LedgerDamagedException if an entry that has to be read is not as it was written
   * @throws LedgerAccessException if the file cannot be read, or others keep the index for too long
   */
  public static Account open(
      Path folder, long fileSize, Duration patience, Source source, Consumer<String> warnings) {
    Path file = folder.resolve(FILE);
    try {
      if (!Files.isWritable(folder) || isExposed(folder)) {
        return inMemory(source);
      }
      // The driver looks through this folder at its first use, and may unpack its library into it:
      // rather here than among all that lies in the folder for everybody's temporary files.
      if (System.getProperty(UNPACKED) == null) {
        System.setProperty(UNPACKED, folder.toString());
      }
      try {
        return account(file, fileSize, patience, source, warnings);
      } catch (SQLException failed) {
        if (isUnwritable(failed)) {
          return inMemory(source);
        }
        throw failed;
      } catch (IOException unwritable) {
        return inMemory(source);
      }
    } catch (UnloadableException unloadable) {
      throw unloadable(unloadable);
    } catch (SQLException failed) {
      boolean locked = code(failed) == SQLITE_BUSY.code;
      throw new LedgerAccessException(
          locked
              ? "another process has kept the index "
                  + file
                  + " locked for "
                  + patience.toSeconds()
                  + " s"
              : "the index " + file + " cannot be used: " + failed.getMessage(),
          locked
              ? "wait for it to end, or end it; the lock goes with the process"
              : "remove it: it is made anew from the ledger",
          failed);
    }
  }

  /** SQLite follows the links that another user could put there, and runs a library from there. */
  private static boolean isExposed(Path folder) {
    try {
      return FileOwnership.of(folder).isExposed();
    } catch (IOException unknown) {
      return true;
    }
  }

  /** SQLite's own library, which is unpacked before it is used, cannot be loaded. */
  static final class UnloadableException extends SQLException {
    private static final long serialVersionUID = 1L;

    UnloadableException(Throwable cause) {
      super(cause.getMessage(), cause);
    }
  }

  static LedgerAccessException unloadable(UnloadableException failed) {
    return new LedgerAccessException(
        "SQLite, by which questions to the ledger are answered, cannot be loaded: "
            + failed.getMessage(),
        "see that there is room in "
            + System.getProperty(UNPACKED, System.getProperty("java.io.tmpdir"))
            + " and that it is not mounted noexec, or name another folder with"
            + " CERTWRIGHT_JAVA_OPTS=-D"
            + UNPACKED
            + "=DIR; entries are recorded, and checked with ledger verify --entries-only, without"
            + " it",
        failed);
  }

  private static int code(SQLException failure) {
    return failure.getErrorCode() & 0xFF;
  }

  static boolean isUnusable(SQLException failure) {
    int code = code(failure);
    return failure instanceof OutdatedException
        || code == SQLITE_CORRUPT.code
        || code == SQLITE_NOTADB.code;
  }

  /**
   * A full disk, or one that was mounted to be read only: questions can be answered all the same.
   */
  static boolean isUnwritable(SQLException failure) {
    int code = code(failure);
    return code == SQLITE_FULL.code
        || code == SQLITE_IOERR.code
        || code == SQLITE_READONLY.code
        || code == SQLITE_CANTOPEN.code;
  }

  /** Damage may show only when a question comes to it. */
  private static Account account(
      Path file, long fileSize, Duration patience, Source source, Consumer<String> warnings)
      throws SQLException, IOException {
    return new SqlAccount(
        openOrMake(file, fileSize, patience, source, warnings),
        SearchBounds.DEFAULT,
        new SqlAccount.Replacement() {
          @Override
          public boolean isFor(SQLException failure) {
            return isUnusable(failure);
          }

          @Override
          public Connection make() throws SQLException {
            try {
              Files.deleteIfExists(file);
              return openFile(file, fileSize, patience, source);
            } catch (IOException unwritable) {
              throw new SQLException(unwritable.getMessage(), unwritable);
            }
          }
        });
  }

  private static Connection openOrMake(
      Path file, long fileSize, Duration patience, Source source, Consumer<String> warnings)
      throws SQLException, IOException {
    try {
      return openFile(file, fileSize, patience, source);
    } catch (SQLException failed) {
      if (!isUnusable(failed)) {
        throw failed;
      }
      Head lost = lostHead(file, source);
      if (lost != null) {
        keepAside(file, lost, warnings);
      }
      Files.deleteIfExists(file);
      return openFile(file, fileSize, patience, source);
    }
  }

  /** What an index of whatever version and state knows and the file does not have any more. */
  static @Nullable Head lostHead(Path file, Lines source) {
    try (Connection index = connect(file.toString(), new SQLiteConfig())) {
      IndexPosition position = IndexPosition.of(index);
      return position == null || position.stands(source) ? null : position.head();
    } catch (SQLException unreadable) {
      return null;
    }
  }

  private static Connection openFile(Path file, long fileSize, Duration patience, Source source)
      throws SQLException, IOException {
    if (!Files.exists(file)) {
      NewIndex.make(file, source);
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.NORMAL);
    config.setBusyTimeout((int) patience.toMillis());
    config.setCacheSize(-64_000);
    Connection connection = connect(file.toString(), config);
    try {
      if (version(connection) != Schema.STEPS.size()) {
        throw new OutdatedException();
      }
      catchUp(connection, fileSize, source);
      return connection;
    } catch (SQLException | RuntimeException failed) {
      connection.close();
      throw failed;
    }
  }

  private static Account inMemory(Source source) throws SQLException {
    Connection connection = connect(":memory:", new SQLiteConfig());
    try {
      NewIndex.fill(connection, source);
      return new SqlAccount(connection);
    } catch (SQLException | RuntimeException failed) {
      connection.close();
      throw failed;
    }
  }

  /** Not by DriverManager, which would load every driver there is. */
  static Connection connect(String file, SQLiteConfig config) throws SQLException {
    // Else each insert is followed by a query for the key that the database gave.
    config.setGetGeneratedKeys(false);
    try {
      return new JDBC4Connection("jdbc:sqlite:" + file, file, config.toProperties());
    } catch (LinkageError unloadable) {
      throw new UnloadableException(unloadable);
    } catch (SQLException failed) {
      if (failed.getCause() instanceof NativeLibraryNotFoundException unloadable) {
        throw new UnloadableException(unloadable);
      }
      throw failed;
    }
  }

  static int version(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  /** The index was made by another version, or knows an entry that the file does not have. */
  private static final class OutdatedException extends SQLException {
    private static final long serialVersionUID = 1L;
  }

  /** Named by what it knows, so that two processes that find it at once keep it once. */
  private static void keepAside(Path file, Head head, Consumer<String> warnings)
      throws IOException {
    Path aside = file.resolveSibling(ASIDE + head.sequence() + "-" + head.hash().substring(0, 12));
    if (!Files.exists(aside)) {
      for (String ending : List.of("-wal", "")) {
        Path part = Path.of(file + ending);
        if (Files.exists(part)) {
          Files.move(part, Path.of(aside + ending));
        }
      }
    }
    warnings.accept(lost(file, head) + "; it is kept as " + aside);
  }

  /** That an index knows an entry which is not in the file any more. */
  static String lost(Path index, Head head) {
    return "the index "
        + index
        + " knows entry "
        + head.sequence()
        + " with the hash "
        + head.hash()
        + ", which is not in the ledger any more: its end was cut off, it was rewritten, or an older"
        + " copy was put back";
  }

  private static IndexPosition position(Connection connection) throws SQLException {
    IndexPosition position = IndexPosition.of(connection);
    if (position == null) {
      throw new OutdatedException();
    }
    return position;
  }

  private static void catchUp(Connection connection, long fileSize, Source source)
      throws SQLException {
    IndexPosition position = position(connection);
    boolean stands = position.stands(source);
    if (!stands) {
      throw new OutdatedException();
    } else if (position.next() == fileSize) {
      return;
    }
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      // Another process may have caught up meanwhile.
      IndexPosition now = position(connection);
      if (!now.stands(source)) {
        statement.execute("ROLLBACK");
        throw new OutdatedException();
      }
      try (Projection projection = new Projection(connection)) {
        if (!now.advance(connection, projection, source).equals(now)) {
          statement.execute("COMMIT");
          return;
        }
      }
      statement.execute("ROLLBACK");
    }
  }
}
