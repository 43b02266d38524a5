package dev.certwright.ledger.sql;

import dev.certwright.ledger.Head;
import dev.certwright.ledger.LedgerAccessException;
import dev.certwright.ledger.Problem;
import java.io.IOException;
import java.nio.file.DirectoryStream;
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
   * Where it does not, and where an index knows an entry that is not in the ledger any more; empty
   * also if there is no index, or one of another version, which is made anew with the next
   * question.
   *
   * @param patience how long to wait for others
   * @throws LedgerAccessException if the ledger or the index cannot be read
   * @throws dev.certwright.ledger.LedgerDamagedException if an entry is not as it was written
   */
  public static List<Problem> problems(Path folder, Duration patience, FileIndex.Source source) {
    List<Problem> problems = new ArrayList<>(keptAside(folder, source));
    Path file = folder.resolve(FileIndex.FILE);
    if (Files.exists(file)) {
      problems.addAll(differences(file, patience, source));
    }
    return problems;
  }

  /** Evidence of entries that are gone does not end with the question that found it. */
  private static List<Problem> keptAside(Path folder, FileIndex.Source source) {
    List<Problem> problems = new ArrayList<>();
    if (!Files.isDirectory(folder)) {
      return problems;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, FileIndex.ASIDE + "*")) {
      for (Path file : files) {
        String name = file.getFileName().toString();
        if (!name.endsWith("-wal") && !name.endsWith("-shm")) {
          try (Connection index = FileIndex.connect(file.toString(), new SQLiteConfig())) {
            IndexPosition position = IndexPosition.of(index);
            if (position != null && !position.stands(source)) {
              problems.add(lost(file, position.head()));
            }
          }
        }
      }
    } catch (IOException | SQLException unreadable) {
      throw new LedgerAccessException(
          "an index kept aside in " + folder + " cannot be read: " + unreadable.getMessage(),
          "move it away if what it tells is known",
          unreadable);
    }
    return problems;
  }

  private static Problem lost(Path index, Head head) {
    return new Problem(
        Problem.Kind.TABLES,
        head.sequence(),
        FileIndex.lost(index, head) + "; if that is known, move the index away");
  }

  /**
   * The last entry that the index of a folder knows.
   *
   * @param patience how long to wait for others
   * @return {@link Head#NONE} also if there is no index that can be read
   */
  public static Head known(Path folder, Duration patience) {
    Path file = folder.resolve(FileIndex.FILE);
    if (!Files.exists(file)) {
      return Head.NONE;
    }
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout((int) patience.toMillis());
    try (Connection index = FileIndex.connect(file.toString(), config)) {
      IndexPosition position = IndexPosition.of(index);
      return position == null ? Head.NONE : position.head();
    } catch (SQLException unreadable) {
      return Head.NONE;
    }
  }

  private static List<Problem> differences(Path file, Duration patience, FileIndex.Source source) {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout((int) patience.toMillis());
    try (Connection index = FileIndex.connect(file.toString(), config)) {
      return problems(file, index, source);
    } catch (FileIndex.UnloadableException unloadable) {
      throw FileIndex.unloadable(unloadable);
    } catch (SQLException failed) {
      if (FileIndex.isUnusable(failed)) {
        List<Problem> problems = new ArrayList<>();
        Head lost = FileIndex.lostHead(file, source);
        if (lost != null) {
          problems.add(lost(file, lost));
        }
        problems.add(problem(0, "the index " + file + " is damaged: " + failed.getMessage()));
        return problems;
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
      Head lost = FileIndex.lostHead(file, source);
      return lost == null ? List.of() : List.of(lost(file, lost));
    }
    try (Statement statement = index.createStatement()) {
      // What others add meanwhile is not seen.
      statement.execute("BEGIN");
      IndexPosition position = IndexPosition.of(index);
      if (position == null) {
        return List.of();
      } else if (!position.stands(source)) {
        return List.of(lost(file, position.head()));
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
