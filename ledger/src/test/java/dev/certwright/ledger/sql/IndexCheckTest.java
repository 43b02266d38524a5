package dev.certwright.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What {@code ledger verify} finds in an index that does not say what the entries say. */
final class IndexCheckTest extends IndexFixture {
  @Test
  void indexThatIsNotThereOrBehindIsNoProblem() throws IOException {
    record(0, 10);
    assertThat(problemsOfIndex()).isEmpty();
    assertThat(folder.resolve("index.sqlite")).doesNotExist();
    assertThat(count()).isEqualTo(10);
    record(10, 20);
    assertThat(problemsOfIndex()).isEmpty();
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "*check*")) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void triggerThatWouldChangeWhatTheIndexSaysIsFound() throws SQLException {
    record(0, 10);
    assertThat(count()).isEqualTo(10);
    execute("CREATE TRIGGER t AFTER INSERT ON restriction BEGIN DELETE FROM restriction; END");

    assertThat(problemsOfIndex())
        .singleElement()
        .satisfies(
            problem -> assertThat(problem.text()).contains("other tables, indexes or triggers"));
  }

  @Test
  void indexOfWhichAPartIsDamagedOrThatIsNoneIsFound() throws Exception {
    record(0, 3000);
    assertThat(count()).isEqualTo(3000);
    execute("PRAGMA wal_checkpoint(TRUNCATE)");
    Path index = folder.resolve("index.sqlite");
    byte[] bytes = Files.readAllBytes(index);
    byte[] changed = bytes.clone();
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    // Wherever it is: in the table, or in one of its indexes alone.
    int at = text.indexOf("user1234");
    assertThat(at).isPositive();
    changed[at] = 'U';
    Files.write(index, changed);
    assertThat(problemsOfIndex()).isNotEmpty();

    Files.writeString(index, "no database, and long enough to look like one ".repeat(99));
    assertThat(problemsOfIndex())
        .singleElement()
        .satisfies(problem -> assertThat(problem.text()).contains("is damaged"));
  }
}
