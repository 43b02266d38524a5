package dev.certwright.ledger.sql;

import dev.certwright.ledger.AccountContract;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.file.FileLedger;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The account of a file. */
final class FileAccountTest extends AccountContract {
  @TempDir Path folder;

  @Override
  protected Ledger open() {
    return new FileLedger(folder, "tester@host", CLOCK, FileLedger.PATIENCE);
  }
}
