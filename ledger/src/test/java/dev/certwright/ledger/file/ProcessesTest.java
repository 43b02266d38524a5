package dev.certwright.ledger.file;

import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.ProcessesContract;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.io.TempDir;

/** Several processes at a ledger in a file. */
final class ProcessesTest extends ProcessesContract {
  @TempDir Path folder;

  @Override
  protected String place() {
    return folder.toString();
  }

  @Override
  protected Ledger ledger() {
    return new FileLedger(folder, "test", Clock.systemUTC(), FileLedger.PATIENCE);
  }

  @Override
  protected int kills() {
    return Integer.getInteger("certwright.kills", 20);
  }
}
