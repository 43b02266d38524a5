package dev.certwright.ledger.file;

import java.io.IOException;
import java.nio.file.Path;

/** A process that takes the lock of {@code a/b} and keeps it until it is ended. */
public final class LockingProcess {
  private LockingProcess() {}

  /** Says {@code L} once it has the lock. */
  @SuppressWarnings("try")
  public static void main(String[] words) throws IOException {
    try (LedgerLock lock = LedgerLock.acquire(Path.of("a/b/ledger.lock"), FileLedger.PATIENCE)) {
      System.out.println("L");
      System.out.flush();
      while (System.in.read() >= 0) {
        // Until this process is ended.
      }
    }
  }
}
