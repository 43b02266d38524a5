package dev.certwright.ledger.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.EntryWriter;
import dev.certwright.ledger.Events;
import dev.certwright.ledger.Head;
import dev.certwright.ledger.Problem;
import dev.certwright.ledger.Restriction;
import dev.certwright.ledger.Target;
import dev.certwright.ledger.Verification;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever is changed in a small ledger, checking finds it: all changes are tried. */
final class TamperTest {
  private static final int ENTRIES = 12;

  private final EntryWriter writer =
      new EntryWriter(Head.NONE, Instant.parse("2026-11-24T09:37:12Z"), "root@host");

  private byte[] ledger(int entries) {
    for (int i = 1; i <= entries; i++) {
      writer.add(
          i % 3 == 0
              ? new Restriction(
                  EntryType.REVOKED,
                  new Target(Target.Kind.CREDENTIAL, Events.credentialId(i)),
                  null,
                  "")
              : Events.issued(i, "jane", "devs"));
    }
    return writer.lines();
  }

  private static Verification verify(byte[] bytes, @org.jspecify.annotations.Nullable Head head) {
    try {
      return FileLedger.verify(new ByteArrayInputStream(bytes), head);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static List<String> lines(byte[] bytes) {
    return new ArrayList<>(
        List.of(new String(bytes, StandardCharsets.UTF_8).split("(?<=\n)", -1)).stream()
            .filter(line -> !line.isEmpty())
            .toList());
  }

  private static byte[] join(List<String> lines) {
    return String.join("", lines).getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void untouchedLedgerIsIntact() {
    Verification verification = verify(ledger(ENTRIES), null);

    assertThat(verification.isIntact()).isTrue();
    assertThat(verification.entries()).isEqualTo(ENTRIES);
    assertThat(verification.head()).isEqualTo(writer.head());
  }

  @Test
  void everyChangeOfEveryByteIsFoundInItsLineOrTheNext() {
    byte[] bytes = ledger(3);
    int line = 1;
    for (int at = 0; at < bytes.length; at++) {
      byte before = bytes[at];
      for (int value = 0; value < 256; value++) {
        if ((byte) value != before) {
          bytes[at] = (byte) value;
          Verification verification = verify(bytes, null);
          if (verification.isIntact()
              || verification.problems().get(0).line() < line
              || verification.problems().get(0).line() > line + 1) {
            throw new AssertionError(
                "byte " + at + " as " + value + ": " + verification.problems());
          }
        }
      }
      bytes[at] = before;
      line += before == '\n' ? 1 : 0;
    }
    assertThat(verify(bytes, null).isIntact()).isTrue();
  }

  @Test
  void everyRemovalIsFoundWithTheHead() {
    List<String> lines = lines(ledger(ENTRIES));
    for (int removed = 0; removed < ENTRIES; removed++) {
      List<String> rest = new ArrayList<>(lines);
      rest.remove(removed);

      Verification verification = verify(join(rest), writer.head());

      assertThat(verification.problems().get(0).kind())
          .isEqualTo(removed == ENTRIES - 1 ? Problem.Kind.HEAD_MISSING : Problem.Kind.BROKEN_LINK);
      assertThat(verification.problems().get(0).line())
          .isEqualTo(removed == ENTRIES - 1 ? 0 : removed + 1);
    }
  }

  @Test
  void everyShorteningIsFoundWithTheHead() {
    byte[] bytes = ledger(4);
    for (int length = 0; length < bytes.length; length++) {
      assertThat(verify(java.util.Arrays.copyOf(bytes, length), writer.head()).isIntact())
          .as("the first %d bytes", length)
          .isFalse();
    }
  }

  @Test
  void everySwapOfTwoIsFound() {
    List<String> lines = lines(ledger(ENTRIES));
    for (int one = 0; one < ENTRIES; one++) {
      for (int other = one + 1; other < ENTRIES; other++) {
        List<String> swapped = new ArrayList<>(lines);
        Collections.swap(swapped, one, other);

        Verification verification = verify(join(swapped), null);

        assertThat(verification.isIntact()).isFalse();
        assertThat(verification.problems().get(0).line()).isEqualTo(one + 1);
      }
    }
  }

  @Test
  void everyRepetitionIsFound() {
    List<String> lines = lines(ledger(ENTRIES));
    for (int one = 0; one < ENTRIES; one++) {
      for (int at = 0; at <= ENTRIES; at++) {
        List<String> longer = new ArrayList<>(lines);
        longer.add(at, lines.get(one));
        assertThat(verify(join(longer), null).isIntact()).isFalse();
      }
    }
  }

  @Test
  void ledgerThatWasRewrittenAsAWholeIsFoundWithTheHeadOnly() {
    ledger(ENTRIES);
    Head trusted = writer.head();
    EntryWriter forger =
        new EntryWriter(Head.NONE, Instant.parse("2026-11-24T09:37:12Z"), "root@host");
    for (int i = 1; i <= ENTRIES; i++) {
      forger.add(Events.issued(i, "jane", "another-group"));
    }

    assertThat(verify(forger.lines(), null).isIntact()).isTrue();
    assertThat(verify(forger.lines(), trusted).problems().get(0).text())
        .contains("the ledger was rewritten");
  }

  @Test
  void lineLongerThanAnyEntryIsPassedOverInBoundedMemory() {
    byte[] bytes = new byte[40 << 20];
    java.util.Arrays.fill(bytes, (byte) 'x');
    bytes[bytes.length - 1] = '\n';

    assertThat(verify(bytes, null).problems().get(0).kind()).isEqualTo(Problem.Kind.NOT_AN_ENTRY);
  }
}
