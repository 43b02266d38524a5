import dev.certwright.ledger.CertificateFacts;
import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.EntryWriter;
import dev.certwright.ledger.Event;
import dev.certwright.ledger.Head;
import dev.certwright.ledger.Issued;
import dev.certwright.ledger.Restriction;
import dev.certwright.ledger.Seen;
import dev.certwright.ledger.Target;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Prints a ledger of as many entries as its argument says: made up, but as large as real ones, and
 * in the order in which such things happen. Nine of ten certificates have ended; some are used, some
 * taken back, some known only from an audit log.
 */
final class Entries {
  private static final Duration PAST = Duration.ofDays(700);
  private static final Duration AHEAD = Duration.ofDays(350);

  private final int count;
  private final Instant now = Instant.now();
  private final SplittableRandom random = new SplittableRandom(1);

  private Entries(int count) {
    this.count = count;
  }

  public static void main(String[] words) throws IOException {
    Entries entries = new Entries(Integer.parseInt(words[0]));
    Head head = Head.NONE;
    try (OutputStream out = new BufferedOutputStream(System.out, 1 << 16)) {
      for (int i = 0; i < entries.count; i++) {
        EntryWriter writer = new EntryWriter(head, entries.now, "root@node1");
        out.write(writer.add(entries.event(i)));
        out.write('\n');
        head = writer.head();
      }
    }
  }

  /** Of a thousand: 939 issued, 45 seen, 10 seen and unknown, 5 revoked, 1 suspended. */
  private Event event(int i) {
    int kind = i < 1000 ? 1000 : random.nextInt(1000);
    if (kind < 45) {
      return seen(random.nextInt(i), i);
    } else if (kind < 55) {
      return seen(count + i, i);
    } else if (kind < 60) {
      int of = random.nextInt(i);
      Target target = new Target(Target.Kind.CREDENTIAL, id(of));
      return new Restriction(EntryType.REVOKED, target, end(of), "laptop stolen");
    } else if (kind < 61) {
      Target target = new Target(Target.Kind.USER, "user" + random.nextInt(50_000));
      return new Restriction(EntryType.SUSPENDED, target, null, "on leave");
    }
    return issued(i);
  }

  private static String id(int i) {
    String hex = String.format("%08x", i * 0x9E3779B1);
    return "X509SHA256=" + hex + "0".repeat(48) + String.format("%08x", i);
  }

  private Seen seen(int of, int i) {
    Instant last = now.minus(Duration.ofMinutes(random.nextInt(90 * 24 * 60)));
    return new Seen(
        id(of),
        user(of),
        List.of("devs", "system:authenticated"),
        "cluster" + of % 7,
        last.minus(Duration.ofDays(1)),
        last,
        List.of("10.0." + i % 256 + ".7"),
        "audit.log");
  }

  /** One of twenty is of the robot that makes a certificate for each of its runs. */
  private static String user(int i) {
    return i % 20 == 7 ? "robot" : "user" + Math.floorMod(i * 0x9E3779B1, 50_000);
  }

  private Instant end(int i) {
    double age = (double) i / count;
    SplittableRandom drawn = new SplittableRandom(i);
    return age < 0.9
        ? now.minusSeconds((long) (PAST.toSeconds() * (0.9 - age + drawn.nextDouble() / 10)) + 1)
        : now.plusSeconds(2 * 3600 + drawn.nextLong(AHEAD.toSeconds()));
  }

  private Issued issued(int i) {
    Instant begin =
        i > 0.999 * count ? now.plus(Duration.ofHours(1)) : now.minus(Duration.ofDays(800));
    return new Issued(
        new CertificateFacts(
            user(i),
            List.of("devs", "team" + i % 50),
            "",
            id(i),
            Integer.toString(i),
            "CN=kubernetes-client-ca",
            begin,
            end(i),
            "ab".repeat(32),
            "A".repeat(576)),
        "cluster" + i % 7,
        "https://10.0.0.1:6443",
        "",
        List.of(),
        "");
  }
}
