package dev.certwright.ledger.sql;

import dev.certwright.ledger.EntryException;
import dev.certwright.ledger.EntryLine;
import dev.certwright.ledger.EntryReader;
import dev.certwright.ledger.Head;
import dev.certwright.ledger.LedgerDamagedException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * Up to which entry an index is.
 *
 * @param head that entry
 * @param line where its line begins in the file
 * @param next where the line after it begins
 */
record IndexPosition(Head head, long line, long next) {
  /** The table, as it is before the first entry. */
  static final String[] CREATE = {
    "CREATE TABLE position (sequence BIGINT NOT NULL, hash TEXT NOT NULL, line BIGINT NOT NULL,"
        + " next BIGINT NOT NULL)",
    "INSERT INTO position VALUES (0, '" + Head.NONE.hash() + "', 0, 0)"
  };

  /** As the index says; null if it does not say. */
  static @Nullable IndexPosition of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT sequence, hash, line, next FROM position")) {
      return row.next()
          ? new IndexPosition(
              new Head(row.getLong(1), row.getString(2)), row.getLong(3), row.getLong(4))
          : null;
    }
  }

  /** Whether that entry is still in its place. */
  boolean stands(FileIndex.Lines source) {
    if (head.sequence() == 0) {
      return true;
    }
    boolean[] found = new boolean[1];
    try {
      source.lines(
          line,
          (bytes, offset) -> {
            EntryLine entry = EntryLine.of(bytes);
            found[0] = entry.intact() && entry.head().equals(head);
            throw new EnoughException();
          });
    } catch (EnoughException enough) {
      return found[0];
    } catch (EntryException another) {
      return false;
    }
    return false;
  }

  /**
   * Adds all entries after this one. The caller commits.
   *
   * @return up to which the index is now
   * @throws LedgerDamagedException if one of them is not as it was written
   */
  IndexPosition advance(Connection connection, Projection projection, FileIndex.Lines source)
      throws SQLException {
    EntryReader reader = new EntryReader();
    IndexPosition[] position = {this};
    SQLException[] failure = new SQLException[1];
    try {
      source.lines(
          next,
          (bytes, offset) -> {
            EntryLine links = checked(bytes, position[0].head());
            try {
              projection.add(reader.read(bytes));
            } catch (SQLException failed) {
              failure[0] = failed;
              throw new EnoughException();
            }
            position[0] = new IndexPosition(links.head(), offset, offset + bytes.length + 1);
          });
    } catch (EnoughException failed) {
      throw failure[0] == null ? new SQLException("interrupted") : failure[0];
    }
    position[0].save(connection);
    return position[0];
  }

  private void save(Connection connection) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE position SET sequence=?, hash=?, line=?, next=?")) {
      update.setLong(1, head.sequence());
      update.setString(2, head.hash());
      update.setLong(3, line);
      update.setLong(4, next);
      update.executeUpdate();
    }
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

  /** Ends the reading of lines. */
  private static final class EnoughException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    EnoughException() {
      super("", null, false, false);
    }
  }
}
