package dev.certwright.ledger.sql;

import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.file.FileLedger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.SQLiteConfig;

/** Questions to the index of a file. */
final class FileQuestionsTest extends QuestionsContract {
  @TempDir Path folder;

  @Override
  Ledger open() {
    return new FileLedger(folder, ACTOR, CLOCK, FileLedger.PATIENCE);
  }

  @Override
  Connection connect() throws SQLException {
    return FileIndex.connect(folder.resolve("index.sqlite").toString(), new SQLiteConfig());
  }
}
