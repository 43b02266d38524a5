package dev.certwright.conformance.endtoend;

import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.Event;
import dev.certwright.ledger.Restriction;
import dev.certwright.ledger.Target;
import dev.certwright.ledger.file.FileLedger;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Many revoked certificates that do not exist. */
final class Revocations {
  private Revocations() {}

  /** Records so many in the ledger of a folder. */
  static void record(Path home, int count) {
    Random random = new Random(count);
    List<String> ids = new ArrayList<>();
    byte[] digest = new byte[32];
    for (int i = 0; i < count; i++) {
      random.nextBytes(digest);
      ids.add("X509SHA256=" + HexFormat.of().formatHex(digest));
    }
    record(home, ids);
  }

  /** Records these. */
  static void record(Path home, List<String> ids) {
    List<Event> events = new ArrayList<>();
    for (String id : ids) {
      events.add(
          new Restriction(EntryType.REVOKED, new Target(Target.Kind.CREDENTIAL, id), null, "test"));
    }
    try (FileLedger ledger = new FileLedger(home, "test", Clock.systemUTC(), FileLedger.PATIENCE)) {
      ledger.record(events);
    }
  }
}
