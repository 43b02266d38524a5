package dev.certwright.ledger.sql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.ledger.Account;
import dev.certwright.ledger.CertificateFilter;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.LedgerDamagedException;
import dev.certwright.ledger.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Entries that were recorded and are not in the file any more. */
final class LostEntriesTest extends IndexFixture {
  @Test
  void entriesThatTheIndexKnowsAndTheFileHasLostAreToldAlsoAfterTheIndexIsMadeAnew()
      throws IOException {
    record(0, 5);
    byte[] before = Files.readAllBytes(file());
    record(5, 10);
    assertThat(count()).isEqualTo(10);
    Files.write(file(), before);

    assertLostEntryTen();
    assertThat(warnings())
        .singleElement()
        .satisfies(
            warning ->
                assertThat(warning).contains("knows entry 10", "index.sqlite.aside-10-", "kept"));
    assertThat(count()).isEqualTo(5);
    Files.delete(head());
    record(20, 40);

    assertLostEntryTen();
  }

  /** Of a question, which is answered by what is there. */
  private List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    try (Ledger ledger = open(warnings::add);
        Account account = ledger.account()) {
      assertThat(account.certificates(CertificateFilter.all(100), NOW)).hasSize(5);
    }
    return warnings;
  }

  private Path head() {
    return folder.resolve("ledger.head");
  }

  private void keepFive() throws IOException {
    List<String> lines = Files.readAllLines(file());
    Files.writeString(file(), String.join("\n", lines.subList(0, 5)) + "\n");
  }

  @Test
  void indexOfAnotherVersionThatKnowsMoreThanTheFileIsKeptAndTold() throws Exception {
    record(0, 10);
    assertThat(count()).isEqualTo(10);
    execute("PRAGMA user_version=1");
    keepFive();

    assertLostEntryTen();
    assertThat(warnings())
        .singleElement()
        .satisfies(warning -> assertThat(warning).contains("knows entry 10", "aside-10-"));
    assertLostEntryTen();
  }

  @Test
  void indexOfAnotherVersionThatKnowsNothingElseIsMadeAnewInSilence() throws Exception {
    record(0, 5);
    assertThat(count()).isEqualTo(5);
    execute("PRAGMA user_version=1");

    assertThat(problemsOfIndex()).isEmpty();
    assertThat(warnings()).isEmpty();
    assertThat(problemsOfIndex()).isEmpty();
  }

  @Test
  void fileThatWasCutShortTakesNoEntryUntilThatIsAccepted() throws IOException {
    record(0, 10);
    keepFive();
    byte[] left = Files.readAllBytes(file());

    assertThatThrownBy(() -> record(10, 11))
        .isInstanceOf(LedgerDamagedException.class)
        .hasMessageContaining(head() + " knows entry 10")
        .hasMessageContaining("nothing was recorded")
        .hasMessageContaining("Put the missing entries back")
        .hasMessageContaining("move ledger.head away");

    assertThat(file()).hasBinaryContent(left);
    assertThat(verification())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.kind()).isEqualTo(Problem.Kind.HEAD_MISSING);
              assertThat(problem.text()).contains("knows entry 10", "its end was cut off");
            });
    assertThat(warnings())
        .singleElement()
        .satisfies(
            warning -> assertThat(warning).contains("knows entry 10", "nothing is recorded"));
    Files.delete(head());
    record(10, 12);
    assertThat(verification()).isEmpty();
    assertThat(count()).isEqualTo(7);
  }

  private List<Problem> verification() {
    try (Ledger ledger = open()) {
      return ledger.verify(null).problems();
    }
  }

  @Test
  void fileThatIsGoneIsNotBegunAnewBesideItsHead() throws IOException {
    record(0, 5);
    Files.delete(file());

    assertThatThrownBy(() -> record(5, 6))
        .isInstanceOf(LedgerDamagedException.class)
        .hasMessageContaining("knows entry 5");

    assertThat(file()).doesNotExist();
    assertThat(verification()).hasSize(1);
  }

  @Test
  void fileThatWasRewrittenTakesNoEntry() throws IOException {
    record(0, 3);
    record(3, 5);
    byte[] before = Files.readAllBytes(head());
    Files.delete(head());
    Files.delete(file());
    record(10, 17);
    Files.write(head(), before);

    assertThatThrownBy(() -> record(20, 21))
        .isInstanceOf(LedgerDamagedException.class)
        .hasMessageContaining("knows entry 5");
    assertThat(verification()).hasSize(1);
  }

  @Test
  void nothingIsToldWhileOthersWrite() throws Exception {
    record(0, 1);
    List<String> warnings = new ArrayList<>();
    ExecutorService pool = Executors.newSingleThreadExecutor();
    try (Ledger ledger = open(warnings::add)) {
      Future<?> writer =
          pool.submit(
              () -> {
                for (int i = 1; i < 500; i++) {
                  record(i, i + 1);
                }
              });
      do {
        assertThat(ledger.verify(null).problems()).isEmpty();
        ledger.account().close();
      } while (!writer.isDone());
      writer.get();
    } finally {
      pool.shutdownNow();
    }
    assertThat(warnings).isEmpty();
  }

  /** A process that is killed has written entries, and not yet which is the last. */
  @Test
  void headThatIsBehindOrWasNotWrittenToItsEndIsNoHindrance() throws IOException {
    record(0, 3);
    byte[] behind = Files.readAllBytes(head());
    record(3, 12);
    String now = Files.readString(head());
    int next = 12;
    for (byte[] left :
        List.of(
            behind,
            new byte[0],
            new byte[100],
            "no head".getBytes(UTF_8),
            ("13 " + now.substring(3)).getBytes(UTF_8),
            now.substring(0, 20).getBytes(UTF_8),
            now.replace("12", "x").getBytes(UTF_8))) {
      Files.write(head(), left);
      assertThat(verification()).isEmpty();
      record(next, next + 1);
      next++;
      assertThat(Files.readString(head())).startsWith(next + " ");
    }
    assertThat(verification()).isEmpty();
  }

  @Test
  void damagedIndexOfAFileThatWasCutShortIsMadeAnewAndTheCutIsTold() throws IOException {
    record(0, 10);
    assertThat(count()).isEqualTo(10);
    keepFive();
    Files.writeString(index(), "no database, and long enough to look like one ".repeat(99));
    Files.deleteIfExists(Path.of(index() + "-wal"));

    assertThat(warnings())
        .singleElement()
        .satisfies(warning -> assertThat(warning).contains(head() + " knows entry 10"));
  }

  @Test
  void restoringLessThanWasRecordedIsTold() throws IOException {
    record(0, 10);
    List<String> lines = Files.readAllLines(file());
    Files.delete(file());
    try (Ledger ledger = open()) {
      ledger.restore(to -> lines.subList(0, 5).forEach(line -> to.visit(line.getBytes(UTF_8))));
    }
    assertThat(warnings()).hasSize(1);
    assertThatThrownBy(() -> record(10, 11)).hasMessageContaining("knows entry 10");

    Files.delete(file());
    try (Ledger ledger = open()) {
      ledger.restore(to -> lines.forEach(line -> to.visit(line.getBytes(UTF_8))));
    }
    record(10, 11);
    assertThat(verification()).isEmpty();
  }

  private void assertLostEntryTen() {
    assertThat(problemsOfIndex())
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.text()).contains("knows entry 10", "its end was cut off"));
  }

  @Test
  void fileThatIsGoneOrEmptiedIsNotBegunAnewBesideItsIndex() throws IOException {
    record(0, 5);
    assertThat(count()).isEqualTo(5);
    for (boolean gone : new boolean[] {false, true}) {
      if (gone) {
        Files.delete(file());
      } else {
        Files.write(file(), new byte[0]);
      }
      assertThatThrownBy(() -> record(5, 6))
          .isInstanceOf(LedgerDamagedException.class)
          .hasMessageContaining("knows entry 5")
          .hasMessageContaining("nothing was recorded");
      assertThat(problemsOfIndex()).hasSize(1);
    }
  }

  @Test
  void indexOfNoEntryIsNoHindranceForTheFirstOne() {
    assertThat(count()).isZero();
    record(0, 1);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void indexOfALedgerThatWasPutBackIsMadeAnew() throws IOException {
    record(0, 5);
    byte[] before = Files.readAllBytes(file());
    record(5, 10);
    assertThat(count()).isEqualTo(10);
    Files.write(file(), before);
    assertThat(count()).isEqualTo(5);
    Files.delete(head());
    record(20, 40);
    assertThat(count()).isEqualTo(25);
  }
}
