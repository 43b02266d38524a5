package dev.certwright.ledger.sql;

import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.LedgerContract;
import dev.certwright.ledger.file.FileLedger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.io.TempDir;

/** A ledger in a file, with its index. */
final class FileLedgerContractTest extends LedgerContract {
  @TempDir Path folder;

  @Override
  protected Ledger open() {
    return new FileLedger(folder, "tester@host", CLOCK, FileLedger.PATIENCE);
  }

  @Override
  protected void execute(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("index.sqlite"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
