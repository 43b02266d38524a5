package dev.certwright.ledger;

import dev.certwright.ledger.file.FileLedger;
import dev.certwright.ledger.sql.PostgresLedger;
import dev.certwright.ledger.sql.PostgresUrl;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** A process that records batches and says, after each, which users stand in the ledger now. */
public final class RecordingProcess {
  private RecordingProcess() {}

  /** Words that start a class of the tests as a process. */
  public static List<String> java(String mainClass) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xshare:auto",
        "-cp",
        System.getProperty("java.class.path"),
        mainClass);
  }

  /** {@code FOLDER-OR-URL NAME BATCHES SIZE}. */
  public static void main(String[] words) {
    Clock clock = Clock.systemUTC();
    Ledger ledger =
        words[0].startsWith("postgresql:")
            ? new PostgresLedger(PostgresUrl.of(words[0]), words[1], clock)
            : new FileLedger(Path.of(words[0]), words[1], clock, FileLedger.PATIENCE);
    int size = Integer.parseInt(words[3]);
    for (int batch = 0; batch < Integer.parseInt(words[2]); batch++) {
      List<Event> events = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        events.add(Events.issued(batch * size + i, words[1] + "-" + (batch * size + i)));
      }
      try {
        ledger.record(events);
      } catch (LedgerException failed) {
        System.out.println(failed.getMessage());
        System.exit(3);
      }
      System.out.println(words[1] + "-" + (batch * size + size - 1));
      System.out.flush();
    }
  }
}
