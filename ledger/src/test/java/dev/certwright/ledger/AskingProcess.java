package dev.certwright.ledger;

import dev.certwright.ledger.file.FileLedger;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** Asks a ledger in a folder, and then records an entry in it. */
public final class AskingProcess {
  private AskingProcess() {}

  /** Takes the folder. */
  public static void main(String[] words) {
    try (Ledger ledger =
        new FileLedger(Path.of(words[0]), "test", Clock.systemUTC(), FileLedger.PATIENCE)) {
      try (Account account = ledger.account()) {
        System.out.println(account);
      } catch (LedgerAccessException failed) {
        System.out.println(failed.getMessage() + " | " + failed.advice());
      }
      System.out.println(ledger.record(List.of(Events.issued(2, "joe"))).head().sequence());
    }
  }
}
