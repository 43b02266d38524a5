import dev.certwright.ledger.CertificateFacts;
import dev.certwright.ledger.EntryWriter;
import dev.certwright.ledger.Head;
import dev.certwright.ledger.Issued;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Prints a ledger of as many entries as its argument says: made up, but as large as real ones. */
final class Entries {
  private Entries() {}

  public static void main(String[] words) throws IOException {
    int count = Integer.parseInt(words[0]);
    Instant now = Instant.now();
    Head head = Head.NONE;
    try (OutputStream out = new BufferedOutputStream(System.out, 1 << 16)) {
      for (int i = 0; i < count; i++) {
        EntryWriter writer = new EntryWriter(head, now, "root@node1");
        out.write(writer.add(issued(i, now)));
        out.write('\n');
        head = writer.head();
      }
    }
  }

  /** Nine of ten have ended, as in a ledger of short-lived certificates that is some years old. */
  private static Issued issued(int i, Instant now) {
    String hex = Integer.toHexString(i * 0x9E3779B1);
    String id = "X509SHA256=" + hex + "0".repeat(64 - hex.length() - 8) + String.format("%08x", i);
    Instant end = now.plus(Duration.ofMinutes(i % 10 == 0 ? 10 + i % 500_000 : -(long) i % 900_000 - 1));
    return new Issued(
        new CertificateFacts(
            "user" + i % 50_000,
            List.of("devs", "team" + i % 50),
            "",
            id,
            Integer.toString(i),
            "CN=kubernetes-client-ca",
            end.minus(Duration.ofDays(400)),
            end,
            "ab".repeat(32),
            "A".repeat(576)),
        "cluster" + i % 7,
        "https://10.0.0.1:6443",
        "",
        List.of(),
        "");
  }
}
