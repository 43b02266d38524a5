package dev.certwright.ledger.sql;

import dev.certwright.ledger.Problem;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Compares tables with ones that were made from the entries. Memory does not grow with them. */
final class TableCheck {
  private static final int FETCH = 1000;

  /** More rows than one entry can make: a list has at most so many texts. */
  private static final int MOST_OF_AN_ENTRY = 100_000;

  /** All that answers are made of, by the number of the entry that it comes from. */
  private static final Map<String, String> QUESTIONS =
      new TreeMap<>(
          Map.of(
              "certificate",
              "SELECT sequence, credential_id, user_name, groups, uid, serial_number, issuer,"
                  + " not_before, not_after, key_fingerprint, cluster, server, origin, recorded,"
                  + " actor, reason, overrides, follows, source, first_seen, last_seen, addresses"
                  + " FROM certificate ORDER BY sequence",
              "restriction",
              "SELECT sequence, kind, value, type, until, reason, actor, recorded"
                  + " FROM restriction ORDER BY sequence",
              "history",
              "SELECT sequence, kind, value, type, recorded, actor FROM history ORDER BY sequence",
              // Others are of what an entry said before a later one took its place.
              "group_member",
              "SELECT sequence, name, not_after FROM group_member"
                  + " WHERE sequence IN (SELECT sequence FROM certificate) ORDER BY sequence"));

  private TableCheck() {}

  /**
   * Where tables differ, the first place of each.
   *
   * @param expected made from the entries
   * @param what the other ones are, for messages
   * @param remedy what to do
   */
  static List<Problem> problems(Connection expected, Connection actual, String what, String remedy)
      throws SQLException {
    List<Problem> problems = new ArrayList<>();
    for (Map.Entry<String, String> question : QUESTIONS.entrySet()) {
      long entry = firstDifference(expected, actual, question.getValue());
      if (entry >= 0) {
        problems.add(
            new Problem(
                Problem.Kind.TABLES,
                entry,
                what
                    + " do not say what entry "
                    + entry
                    + " says (table "
                    + question.getKey()
                    + "): changed, or damaged; "
                    + remedy));
      }
    }
    return problems;
  }

  /** The number of an entry; negative for none. */
  private static long firstDifference(Connection expected, Connection actual, String sql)
      throws SQLException {
    try (Rows these = new Rows(expected, sql);
        Rows those = new Rows(actual, sql)) {
      while (true) {
        List<String> one = these.next();
        List<String> other = those.next();
        if (one == null && other == null) {
          return -1;
        } else if (one == null || !one.equals(other)) {
          return other == null || one != null && these.sequence < those.sequence
              ? these.sequence
              : those.sequence;
        }
      }
    }
  }

  /** The rows of one entry after another. */
  private static final class Rows implements AutoCloseable {
    private final PreparedStatement statement;
    private final ResultSet rows;
    private final int columns;
    private boolean more;
    private long sequence;

    Rows(Connection connection, String sql) throws SQLException {
      statement = connection.prepareStatement(sql);
      statement.setFetchSize(FETCH);
      rows = statement.executeQuery();
      columns = rows.getMetaData().getColumnCount();
      more = rows.next();
    }

    /** Sorted, because databases sort texts as they like; null after the last. */
    @Nullable List<String> next() throws SQLException {
      if (!more) {
        return null;
      }
      sequence = rows.getLong(1);
      List<String> group = new ArrayList<>();
      while (more && rows.getLong(1) == sequence && group.size() < MOST_OF_AN_ENTRY) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= columns; i++) {
          // No text has U+0000: Projection puts its symbol there.
          row.append(rows.getString(i)).append('\u0000');
        }
        group.add(row.toString());
        more = rows.next();
      }
      Collections.sort(group);
      return group;
    }

    @Override
    public void close() throws SQLException {
      rows.close();
      statement.close();
    }
  }
}
