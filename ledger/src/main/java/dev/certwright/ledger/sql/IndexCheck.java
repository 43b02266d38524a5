package dev.certwright.ledger.sql;

import dev.certwright.ledger.LedgerAccessException;
import dev.certwright.ledger.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;

/**
 * Whether an index says what the entries add up to that it knows. Another is made beside it, or in
 * memory where nothing can be written, and the two are compared: their rows, what tables, indexes
 * and triggers there are, and whether each index is of its table.
 */
public final class IndexCheck {
  private static final String REMEDY = "remove it: it is made anew from the entries";

  private IndexCheck() {}

  /**
   * Where it does not; empty also if there is no index, or one that is made anew with the next
   * question anyway.
   *
   * @param patience how long to wait for others
   * @throws LedgerAccessException if the ledger or the index cannot be read
   * @throws dev.certwright.ledger.LedgerDamagedException if an entry is not as it was written
   */
  public static List<Problem> problems(Path folder, Duration patience, FileIndex.Source source) {
    Path file = folder.resolve(FileIndex.FILE);
    if (!Files.exists(file)) {
      return List.of();
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout((int) patience.toMillis());
    try (Connection index = FileIndex.connect(file.toString(), config)) {
      return problems(file, index, source);
    } catch (SQLException failed) {
      if (FileIndex.isUnusable(failed)) {
        return List.of(problem(0, "the index " + file + " is damaged: " + failed.getMessage()));
      } else if (FileIndex.isUnwritable(failed)) {
        // Nor can questions be answered from it: they are from one in memory.
        return List.of();
      }
      throw new LedgerAccessException(
          "the index " + file + " cannot be read: " + failed.getMessage(), REMEDY, failed);
    }
  }

  private static Problem problem(long entry, String text) {
    return new Problem(Problem.Kind.TABLES, entry, text + "; " + REMEDY);
  }

  private static List<Problem> problems(Path file, Connection index, FileIndex.Source source)
      throws SQLException {
    if (FileIndex.version(index) != Schema.STEPS.size()) {
      return List.of();
    }
    try (Statement statement = index.createStatement()) {
      // What others add meanwhile is not seen.
      statement.execute("BEGIN");
      IndexPosition position = IndexPosition.of(index);
      if (position == null || !position.stands(source)) {
        return List.of();
      }
      FileIndex.Lines known =
          (from, taker) ->
              source.lines(
                  from,
                  (line, offset) -> {
                    if (offset < position.next()) {
                      taker.take(line, offset);
                    }
                  });
      List<Problem> problems = compare(file, index, known);
      statement.execute("ROLLBACK");
      return problems;
    }
  }

  private static List<Problem> compare(Path file, Connection index, FileIndex.Lines known)
      throws SQLException {
    try {
      Path other = Files.createTempFile(file.getParent(), FileIndex.FILE + ".check", "");
      try {
        NewIndex.write(other, known);
        try (Connection expected = FileIndex.connect(other.toString(), new SQLiteConfig())) {
          return compare(file, index, expected);
        }
      } finally {
        Files.delete(other);
      }
    } catch (SQLException failed) {
      if (!FileIndex.isUnwritable(failed)) {
        throw failed;
      }
    } catch (IOException unwritable) {
      // In memory, then.
    }
    try (Connection expected = FileIndex.connect(":memory:", new SQLiteConfig())) {
      NewIndex.fill(expected, known);
      return compare(file, index, expected);
    }
  }

  private static List<Problem> compare(Path file, Connection index, Connection expected)
      throws SQLException {
    List<Problem> problems = new ArrayList<>();
    if (!texts(index, "PRAGMA integrity_check(1)").equals(List.of("ok"))) {
      problems.add(problem(0, "the index " + file + " is damaged"));
    }
    String schema =
        "SELECT type||' '||name||' '||tbl_name||' '||coalesce(sql,'') FROM sqlite_master"
            + " ORDER BY 1";
    if (!texts(index, schema).equals(texts(expected, schema))) {
      problems.add(
          problem(
              0,
              "the index "
                  + file
                  + " has other tables, indexes or triggers than it was made with"));
    }
    problems.addAll(TableCheck.problems(expected, index, "the rows of " + file, REMEDY));
    return problems;
  }

  private static List<String> texts(Connection connection, String sql) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        texts.add(row.getString(1));
      }
    }
    return texts;
  }
}
